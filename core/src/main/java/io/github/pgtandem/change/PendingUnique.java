package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unique constraint: an index during expand, a constraint from complete on.
 *
 * @param table stored name
 * @param name the constraint's name
 * @param stored the index's name until complete
 * @param definition what follows the table's name in the index, or null before {@link #defined}
 * @param options {@code DEFERRABLE …}, or empty
 */
public record PendingUnique(
        String table, String name, String stored, @Nullable String definition, String options) implements Change {

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public String describe() {
        return "create unique index " + stored + " for constraint " + name;
    }

    @Override
    public List<Statement> expand(String schema) {
        return ConcurrentIndex.create(schema, table, stored, true, definition);
    }

    @Override
    public List<Statement> complete(String schema) {
        return List.of(Statement.together("ALTER TABLE " + id(schema, table) + " ADD CONSTRAINT " + id(name)
                + " UNIQUE USING INDEX " + id(stored) + (options.isEmpty() ? "" : " " + options)));
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(Statement.concurrent("DROP INDEX CONCURRENTLY IF EXISTS " + id(schema, stored)));
    }

    @Override
    public Change defined(Definitions definitions, Table on) {
        return new PendingUnique(table, name, stored, definitions.index(on, name), options);
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(stored));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingUnique(renames.table(table), name, stored, definition, options);
    }
}
