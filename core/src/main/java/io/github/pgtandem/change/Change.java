package io.github.pgtandem.change;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing done to storage. It is a bracket: expand opens it; complete or rollback closes it.
 *
 * <p>Overlays, tombstones, sync triggers, backfills and the settlement of names are not changes: the planner derives
 * them from comparing what versions see.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
public sealed interface Change
        permits AlteredEnum,
                NewTable,
                ShadowColumn,
                ConcurrentIndex,
                PartitionedIndex,
                PendingUnique,
                PartitionedUnique,
                DroppedIndex,
                BlockingConstraint,
                CarriedSequence,
                MovedColumns,
                PendingStatistics,
                PendingIdentity,
                PendingNotNull,
                PendingCheck,
                PendingForeignKey,
                RawSql {

    Stage stage();

    /** What it does, in a few words for logs and the journal. */
    String describe();

    /** Stored name of the table, or null where it concerns none. */
    @Nullable
    String table();

    /** Statements that open it. */
    List<Statement> expand(String schema);

    /** Statements that close it in the new version's favour; they run after the stored names are final. */
    List<Statement> complete(String schema);

    /** Statements that close it in the old version's favour; they meet only what expand has done. */
    List<Statement> rollback(String schema);

    /** Statements that run at complete, if it survives, before what only older versions used is dropped. */
    default List<Statement> leave(String schema) {
        return List.of();
    }

    /** Stored columns that it makes. */
    default List<Column> columns() {
        return List.of();
    }

    /** Indexes, constraints and statistics that it makes on its table. */
    default List<Made> makes() {
        return List.of();
    }

    /** Storage after expand. */
    default Schema applied(Schema storage) {
        return storage;
    }

    /** Whether a version that sees the table like this still has what the change made. */
    default boolean isSeenIn(Table seen) {
        return true;
    }

    /**
     * The same change with what PostgreSQL says of it filled in.
     *
     * @param on its table as the version sees it after the operation
     */
    default Change defined(Definitions definitions, Table on) {
        return this;
    }

    /** The same change with its columns as PostgreSQL writes them, once they are stored. */
    default Change canonical(Schema storage) {
        return this;
    }

    /** The same change after a complete below it has given final names. */
    default Change renamed(Renames renames) {
        return this;
    }
}
