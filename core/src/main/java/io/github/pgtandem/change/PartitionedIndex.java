package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * An index of a partitioned table, which PostgreSQL cannot build as a whole without blocking writes: a hollow one first,
 * then that of each partition, which is attached to it. A partition that is created meanwhile brings its own.
 *
 * @param table stored name
 * @param index the index with its definition
 */
public record PartitionedIndex(String table, Index index) implements Change {

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public String describe() {
        return "create index " + index.stored() + " partition by partition";
    }

    @Override
    public List<Statement> expand(String schema) {
        String create = index.unique() ? "CREATE UNIQUE INDEX" : "CREATE INDEX";
        return List.of(
                new Statement(
                        create + " IF NOT EXISTS " + id(index.stored()) + " ON ONLY " + id(schema, table) + " "
                                + index.definition(),
                        Statement.SHARE,
                        Statement.Mode.ALONE),
                Statement.partitions("SELECT pgtandem.next_partition_index("
                        + String.join(
                                ", ",
                                literal(id(schema, table)),
                                literal(index.stored()),
                                literal(create),
                                literal(index.definition()))
                        + ")"));
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.index(index.stored()));
    }

    @Override
    public List<Statement> complete(String schema) {
        List<Statement> statements = new ArrayList<>();
        statements.add(naming(schema, index));
        ConcurrentIndex.comment(schema, index).ifPresent(statements::add);
        return statements;
    }

    /** Gives the indexes of partitions the names that PostgreSQL gives them, once columns have their final ones. */
    static Statement naming(String schema, Index index) {
        return Statement.together(
                "SELECT pgtandem.name_partition_indexes(" + literal(id(schema, index.stored())) + ")");
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(
                Statement.together("DROP INDEX IF EXISTS " + id(schema, index.stored())),
                leftovers(schema, table, index));
    }

    /** Takes away what was built for partitions but not attached. */
    static Statement leftovers(String schema, String table, Index index) {
        return Statement.together("SELECT pgtandem.drop_partition_indexes(" + literal(id(schema, table)) + ", "
                + literal(index.stored()) + ")");
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.indexes().stream().anyMatch(i -> i.stored().equals(index.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PartitionedIndex(renames.table(table), index);
    }
}
