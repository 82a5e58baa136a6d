package io.github.pgtandem.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts beside each step of an expand what complete and rollback will run for it. */
final class ClosingStatements {

    private ClosingStatements() {}

    /**
     * The same steps with their closing statements. That these can be planned at all is checked by it before anything is
     * changed.
     */
    static List<Step> beside(List<Step> steps, Model after, Set<String> bare) {
        Map<String, List<String>> complete = new LinkedHashMap<>();
        Map<String, List<String>> rollback = new LinkedHashMap<>();
        collect(steps, CompletePlan.of(after, after.newest().name(), bare), complete);
        collect(steps, RollbackPlan.of(after, after.base().name(), c -> true, Set.of(), bare), rollback);
        return steps.stream()
                .map(s -> new Step(
                        s.id(),
                        s.migration(),
                        s.stage(),
                        s.table(),
                        s.description(),
                        s.lock(),
                        s.kind(),
                        s.statements(),
                        s.backfill(),
                        complete.getOrDefault(s.id(), List.of()),
                        rollback.getOrDefault(s.id(), List.of()),
                        s.known()))
                .toList();
    }

    /** A closing step stands beside the first step of its table, or beside the last step where there is none. */
    private static void collect(List<Step> steps, Plan closing, Map<String, List<String>> statements) {
        for (Step step : closing.steps()) {
            Step beside = steps.stream()
                    .filter(s -> s.table() != null && s.table().equals(step.table()))
                    .findFirst()
                    .orElse(steps.get(steps.size() - 1));
            statements.computeIfAbsent(beside.id(), id -> new ArrayList<>()).addAll(step.statements());
        }
    }
}
