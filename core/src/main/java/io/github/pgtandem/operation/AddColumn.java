package io.github.pgtandem.operation;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.PendingCheck;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.PendingIdentity;
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
import io.github.pgtandem.schema.Sequence;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds a column; {@code up} computes it for existing rows and for rows that older versions write. */
record AddColumn(String table, ColumnSpec column, @Nullable String up) implements Operation {

    private static final String SEQUENCE =
            "Its type is smallint, integer or bigint, and its sequence_options are those of"
                    + " CREATE SEQUENCE, for example START WITH 1000.";

    static AddColumn read(Fields fields) {
        AddColumn operation = new AddColumn(
                fields.identifier("table"), ColumnSpec.read(fields.object("column")), fields.optionalSql("up"));
        if (operation.column.generated() != Generated.NO && operation.up != null) {
            throw fields.invalid(
                    "up",
                    "PostgreSQL gives a serial, identity or generated column its values, in existing rows too.",
                    "Leave out up, or make it a plain column.");
        }
        return operation;
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Lookups.noColumn(on, column.name(), "column");
        refuse(on);
        Column added = added(before, on);
        Table after = on.plus(added);
        List<Change> changes = new ArrayList<>();
        changes.add(new ShadowColumn(on.stored(), drawing(added), up != null, false, "", List.of()));
        if (!added.nullable()) {
            String check = after.generated(added.name() + "_not_null");
            changes.add(new PendingNotNull(on.stored(), added.stored(), check));
            after = after.reserving(check);
        }
        Sequence sequence = added.details().sequence();
        if (sequence != null && added.generated() == Generated.IDENTITY) {
            changes.add(new PendingIdentity(on.stored(), added.stored(), sequence));
        }
        after = constraints(before, after, added, changes);
        List<Sync> syncs = new ArrayList<>();
        if (up != null) {
            syncs.add(new Sync(Sync.Direction.UP, on, added, up, "up"));
        }
        return new Expansion(before.with(after), changes, syncs, byHand(before, on, added));
    }

    private void refuse(Table on) {
        boolean needed = !column.nullable() || column.primaryKey();
        if (needed && column.generated() == Generated.NO && column.defaultSql() == null && up == null) {
            throw new InvalidOperation(
                    "column",
                    "column is NOT NULL but existing rows, and rows written by older versions, have no value.",
                    "Give one of:\n    up: \"an expression over the table's columns\"\n    default: \"0\"\n"
                            + "    nullable: true");
        }
        if (column.primaryKey() && !on.primaryKey().isEmpty()) {
            throw new InvalidOperation(
                    "column",
                    "table \"" + table + "\" has a primary key already.",
                    "Leave out pk, or drop that key with drop_constraint in an operation before this one.");
        }
        if (up != null) {
            Partitions.followable(on, "up");
        }
        if (column.generated().isDrawn() || column.primaryKey()) {
            Partitions.followable(on, "column");
        }
        if (column.generated() == Generated.IDENTITY
                && on.around().partitioning().isPartitioned()) {
            throw new InvalidOperation(
                    "column",
                    "table \"" + table + "\" is partitioned, where PostgreSQL before 17 has no identity columns.",
                    "Make it serial instead, for example type: bigserial.");
        }
    }

    private Column added(Schema before, Table on) {
        Column added = column.column(on.free(column.name()));
        if (!added.generated().isDrawn()) {
            return added;
        }
        Sequence sequence = column.sequence(before.name(), before.chosen(on.name() + "_" + column.name(), "_seq"));
        Column drawn = added.with(added.details().drawing(sequence));
        return added.generated() == Generated.SERIAL ? drawing(drawn) : drawn;
    }

    /** Until complete an identity, too, is a column with a default. */
    private static Column drawing(Column added) {
        Sequence sequence = added.details().sequence();
        return sequence == null ? added : added.withDefault(sequence.next());
    }

    private Table constraints(Schema before, Table table, Column added, List<Change> changes) {
        Table after = table;
        List<String> stored = List.of(added.stored());
        Lookups.newConstraints(
                before, table, column.unique() ? uniqueName() : null, column.check(), column.references(), "column");
        if (column.primaryKey()) {
            after = key(before, after, keyName(before), Constraint.Kind.PRIMARY_KEY, stored, changes);
        }
        if (column.unique()) {
            after = key(before, after, uniqueName(), Constraint.Kind.UNIQUE, stored, changes);
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

    private static Table key(
            Schema before, Table table, String name, Constraint.Kind kind, List<String> stored, List<Change> changes) {
        Partitions.keepsUnique(table, stored, "column");
        String storedName = before.free(name);
        Index index = Index.planned(name, storedName, true, stored, true);
        Constraint key = Constraint.planned(name, storedName, kind, stored);
        changes.add(new PendingUnique(table.stored(), key, index));
        return table.plus(index).plus(key);
    }

    /** The name that PostgreSQL would give the primary key. */
    private String keyName(Schema before) {
        return before.chosen(table, "_pkey");
    }

    /** The name that PostgreSQL would give the constraint. */
    private String uniqueName() {
        return Identifiers.fit(table + "_" + column.name(), "_key");
    }

    private List<ByHand> byHand(Schema before, Table on, Column added) {
        String alter = "ALTER TABLE " + Lookups.twin(on);
        String alterColumn = alter + " ALTER COLUMN " + Identifiers.id(column.name());
        List<ByHand> statements = new ArrayList<>();
        statements.add(column.typeByHand("column."));
        GeneratedSpec generated = column.generatedAs();
        boolean computed = generated != null && generated.expression() != null;
        statements.add(ByHand.of(
                computed ? "column.generated.expression" : "column.name",
                alter + " ADD COLUMN " + Identifiers.id(column.name()) + " " + column.plainType()
                        + (computed ? " " + generated.sql() : "")));
        if (!added.nullable()) {
            statements.add(ByHand.of("column.nullable", alterColumn + " SET NOT NULL"));
        }
        Sequence sequence = added.details().sequence();
        if (sequence != null) {
            String field = generated == null ? "column.type" : "column.generated.identity";
            // The default that draws from it is compiled in its own words.
            statements.add(new ByHand(field, sequence.create(), SEQUENCE));
            statements.add(ByHand.of(
                    field,
                    alterColumn + (generated == null ? " SET DEFAULT " + sequence.next() : " ADD " + generated.sql())));
        }
        if (column.defaultSql() != null) {
            statements.add(ByHand.of("column.default", alterColumn + " SET DEFAULT " + column.defaultSql()));
        }
        if (column.primaryKey()) {
            statements.add(ByHand.of(
                    "column.pk",
                    alter + " ADD CONSTRAINT " + Identifiers.id(keyName(before)) + " PRIMARY KEY ("
                            + Identifiers.id(column.name()) + ")"));
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
