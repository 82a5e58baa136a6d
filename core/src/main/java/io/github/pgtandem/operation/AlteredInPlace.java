package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.PendingCheck;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.PendingNotNull;
import io.github.pgtandem.change.PendingUnique;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * An alteration without translation: constraints go straight to the stored column; default and comment differ by
 * version through overlays; a dropped NOT NULL goes at complete, as the older version is promised values until then.
 */
record AlteredInPlace(AlterColumn operation, Schema before, Table on, Column old) {

    private static final String CARRIED =
            "What hangs on the column is carried to the new type: its default, indexes and checks must fit it. Give a"
                    + " fitting default: here, and drop an index or check that does not fit in an earlier operation.";

    Expansion expand() {
        Column altered = operation.altered(old);
        List<Change> changes = new ArrayList<>();
        Table after = on.replace(old, altered);
        if (Boolean.FALSE.equals(operation.nullable())) {
            String check = after.generated(altered.name() + "_not_null");
            changes.add(new PendingNotNull(on.stored(), altered.stored(), check));
            after = after.reserving(check);
        }
        after = constraints(operation, before, after, altered, changes);
        return new Expansion(before.with(after), changes, List.of(), byHand(operation, before, on));
    }

    /** The constraints that an alteration adds to a column, wherever it is stored. */
    static Table constraints(AlterColumn op, Schema before, Table table, Column column, List<Change> changes) {
        Table after = table;
        List<String> stored = List.of(column.stored());
        Lookups.newConstraints(before, table, op.unique(), op.check(), op.references(), "");
        if (op.unique() != null) {
            Lookups.noRelation(before, op.unique(), "unique");
            Partitions.keepsUnique(table, stored, "unique");
            String name = before.free(op.unique());
            Index index = Index.planned(op.unique(), name, true, stored, true);
            Constraint key = Constraint.planned(op.unique(), name, Constraint.Kind.UNIQUE, stored);
            after = after.plus(index).plus(key);
            changes.add(new PendingUnique(after.stored(), key, index));
        }
        if (op.check() != null) {
            String name = op.check().name();
            Constraint check = Constraint.planned(name, after.free(name), Constraint.Kind.CHECK, stored);
            after = after.plus(check);
            changes.add(new PendingCheck(after.stored(), check));
        }
        if (op.references() != null) {
            String wanted = String.valueOf(op.references().name());
            Constraint key = op.references().resolve(before, after, stored, wanted, after.free(wanted));
            after = after.plus(key);
            changes.add(new PendingForeignKey(after.stored(), key));
        }
        return after;
    }

    static List<ByHand> byHand(AlterColumn op, Schema before, Table on) {
        String alter = "ALTER TABLE " + Lookups.twin(on);
        String column = alter + " ALTER COLUMN " + id(op.column());
        List<ByHand> statements = new ArrayList<>();
        if (op.defaultSql().isPresent()) {
            statements.add(ByHand.of("default", column + " DROP DEFAULT"));
        }
        if (op.type() != null) {
            statements.add(ColumnSpec.typeByHand("type", op.type()));
            String type = op.altered(Lookups.column(on, op.column(), "column")).type();
            statements.add(ByHand.retype("type", on, op.column(), type, CARRIED));
        }
        if (op.defaultSql().value() != null) {
            statements.add(ByHand.of(
                    "default", column + " SET DEFAULT " + op.defaultSql().value()));
        }
        if (op.nullable() != null) {
            statements.add(ByHand.of("nullable", column + (op.nullable() ? " DROP" : " SET") + " NOT NULL"));
        }
        if (op.unique() != null) {
            statements.add(ByHand.of(
                    "unique",
                    "CREATE UNIQUE INDEX " + id(op.unique()) + " ON " + Lookups.twin(on) + " (" + id(op.column())
                            + ")"));
        }
        if (op.check() != null) {
            statements.add(
                    ByHand.of("check.constraint", alter + " ADD " + op.check().definition()));
        }
        if (op.references() != null) {
            Table altered = on.mapColumns(c -> c.name().equals(op.column()) ? op.altered(c) : c);
            statements.addAll(op.references().comparable(before, altered, List.of(op.column()), "references"));
        }
        return statements;
    }
}
