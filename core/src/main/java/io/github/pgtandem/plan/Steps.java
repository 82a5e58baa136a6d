package io.github.pgtandem.plan;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.Stage;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.change.Statement.Mode;
import io.github.pgtandem.plan.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the steps of a plan and numbers them. */
final class Steps {

    private final List<Step> steps = new ArrayList<>();

    /** A step that changes catalogue entries only, in one short transaction; nothing where there is nothing to do. */
    void together(String migration, Stage stage, @Nullable String table, String description, List<String> statements) {
        if (!statements.isEmpty()) {
            String lock = table == null ? null : strongest(statements);
            add(migration, stage, table, description, lock, Kind.TRANSACTION, statements, null);
        }
    }

    /** The step that is always there and always last. */
    void last(String migration, Stage stage, String description, List<String> statements) {
        add(migration, stage, null, description, null, Kind.TRANSACTION, statements, null);
    }

    void backfill(String migration, String description, Backfill backfill) {
        add(migration, Stage.BACKFILL, backfill.table(), description, null, Kind.BACKFILL, List.of(), backfill);
    }

    /** Steps for statements that need a transaction each, or none. */
    void separately(String migration, Change change, Stage stage, List<Statement> statements) {
        List<Statement> run = new ArrayList<>();
        for (Statement statement : statements) {
            // What takes long has a step of its own.
            boolean alone = statement.mode() == Mode.ALONE || statement.mode() == Mode.PARTITIONS;
            if (!run.isEmpty() && (alone || run.get(0).mode() != statement.mode())) {
                one(migration, change, stage, run);
                run.clear();
            }
            run.add(statement);
        }
        if (!run.isEmpty()) {
            one(migration, change, stage, run);
        }
    }

    private void one(String migration, Change change, Stage stage, List<Statement> run) {
        Kind kind =
                switch (run.get(0).mode()) {
                    case CONCURRENT -> Kind.CONCURRENT;
                    case PARTITIONS -> Kind.PARTITIONS;
                    case ALONE, TOGETHER -> Kind.TRANSACTION;
                };
        List<String> sql = run.stream().map(Statement::sql).toList();
        add(migration, stage, change.table(), change.describe(), run.get(0).lock(), kind, sql, null);
    }

    private void add(
            String migration,
            Stage stage,
            @Nullable String table,
            String description,
            @Nullable String lock,
            Kind kind,
            List<String> statements,
            @Nullable Backfill backfill) {
        steps.add(new Step(
                id(stage),
                migration,
                stage,
                table,
                description,
                lock,
                kind,
                statements,
                backfill,
                List.of(),
                List.of(),
                null));
    }

    /** A step of another plan, under a number of this one. */
    void append(Step step) {
        steps.add(new Step(
                id(step.stage()),
                step.migration(),
                step.stage(),
                step.table(),
                step.description(),
                step.lock(),
                step.kind(),
                step.statements(),
                step.backfill(),
                step.complete(),
                step.rollback(),
                step.known()));
    }

    private String id(Stage stage) {
        return String.format("%03d-%s", steps.size() + 1, stage.name().toLowerCase(java.util.Locale.ROOT));
    }

    /** Views and functions lock nothing of the table; a trigger alone takes less than what alters it. */
    private static @Nullable String strongest(List<String> statements) {
        boolean alters = statements.stream()
                .anyMatch(
                        s -> s.startsWith("ALTER TABLE") || s.startsWith("DROP TABLE") || s.startsWith("DROP TRIGGER"));
        if (alters) {
            return Statement.ACCESS_EXCLUSIVE;
        }
        boolean trigger = statements.stream().anyMatch(s -> s.startsWith("CREATE OR REPLACE TRIGGER"));
        return trigger ? Statement.SHARE_ROW_EXCLUSIVE : null;
    }

    List<Step> list() {
        return List.copyOf(steps);
    }
}
