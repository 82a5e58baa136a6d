package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Table;
import java.util.List;

/**
 * NOT NULL: a validated check during expand, so that complete need not scan.
 *
 * @param table stored name
 * @param column stored name
 * @param check name of the check
 */
public record PendingNotNull(String table, String column, String check) implements Change {

    @Override
    public Stage stage() {
        return Stage.CONSTRAINT;
    }

    @Override
    public String describe() {
        return "require a value in " + column;
    }

    @Override
    public List<Statement> expand(String schema) {
        String on = "ALTER TABLE " + id(schema, table);
        return List.of(
                Statement.together(
                        on + " ADD CONSTRAINT " + id(check) + " CHECK (" + id(column) + " IS NOT NULL) NOT VALID"),
                Statement.alone(on + " VALIDATE CONSTRAINT " + id(check)));
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.constraint(check));
    }

    @Override
    public List<Statement> complete(String schema) {
        String on = "ALTER TABLE " + id(schema, table);
        return List.of(
                Statement.together(on + " ALTER COLUMN " + id(column) + " SET NOT NULL"),
                Statement.together(on + " DROP CONSTRAINT " + id(check)));
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(PendingCheck.drop(schema, table, check));
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.findStored(column).filter(c -> !c.nullable()).isPresent();
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingNotNull(renames.table(table), renames.column(table, column), check);
    }
}
