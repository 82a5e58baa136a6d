package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A check constraint, validated during expand unless it takes the place of one that is not.
 *
 * @param table stored name
 * @param check the constraint, without a definition before {@link #defined}
 */
public record PendingCheck(String table, Constraint check) implements Change {

    @Override
    public Stage stage() {
        return Stage.CONSTRAINT;
    }

    @Override
    public String describe() {
        return "add check " + check.stored();
    }

    @Override
    public List<Statement> expand(String schema) {
        return add(schema, table, check, Statement.ACCESS_EXCLUSIVE);
    }

    /** Adds a constraint without a scan under a lock, then scans while writes go on. */
    static List<Statement> add(String schema, String table, Constraint constraint, String lock) {
        String on = "ALTER TABLE " + id(schema, table);
        String unvalidated = constraint.sql().endsWith("NOT ENFORCED") ? "" : " NOT VALID";
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement(
                on + " ADD CONSTRAINT " + id(constraint.stored()) + " " + constraint.sql() + unvalidated,
                lock,
                Statement.Mode.TOGETHER));
        if (constraint.comment() != null) {
            statements.add(Statement.alone(comment(schema, table, constraint)));
        }
        if (constraint.validated()) {
            statements.add(Statement.alone(on + " VALIDATE CONSTRAINT " + id(constraint.stored())));
        }
        return statements;
    }

    static String comment(String schema, String table, Constraint constraint) {
        return "COMMENT ON CONSTRAINT " + id(constraint.stored()) + " ON " + id(schema, table) + " IS "
                + literal(String.valueOf(constraint.comment()));
    }

    /** Takes a constraint away, if it is there. */
    public static Statement drop(String schema, String table, String stored) {
        return Statement.together(
                "ALTER TABLE IF EXISTS " + id(schema, table) + " DROP CONSTRAINT IF EXISTS " + id(stored));
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.constraint(check.stored()));
    }

    @Override
    public List<Statement> complete(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(drop(schema, table, check.stored()));
    }

    @Override
    public Change defined(Definitions definitions, Table on) {
        return new PendingCheck(table, check.defined(definitions.constraint(on, check.name())));
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(check.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingCheck(renames.table(table), renames.constraint(table, check));
    }
}
