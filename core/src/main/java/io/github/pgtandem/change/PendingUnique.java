package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A unique constraint or primary key: an index during expand, a constraint from complete on.
 *
 * @param table stored name
 * @param key the constraint
 * @param index its index, without a definition before {@link #defined}
 */
public record PendingUnique(String table, Constraint key, Index index) implements Change {

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public String describe() {
        return "create unique index " + index.stored() + " for " + what() + " " + key.name();
    }

    private String what() {
        return key.kind() == Constraint.Kind.PRIMARY_KEY ? "primary key" : "constraint";
    }

    @Override
    public List<Statement> expand(String schema) {
        return ConcurrentIndex.create(schema, table, index);
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.index(index.stored()), Made.constraint(key.stored()));
    }

    @Override
    public List<Statement> complete(String schema) {
        String kind = key.kind() == Constraint.Kind.PRIMARY_KEY ? " PRIMARY KEY" : " UNIQUE";
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.together("ALTER TABLE " + id(schema, table) + " ADD CONSTRAINT " + id(key.stored())
                + kind + " USING INDEX " + id(index.stored())));
        if (key.comment() != null) {
            statements.add(Statement.together(PendingCheck.comment(schema, table, key)));
        }
        ConcurrentIndex.comment(schema, index).ifPresent(statements::add);
        return statements;
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(Statement.concurrent("DROP INDEX CONCURRENTLY IF EXISTS " + id(schema, index.stored())));
    }

    @Override
    public Change defined(Definitions definitions, Table on) {
        Index defined = index.defined(definitions.index(on, index));
        return on.around().partitioning().isPartitioned()
                ? new PartitionedUnique(table, key, defined)
                : new PendingUnique(table, key, defined);
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(key.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingUnique(renames.table(table), renames.constraint(table, key), index);
    }
}
