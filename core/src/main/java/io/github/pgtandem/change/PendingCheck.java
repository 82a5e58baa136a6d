package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A check constraint, validated during expand.
 *
 * @param table stored name
 * @param name its final name
 * @param stored its name until complete
 * @param definition {@code CHECK (…)} in stored names, or null before {@link #defined}
 */
public record PendingCheck(
        String table, String name, String stored, @Nullable String definition) implements Change {

    @Override
    public Stage stage() {
        return Stage.CONSTRAINT;
    }

    @Override
    public String describe() {
        return "add check " + stored;
    }

    @Override
    public List<Statement> expand(String schema) {
        return add(schema, table, stored, Objects.requireNonNull(definition));
    }

    /** Adds a constraint without a scan, then scans while writes go on. */
    static List<Statement> add(String schema, String table, String stored, String definition) {
        String on = "ALTER TABLE " + id(schema, table);
        return List.of(
                Statement.together(on + " ADD CONSTRAINT " + id(stored) + " " + definition + " NOT VALID"),
                Statement.alone(on + " VALIDATE CONSTRAINT " + id(stored)));
    }

    /** Gives a constraint its final name. */
    static List<Statement> rename(String schema, String table, String stored, String name) {
        return name.equals(stored)
                ? List.of()
                : List.of(Statement.together(
                        "ALTER TABLE " + id(schema, table) + " RENAME CONSTRAINT " + id(stored) + " TO " + id(name)));
    }

    static Statement drop(String schema, String table, String stored) {
        return Statement.together(
                "ALTER TABLE IF EXISTS " + id(schema, table) + " DROP CONSTRAINT IF EXISTS " + id(stored));
    }

    @Override
    public List<Statement> complete(String schema) {
        return rename(schema, table, stored, name);
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(drop(schema, table, stored));
    }

    @Override
    public Change defined(Definitions definitions, Table on) {
        String text = definitions.constraint(on, name);
        String unvalidated = " NOT VALID";
        return new PendingCheck(
                table,
                name,
                stored,
                text.endsWith(unvalidated) ? text.substring(0, text.length() - unvalidated.length()) : text);
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(stored));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingCheck(renames.table(table), name, stored, definition);
    }
}
