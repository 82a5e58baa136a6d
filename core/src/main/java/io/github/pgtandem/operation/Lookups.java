package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Dependent;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;

/** What several operations ask of the schema they meet, with one wording of the answers. */
final class Lookups {

    private Lookups() {}

    static Table table(Schema schema, String name) {
        return table(schema, name, "table");
    }

    static Table table(Schema schema, String name, String field) {
        return schema.find(name)
                .orElseThrow(() -> new InvalidOperation(
                        field,
                        "table \"" + name + "\" does not exist in schema \"" + schema.name() + "\" at this point.",
                        schema.tables().isEmpty()
                                ? "There is no table yet. A table that a sql operation of the same release makes"
                                        + " is not known here; ship this operation in a later release."
                                : "Tables: "
                                        + some(schema.tables().keySet().stream().toList())
                                        + ". A table is named as the migrations before this operation leave it."));
    }

    static Column column(Table table, String name, String field) {
        return table.find(name)
                .orElseThrow(() -> new InvalidOperation(
                        field,
                        "column \"" + name + "\" does not exist in table \"" + table.name() + "\" at this point.",
                        "Columns: " + some(table.columnNames())
                                + ". A column is named as the migrations before this operation leave it."));
    }

    static void noColumn(Table table, String name, String field) {
        if (table.find(name).isPresent()) {
            throw new InvalidOperation(
                    field,
                    "table \"" + table.name() + "\" has a column \"" + name + "\" already.",
                    "Choose another name, or drop or rename the other column first.");
        }
    }

    static void noTable(Schema schema, String name, String field) {
        if (schema.find(name).isPresent()) {
            throw new InvalidOperation(
                    field,
                    "table \"" + name + "\" exists already.",
                    "Choose another name, or drop or rename the other table first.");
        }
        noRelation(schema, name, field);
    }

    /** Refuses a name that another relation of any kind has, as all of a schema share one space of names. */
    static void noRelation(Schema schema, String name, String field) {
        if (schema.isTaken(name)) {
            throw new InvalidOperation(
                    field,
                    "a relation \"" + name + "\" exists already: a table, index, sequence or view.",
                    "Choose another name, or drop or rename the other one first.");
        }
    }

    /** Refuses where something of the user's would stop complete from dropping the column, or would be lost with it. */
    static void droppable(Table table, Column column, boolean replaced) {
        List<String> objects = table.dependents().stream()
                .filter(d -> d.column().equals(column.stored()) && (replaced || d.blocksDrop()))
                .map(Dependent::object)
                .toList();
        if (!objects.isEmpty()) {
            throw new InvalidOperation(
                    "column",
                    (replaced ? "changing" : "dropping") + " column \"" + table.name() + "." + column.name()
                            + "\" cannot be completed: " + String.join(", ", objects)
                            + (objects.size() == 1 ? " uses it." : " use it."),
                    "Drop or change " + (objects.size() == 1 ? "it" : "them") + " first, for example with a sql"
                            + " operation in an earlier release.");
        }
    }

    /** A sync keeps rows through a row trigger and a backfill by pages, which a partitioned parent does not have. */
    static void notPartitioned(Table table, String field) {
        if (table.partitioned()) {
            throw new InvalidOperation(
                    field,
                    "table \"" + table.name()
                            + "\" is partitioned or inherits, which this operation does not support yet.",
                    "Change it with a sql operation.");
        }
    }

    /** The empty copy of a table on which PostgreSQL checks an operation. */
    static String twin(Table table) {
        return id("pg_temp", table.name());
    }

    private static String some(List<String> names) {
        return names.size() <= 12
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 12)) + ", … (" + names.size() + ")";
    }
}
