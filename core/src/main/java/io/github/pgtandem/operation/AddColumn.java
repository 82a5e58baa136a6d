package io.github.pgtandem.operation;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.PendingCheck;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.PendingNotNull;
import io.github.pgtandem.change.PendingUnique;
import io.github.pgtandem.change.ShadowColumn;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds a column; {@code up} computes it for existing rows and for rows that older versions write. */
record AddColumn(String table, ColumnSpec column, @Nullable String up) implements Operation {

    static AddColumn read(Fields fields) {
        AddColumn operation = new AddColumn(
                fields.identifier("table"), ColumnSpec.read(fields.object("column")), fields.optionalSql("up"));
        if (operation.column.primaryKey()) {
            throw fields.invalid("column", "a primary key column cannot be added to a table.", "Leave out pk.");
        }
        if (operation.column.generated() != Generated.NO) {
            throw fields.invalid(
                    "column",
                    "serial, identity and generated columns cannot be added to an existing table yet.",
                    "Add a plain column with a default or up, for example default: \"nextval('a_sequence')\".");
        }
        return operation;
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Lookups.noColumn(on, column.name(), "column");
        if (!column.nullable() && column.defaultSql() == null && up == null) {
            throw new InvalidOperation(
                    "column",
                    "column is NOT NULL but existing rows, and rows written by older versions, have no value.",
                    "Give one of:\n    up: \"an expression over the table's columns\"\n    default: \"0\"\n"
                            + "    nullable: true");
        }
        if (up != null) {
            Partitions.followable(on, "up");
        }
        Column added = column.column(on.free(column.name()));
        Table after = on.plus(added);
        List<Change> changes = new ArrayList<>();
        changes.add(new ShadowColumn(on.stored(), added, up != null, false, "", List.of()));
        if (!column.nullable()) {
            String check = after.generated(added.name() + "_not_null");
            changes.add(new PendingNotNull(on.stored(), added.stored(), check));
            after = after.reserving(check);
        }
        after = constraints(before, after, added, changes);
        List<Sync> syncs = new ArrayList<>();
        if (up != null) {
            syncs.add(new Sync(Sync.Direction.UP, on, added, up, "up"));
        }
        return new Expansion(before.with(after), changes, syncs, byHand(before, on));
    }

    private Table constraints(Schema before, Table table, Column added, List<Change> changes) {
        Table after = table;
        List<String> stored = List.of(added.stored());
        Lookups.newConstraints(
                before, table, column.unique() ? uniqueName() : null, column.check(), column.references(), "column");
        if (column.unique()) {
            Partitions.keepsUnique(table, stored, "column");
            String name = uniqueName();
            String storedName = before.free(name);
            Index index = Index.planned(name, storedName, true, stored, true);
            Constraint key = Constraint.planned(name, storedName, Constraint.Kind.UNIQUE, stored);
            after = after.plus(index).plus(key);
            changes.add(new PendingUnique(after.stored(), key, index));
        }
        if (column.check() != null) {
            String name = column.check().name();
            Constraint check = Constraint.planned(name, after.free(name), Constraint.Kind.CHECK, stored);
            after = after.plus(check);
            changes.add(new PendingCheck(after.stored(), check));
        }
        if (column.references() != null) {
            String name = String.valueOf(column.references().name());
            Constraint key = column.references().resolve(before, after, stored, name, after.free(name));
            after = after.plus(key);
            changes.add(new PendingForeignKey(after.stored(), key));
        }
        return after;
    }

    /** The name that PostgreSQL would give the constraint. */
    private String uniqueName() {
        return Identifiers.fit(table + "_" + column.name(), "_key");
    }

    private List<ByHand> byHand(Schema before, Table on) {
        String alter = "ALTER TABLE " + Lookups.twin(on);
        List<ByHand> statements = new ArrayList<>();
        statements.add(column.typeByHand("column."));
        statements.add(
                ByHand.of("column.name", alter + " ADD COLUMN " + Identifiers.id(column.name()) + " " + column.type()));
        if (!column.nullable()) {
            statements.add(ByHand.of(
                    "column.nullable", alter + " ALTER COLUMN " + Identifiers.id(column.name()) + " SET NOT NULL"));
        }
        if (column.defaultSql() != null) {
            statements.add(ByHand.of(
                    "column.default",
                    alter + " ALTER COLUMN " + Identifiers.id(column.name()) + " SET DEFAULT " + column.defaultSql()));
        }
        if (column.unique()) {
            statements.add(ByHand.of(
                    "column.unique",
                    "CREATE UNIQUE INDEX " + Identifiers.id(uniqueName()) + " ON " + Lookups.twin(on) + " ("
                            + Identifiers.id(column.name()) + ")"));
        }
        if (column.check() != null) {
            statements.add(ByHand.of(
                    "column.check.constraint", alter + " ADD " + column.check().definition()));
        }
        if (column.references() != null) {
            statements.addAll(column.references()
                    .comparable(
                            before,
                            on.plus(column.column(column.name())),
                            List.of(column.name()),
                            "column.references"));
        }
        return statements;
    }

    @Override
    public String subject() {
        return "add_column " + table + "." + column.name();
    }
}
