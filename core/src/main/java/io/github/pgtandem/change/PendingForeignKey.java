package io.github.pgtandem.change;

import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Table;
import java.util.List;

/**
 * A foreign key, validated during expand unless it takes the place of one that is not.
 *
 * @param table stored name of the referencing table
 * @param key the foreign key
 */
public record PendingForeignKey(String table, Constraint key) implements Change {

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
        return PendingCheck.add(schema, table, key);
    }

    @Override
    public List<Statement> complete(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(PendingCheck.drop(schema, table, key.stored()));
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(key.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingForeignKey(renames.table(table), renames.constraint(table, key));
    }
}
