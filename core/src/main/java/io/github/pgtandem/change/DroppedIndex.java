package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Identifiers;
import java.util.List;

/**
 * An index that goes when the older versions have gone. It gives up its name first, as another may be waiting for it.
 *
 * @param table stored name
 * @param stored the index's name
 * @param partitioned whether it is one over partitions, which PostgreSQL drops under a lock only
 */
public record DroppedIndex(String table, String stored, boolean partitioned) implements Change {

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public String describe() {
        return "drop index " + stored;
    }

    @Override
    public List<Statement> expand(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> leave(String schema) {
        if (partitioned) {
            return List.of(Statement.together("DROP INDEX IF EXISTS " + id(schema, stored)));
        }
        return List.of(Statement.together("ALTER INDEX IF EXISTS " + id(schema, stored) + " RENAME TO " + id(going())));
    }

    /** The name under which it goes. */
    @Override
    public List<Made> makes() {
        return List.of(Made.index(going()));
    }

    @Override
    public List<Statement> complete(String schema) {
        return partitioned
                ? List.of()
                : List.of(Statement.concurrent("DROP INDEX CONCURRENTLY IF EXISTS " + id(schema, going())));
    }

    private String going() {
        return Identifiers.fit(Identifiers.PREFIX + "old_" + stored, "");
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of();
    }

    @Override
    public Change renamed(Renames renames) {
        String name = renames.table().equals(table) ? renames.indexes().getOrDefault(stored, stored) : stored;
        return new DroppedIndex(renames.table(table), name, partitioned);
    }
}
