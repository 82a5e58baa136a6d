package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A foreign key from one column or several, as a file describes it. */
record ReferenceSpec(
        @Nullable String name,
        String table,
        List<String> columns,
        String actions,
        List<String> deleteSets,
        String deferral) {

    private static final String[] ACTIONS = {"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};

    /** The form of a single column, with its own name. */
    static ReferenceSpec read(Fields fields) {
        ReferenceSpec reference = new ReferenceSpec(
                fields.identifier("name"),
                fields.identifier("table"),
                List.of(fields.identifier("column")),
                actions(fields),
                List.of(),
                Deferral.sql(fields.flag("deferrable"), fields.flag("initially_deferred")));
        fields.end();
        return reference;
    }

    /** The form of a table constraint, named by the constraint. */
    static ReferenceSpec readTable(Fields fields, boolean deferrable, boolean initiallyDeferred) {
        ReferenceSpec reference = new ReferenceSpec(
                null,
                fields.identifier("table"),
                fields.texts("columns"),
                actions(fields),
                fields.optionalTexts("on_delete_set_columns"),
                Deferral.sql(deferrable, initiallyDeferred));
        if (!reference.deleteSets.isEmpty() && !reference.actions.contains("ON DELETE SET ")) {
            throw fields.invalid(
                    "on_delete_set_columns",
                    "only ON DELETE SET NULL and SET DEFAULT set columns.",
                    "Give on_delete: SET NULL or SET DEFAULT, or leave out on_delete_set_columns.");
        }
        fields.end();
        return reference;
    }

    /** In the order in which PostgreSQL prints them, and without those that it leaves out. */
    private static String actions(Fields fields) {
        String match = fields.choice("match_type", "SIMPLE", "FULL", "PARTIAL");
        if ("PARTIAL".equals(match)) {
            throw fields.invalid("match_type", "PostgreSQL has no MATCH PARTIAL.", "Give SIMPLE or FULL.");
        }
        String full = "FULL".equals(match) ? "MATCH FULL" : "";
        return (full + action(fields, "on_update", " ON UPDATE ") + action(fields, "on_delete", " ON DELETE ")).strip();
    }

    private static String action(Fields fields, String key, String event) {
        String action = fields.choice(key, ACTIONS);
        return action == null || action.equals("NO ACTION") ? "" : event + action;
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
                        .filter(c -> !c.isDeferrable())
                        .anyMatch(c -> Set.copyOf(c.columns()).equals(Set.copyOf(targetStored)))
                || to.indexes().stream()
                        .filter(i -> to.constraint(i.name()).isEmpty())
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
        return Constraint.foreignKey(
                constraintName,
                stored,
                fromStored,
                new Reference(schema.name(), to.stored(), targetStored, actions, deleteSets(from, fromStored)),
                deferral);
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
        return "CONSTRAINT " + id(resolved.stored()) + " " + resolved.sql();
    }

    private List<String> deleteSets(Table from, List<String> keyed) {
        return deleteSets.stream()
                .map(name -> {
                    String stored = Lookups.column(from, name, "references").stored();
                    if (!keyed.contains(stored)) {
                        throw new InvalidOperation(
                                "references",
                                "on_delete_set_columns names column \"" + name
                                        + "\", which is not a column of the foreign key.",
                                "Name only columns of the foreign key, or leave it out to set them all.");
                    }
                    return stored;
                })
                .toList();
    }
}
