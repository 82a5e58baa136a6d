package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;

/** Gives a constraint, and the index that keeps it, another name at complete. */
record RenameConstraint(String table, String from, String to) implements Operation {

    static RenameConstraint read(Fields fields) {
        return new RenameConstraint(fields.identifier("table"), fields.identifier("from"), fields.identifier("to"));
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Constraint constraint = Lookups.constraint(on, from, "from");
        if (from.equals(to)) {
            throw new InvalidOperation(
                    "to", "\"" + to + "\" is the constraint's name already.", "Remove the operation.");
        }
        Lookups.noConstraint(on, to, "to");
        if (constraint.kind().isIndexed()) {
            Lookups.noRelation(before, to, "to");
        }
        List<ByHand> byHand = List.of(ByHand.of("to", byHand(on, constraint)));
        return new Expansion(before.with(on.naming(constraint, to)), List.of(), List.of(), byHand);
    }

    /** An index in flight is no constraint yet, but is renamed as if; a twin has no foreign keys. */
    private String byHand(Table on, Constraint constraint) {
        return switch (constraint.kind()) {
            case PRIMARY_KEY, UNIQUE, EXCLUSION -> "ALTER INDEX " + id("pg_temp", from) + " RENAME TO " + id(to);
            case CHECK -> "ALTER TABLE " + Lookups.twin(on) + " RENAME CONSTRAINT " + id(from) + " TO " + id(to);
            case FOREIGN_KEY -> "SELECT 1";
        };
    }

    @Override
    public String subject() {
        return "rename_constraint " + table + "." + from;
    }
}
