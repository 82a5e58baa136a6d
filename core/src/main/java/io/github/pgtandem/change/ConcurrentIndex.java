package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An index built without blocking writes.
 *
 * @param table stored name
 * @param name its final name
 * @param stored its name until complete
 * @param unique whether it is unique
 * @param definition what follows the table's name, or null before {@link #defined}
 */
public record ConcurrentIndex(
        String table,
        String name,
        String stored,
        boolean unique,
        @Nullable String definition) implements Change {

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public String describe() {
        return "create index " + stored;
    }

    @Override
    public List<Statement> expand(String schema) {
        return create(schema, table, stored, unique, definition);
    }

    static List<Statement> create(
            String schema, String table, String stored, boolean unique, @Nullable String definition) {
        return List.of(
                // A build that was cut short leaves an invalid index; it is dropped and built again.
                Statement.concurrent("DROP INDEX CONCURRENTLY IF EXISTS " + id(schema, stored)),
                Statement.concurrent("CREATE " + (unique ? "UNIQUE " : "") + "INDEX CONCURRENTLY " + id(stored) + " ON "
                        + id(schema, table) + " " + Objects.requireNonNull(definition)));
    }

    @Override
    public List<Statement> complete(String schema) {
        return name.equals(stored)
                ? List.of()
                : List.of(Statement.together("ALTER INDEX " + id(schema, stored) + " RENAME TO " + id(name)));
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(Statement.concurrent("DROP INDEX CONCURRENTLY IF EXISTS " + id(schema, stored)));
    }

    @Override
    public Change defined(Definitions definitions, Table on) {
        return new ConcurrentIndex(table, name, stored, unique, definitions.index(on, name));
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.indexes().stream().anyMatch(i -> i.stored().equals(stored));
    }

    @Override
    public Change renamed(Renames renames) {
        return new ConcurrentIndex(renames.table(table), name, stored, unique, definition);
    }
}
