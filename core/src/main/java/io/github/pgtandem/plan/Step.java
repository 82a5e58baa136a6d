package io.github.pgtandem.plan;

import io.github.pgtandem.change.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One journalled unit of work of an act.
 *
 * @param id unique in its act
 * @param migration the migration it belongs to
 * @param stage where it stands in the order
 * @param table stored name, or null where it concerns none
 * @param description what it does, for logs and the journal
 * @param lock the strongest lock it takes on the table, or null
 * @param kind how it runs
 * @param statements in order; empty for a backfill
 * @param backfill what a backfill fills, else null
 * @param complete what complete will run for it, as planned
 * @param rollback what rollback will run for it, as planned
 * @param known kind and name of each index, constraint and statistics of the table of which the plan knows, so that they
 *     may go with columns that it drops; null where it drops none, and where an older release has planned it
 */
public record Step(
        String id,
        String migration,
        Stage stage,
        @Nullable String table,
        String description,
        @Nullable String lock,
        Kind kind,
        List<String> statements,
        @Nullable Backfill backfill,
        List<String> complete,
        List<String> rollback,
        @Nullable List<String> known) {

    /** How a step runs. */
    public enum Kind {
        /** All statements and the journal entry in one transaction. */
        TRANSACTION,
        /** Statement by statement outside transactions; safe to repeat. */
        CONCURRENT,
        /** Statements that queries of the database's own give, one by one, each of which is safe to repeat. */
        PARTITIONS,
        /** Batch by batch, the position committed with the batch. */
        BACKFILL
    }

    public Step {
        statements = List.copyOf(statements);
        complete = List.copyOf(complete);
        rollback = List.copyOf(rollback);
        known = known == null ? null : List.copyOf(known);
    }

    /** Whether instances may be pinned to the version that its act makes, once it is done. */
    public boolean opens() {
        return stage == Stage.VERSION;
    }

    Step knowing(List<String> names) {
        return new Step(
                id, migration, stage, table, description, lock, kind, statements, backfill, complete, rollback, names);
    }
}
