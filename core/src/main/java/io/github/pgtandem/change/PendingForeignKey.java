package io.github.pgtandem.change;

import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Table;
import java.util.List;

/**
 * A foreign key, validated during expand.
 *
 * @param table stored name of the referencing table
 * @param name its final name
 * @param stored its name until complete
 * @param definition {@code FOREIGN KEY (…) REFERENCES …} in stored names
 */
public record PendingForeignKey(String table, String name, String stored, String definition) implements Change {

    @Override
    public Stage stage() {
        return Stage.CONSTRAINT;
    }

    @Override
    public String describe() {
        return "add foreign key " + stored;
    }

    @Override
    public List<Statement> expand(String schema) {
        return PendingCheck.add(schema, table, stored, definition);
    }

    @Override
    public List<Statement> complete(String schema) {
        return PendingCheck.rename(schema, table, stored, name);
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(PendingCheck.drop(schema, table, stored));
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(stored));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingForeignKey(renames.table(table), name, stored, definition);
    }

    /** {@code FOREIGN KEY (columns) REFERENCES schema.table (columns) options}. */
    public static String definition(
            List<String> columns, String schema, String references, List<String> referenced, String options) {
        return Constraint.foreignKeyColumns(columns) + " REFERENCES " + Identifiers.id(schema, references) + " ("
                + String.join(", ", referenced.stream().map(Identifiers::id).toList()) + ")"
                + (options.isEmpty() ? "" : " " + options);
    }
}
