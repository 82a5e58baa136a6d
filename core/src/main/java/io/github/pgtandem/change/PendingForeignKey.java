package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A foreign key, validated during expand unless it takes the place of one that is not.
 *
 * @param table stored name of the referencing table
 * @param key the foreign key
 * @param partitioned whether it is added partition by partition, as PostgreSQL before 18 has none over partitions that
 *     is not valid yet
 */
public record PendingForeignKey(String table, Constraint key, boolean partitioned) implements Change {

    /** A foreign key to be added. */
    public PendingForeignKey(String table, Constraint key) {
        this(table, key, false);
    }

    @Override
    public Stage stage() {
        return Stage.CONSTRAINT;
    }

    @Override
    public String describe() {
        return "add foreign key " + key.stored();
    }

    @Override
    public List<Statement> expand(String schema) {
        if (!partitioned) {
            return PendingCheck.add(schema, table, key, Statement.SHARE_ROW_EXCLUSIVE);
        }
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.partitions("SELECT pgtandem.next_partition_foreign_key("
                + String.join(", ", literal(id(schema, table)), literal(key.stored()), literal(key.sql())) + ")"));
        if (key.comment() != null) {
            statements.add(Statement.alone(PendingCheck.comment(schema, table, key)));
        }
        return statements;
    }

    /** One that is not to be validated, or not enforced, takes no scan. */
    @Override
    public Change defined(Definitions definitions, Table on) {
        boolean scans = key.validated() && !key.sql().endsWith("NOT ENFORCED");
        return new PendingForeignKey(
                table, key, scans && on.around().partitioning().isPartitioned());
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.constraint(key.stored()));
    }

    @Override
    public List<Statement> complete(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> rollback(String schema) {
        Statement drop = PendingCheck.drop(schema, table, key.stored());
        return partitioned
                ? List.of(
                        drop,
                        Statement.together("SELECT pgtandem.drop_partition_constraints(" + literal(id(schema, table))
                                + ", " + literal(key.stored()) + ")"))
                : List.of(drop);
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(key.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingForeignKey(renames.table(table), renames.constraint(table, key), partitioned);
    }
}
