package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.Optional;

/**
 * An index built without blocking writes.
 *
 * @param table stored name
 * @param index the index, without a definition before {@link #defined}
 */
public record ConcurrentIndex(String table, Index index) implements Change {

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public String describe() {
        return "create index " + index.stored();
    }

    @Override
    public List<Statement> expand(String schema) {
        return create(schema, table, index);
    }

    static List<Statement> create(String schema, String table, Index index) {
        return List.of(
                // A build that was cut short leaves an invalid index; it is dropped and built again.
                Statement.concurrent("DROP INDEX CONCURRENTLY IF EXISTS " + id(schema, index.stored())),
                Statement.concurrent("CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX CONCURRENTLY "
                        + id(index.stored()) + " ON " + id(schema, table) + " " + index.definition()));
    }

    static Optional<Statement> comment(String schema, Index index) {
        return Optional.ofNullable(index.comment())
                .map(text ->
                        Statement.together("COMMENT ON INDEX " + id(schema, index.stored()) + " IS " + literal(text)));
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.index(index.stored()));
    }

    @Override
    public List<Statement> complete(String schema) {
        return comment(schema, index).stream().toList();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(Statement.concurrent("DROP INDEX CONCURRENTLY IF EXISTS " + id(schema, index.stored())));
    }

    @Override
    public Change defined(Definitions definitions, Table on) {
        Index defined = index.defined(definitions.index(on, index));
        return on.around().partitioning().isPartitioned()
                ? new PartitionedIndex(table, defined)
                : new ConcurrentIndex(table, defined);
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.indexes().stream().anyMatch(i -> i.stored().equals(index.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new ConcurrentIndex(renames.table(table), index);
    }
}
