package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A unique constraint or primary key of a partitioned table: an index of each partition, built beside writers; then, in
 * one short transaction, a constraint over them all, to which PostgreSQL attaches what is there. A table has one primary
 * key, so a new one waits with that for complete.
 *
 * @param table stored name
 * @param key the constraint
 * @param index its index with its definition
 */
public record PartitionedUnique(String table, Constraint key, Index index) implements Change {

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public String describe() {
        return "create unique index " + index.stored() + " partition by partition for "
                + (isPrimary() ? "primary key " : "constraint ") + key.name();
    }

    private boolean isPrimary() {
        return key.kind() == Constraint.Kind.PRIMARY_KEY;
    }

    @Override
    public List<Statement> expand(String schema) {
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.partitions("SELECT pgtandem.next_partition_key(" + arguments(schema) + ", "
                + literal(index.definition()) + ", " + !isPrimary() + ")"));
        if (!isPrimary() && key.comment() != null) {
            statements.add(Statement.alone(PendingCheck.comment(schema, table, key)));
        }
        return statements;
    }

    private String arguments(String schema) {
        String columns = Identifiers.ids(key.columns());
        return String.join(
                ", ",
                literal(id(schema, table)),
                literal(key.stored()),
                literal((isPrimary() ? "PRIMARY KEY" : "UNIQUE") + " (" + columns + ")"));
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.index(index.stored()), Made.constraint(key.stored()));
    }

    @Override
    public List<Statement> complete(String schema) {
        List<Statement> statements = new ArrayList<>();
        if (isPrimary()) {
            statements.addAll(Statement.bounded(
                    id(schema, table), "SELECT pgtandem.add_partitioned_key(" + arguments(schema) + ")"));
            if (key.comment() != null) {
                statements.add(Statement.together(PendingCheck.comment(schema, table, key)));
            }
        }
        statements.add(PartitionedIndex.naming(schema, index));
        ConcurrentIndex.comment(schema, index).ifPresent(statements::add);
        return statements;
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(
                PendingCheck.drop(schema, table, key.stored()), PartitionedIndex.leftovers(schema, table, index));
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(key.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PartitionedUnique(renames.table(table), renames.constraint(table, key), index);
    }
}
