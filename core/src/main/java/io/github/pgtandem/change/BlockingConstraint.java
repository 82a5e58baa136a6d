package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A constraint whose index PostgreSQL cannot build beside writers: an exclusion constraint, or a unique one that is
 * deferrable, as its index alone would refuse at once what the constraint lets pass until commit. It is built under a
 * lock, within the time for which writers may wait, or not at all.
 *
 * @param table stored name
 * @param constraint the constraint, without a definition before {@link #defined}
 */
public record BlockingConstraint(String table, Constraint constraint) implements Change {

    @Override
    public Stage stage() {
        return Stage.CONSTRAINT;
    }

    @Override
    public String describe() {
        return "add constraint " + constraint.stored();
    }

    @Override
    public List<Statement> expand(String schema) {
        List<Statement> statements = new ArrayList<>(Statement.bounded(
                id(schema, table),
                "ALTER TABLE " + id(schema, table) + " ADD CONSTRAINT " + id(constraint.stored()) + " "
                        + constraint.sql()));
        if (constraint.comment() != null) {
            statements.add(Statement.alone(PendingCheck.comment(schema, table, constraint)));
        }
        return statements;
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.constraint(constraint.stored()));
    }

    @Override
    public List<Statement> complete(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(PendingCheck.drop(schema, table, constraint.stored()));
    }

    @Override
    public Change defined(Definitions definitions, Table on) {
        return new BlockingConstraint(table, constraint.defined(definitions.constraint(on, constraint.name())));
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.constraints().stream().anyMatch(c -> c.stored().equals(constraint.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new BlockingConstraint(renames.table(table), renames.constraint(table, constraint));
    }
}
