package io.github.pgtandem.plan;

import io.github.pgtandem.Act;
import io.github.pgtandem.change.Stage;
import java.util.ArrayList;
import java.util.List;

/** Plans the removal of closed versions' schemas, once nobody is left to be told. */
public final class RetirePlan {

    private RetirePlan() {}

    /** The plan; it belongs to no migration. */
    public static Plan of(Model before, List<String> versions) {
        List<String> statements = new ArrayList<>();
        for (Retired retired : before.retired()) {
            if (versions.contains(retired.name())) {
                statements.addAll(retired.drops());
                statements.add(VersionSchema.drop(retired.schema()));
            }
        }
        Steps steps = new Steps();
        steps.last("", Stage.SETTLE, "remove schemas of closed versions " + versions, statements);
        return new Plan(
                Act.COMPLETE, List.of(), steps.list(), before.keepingRetired(r -> !versions.contains(r.name())));
    }
}
