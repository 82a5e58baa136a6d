package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A foreign key from one column or several, as a file describes it. */
record ReferenceSpec(@Nullable String name, String table, List<String> columns, String options) {

    private static final String[] ACTIONS = {"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};

    /** The form of a single column, with its own name. */
    static ReferenceSpec read(Fields fields) {
        ReferenceSpec reference = new ReferenceSpec(
                fields.identifier("name"),
                fields.identifier("table"),
                List.of(fields.identifier("column")),
                options(fields, true));
        fields.end();
        return reference;
    }

    /** The form of a table constraint, named by the constraint. */
    static ReferenceSpec readTable(Fields fields, boolean deferrable, boolean initiallyDeferred) {
        ReferenceSpec reference = new ReferenceSpec(
                null,
                fields.identifier("table"),
                fields.texts("columns"),
                options(fields, false) + Deferral.sql(deferrable, initiallyDeferred));
        fields.end();
        return reference;
    }

    private static String options(Fields fields, boolean withDeferral) {
        StringBuilder options = new StringBuilder();
        String match = fields.choice("match_type", "SIMPLE", "FULL", "PARTIAL");
        if ("PARTIAL".equals(match)) {
            throw fields.invalid("match_type", "PostgreSQL has no MATCH PARTIAL.", "Give SIMPLE or FULL.");
        }
        if (match != null) {
            options.append("MATCH ").append(match);
        }
        String onDelete = fields.choice("on_delete", ACTIONS);
        if (onDelete != null) {
            options.append(" ON DELETE ").append(onDelete);
        }
        String onUpdate = fields.choice("on_update", ACTIONS);
        if (onUpdate != null) {
            options.append(" ON UPDATE ").append(onUpdate);
        }
        if (withDeferral) {
            options.append(Deferral.sql(fields.flag("deferrable"), fields.flag("initially_deferred")));
        }
        return options.toString().strip();
    }

    /** The constraint with its target found in the schema. */
    Constraint resolve(Schema schema, Table from, List<String> fromStored, String constraintName, String stored) {
        Table to = table.equals(from.name()) ? from : Lookups.table(schema, table, "references");
        List<Column> targets =
                columns.stream().map(c -> Lookups.column(to, c, "references")).toList();
        List<String> targetStored = targets.stream().map(Column::stored).toList();
        if (fromStored.size() != targets.size()) {
            throw new InvalidOperation(
                    "references",
                    "foreign key \"" + constraintName + "\" has " + fromStored.size() + " columns but references "
                            + targets.size() + ".",
                    "Name as many columns on both sides, in the same order.");
        }
        boolean unique = to.constraints().stream()
                        .filter(c -> c.kind() == Constraint.Kind.PRIMARY_KEY || c.kind() == Constraint.Kind.UNIQUE)
                        .anyMatch(c -> Set.copyOf(c.columns()).equals(Set.copyOf(targetStored)))
                || to.indexes().stream()
                        .anyMatch(i -> i.unique()
                                && !i.definition().contains(" WHERE ")
                                && Set.copyOf(i.columns()).equals(Set.copyOf(targetStored)));
        if (!unique) {
            throw new InvalidOperation(
                    "references",
                    "foreign key \"" + constraintName + "\" references " + table + " (" + String.join(", ", columns)
                            + "), which no primary key or unique constraint covers.",
                    "Reference the table's key, or add a unique constraint there first.");
        }
        return new Constraint(
                constraintName,
                stored,
                Constraint.Kind.FOREIGN_KEY,
                fromStored,
                PendingForeignKey.definition(fromStored, schema.name(), to.stored(), targetStored, options),
                to.stored());
    }

    /** Whether PostgreSQL can compare the columns; a key cannot lead from a temporary table to a permanent one. */
    List<ByHand> comparable(Schema schema, Table from, List<String> fromNames, String field) {
        Table to = table.equals(from.name()) ? from : Lookups.table(schema, table, "references");
        List<ByHand> statements = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String key = type(to, columns.get(i));
            String other = type(from, fromNames.get(i));
            statements.add(new ByHand(
                    field,
                    "SELECT NULL::" + key + " = NULL::" + other,
                    "The foreign key leads to " + table + "." + columns.get(i) + " of type " + key
                            + "; give its own column the same type."));
        }
        return statements;
    }

    private static String type(Table of, String column) {
        return of.find(column).orElseThrow().type().split(" COLLATE ")[0];
    }

    /** {@code CONSTRAINT name FOREIGN KEY …}. */
    static String element(Constraint resolved) {
        return "CONSTRAINT " + id(resolved.stored()) + " " + resolved.definition();
    }
}
