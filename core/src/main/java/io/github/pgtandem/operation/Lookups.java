package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Dependent;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        noView(schema, name, field);
    }

    /** Refuses a name that a view of the version has, which would stand in front of it. */
    private static void noView(Schema schema, String name, String field) {
        if (schema.findView(name).isPresent()) {
            throw new InvalidOperation(
                    field,
                    "the version has a view \"" + name + "\" already.",
                    "Choose another name, or drop the view first with drop_view.");
        }
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

    /**
     * Refuses new constraints of a column where a name is taken, or the table cannot have them added beside its work.
     *
     * @param field the field that holds them all, or empty where each has its own
     */
    static void newConstraints(
            Schema schema,
            Table table,
            @Nullable String unique,
            @Nullable CheckSpec check,
            @Nullable ReferenceSpec references,
            String field) {
        if (unique != null) {
            String at = field.isEmpty() ? "unique" : field;
            noConstraint(table, unique, at);
            noIndex(schema, unique, at);
            noRelation(schema, unique, at);
            Partitions.followable(table, at);
        }
        if (check != null) {
            noConstraint(table, check.name(), field.isEmpty() ? "check" : field);
        }
        if (references != null) {
            noConstraint(table, String.valueOf(references.name()), field.isEmpty() ? "references" : field);
            Partitions.followable(table, field.isEmpty() ? "references" : field);
        }
    }

    static Constraint constraint(Table table, String name, String field) {
        List<String> names = table.constraints().stream().map(Constraint::name).toList();
        return table.constraint(name)
                .orElseThrow(() -> new InvalidOperation(
                        field,
                        "table \"" + table.name() + "\" has no constraint \"" + name + "\" at this point.",
                        "Constraints: " + (names.isEmpty() ? "none" : some(names)) + "."));
    }

    /** The columns that a constraint is about, as the version calls them. */
    static List<String> names(Table table, Constraint constraint) {
        return constraint.columns().stream()
                .map(c -> table.findStored(c).orElseThrow().name())
                .toList();
    }

    /** Refuses to take away the index that logical replication tells rows by. */
    static void notReplicaIdentity(Table table, String index, String field) {
        if (index.equals(table.replicaIdentity().index())) {
            throw new InvalidOperation(
                    field,
                    "index \"" + index + "\" is the replica identity of table \"" + table.name() + "\".",
                    "Choose another one first:\n    - set_replica_identity: {table: " + table.name()
                            + ", identity: {type: default}}");
        }
    }

    static void noConstraint(Table table, String name, String field) {
        if (table.constraints().stream().anyMatch(c -> c.name().equals(name))) {
            throw new InvalidOperation(
                    field,
                    "table \"" + table.name() + "\" has a constraint \"" + name + "\" already.",
                    "Choose another name.");
        }
    }

    static void noIndex(Schema schema, String name, String field) {
        schema.findIndex(name).ifPresent(table -> {
            throw new InvalidOperation(
                    field,
                    "table \"" + table.name() + "\" has an index \"" + name + "\" already.",
                    "Choose another name, or drop the index in an operation before this one.");
        });
    }

    /** Refuses where something of the user's would stop complete from dropping the column. */
    static void droppable(Schema schema, Table table, Column column) {
        Partitions.notByColumn(table, column);
        Stream<String> keys = schema.tables().values().stream()
                .flatMap(t -> t.constraints().stream()
                        .filter(c -> c.leadsTo(schema.name(), table.stored())
                                && c.references().columns().contains(column.stored())
                                && !c.columns().contains(t == table ? column.stored() : ""))
                        .map(c -> "foreign key " + c.name() + " of table " + t.name()));
        Stream<String> computed = table.columns().stream()
                .filter(c -> c.details().reads().contains(column.stored()))
                .map(c -> "generated column " + c.name());
        refuse(
                "dropping " + described(table, column),
                Stream.of(
                                keys,
                                computed,
                                dependents(table, column)
                                        .filter(Dependent::blocksDrop)
                                        .map(Dependent::object))
                        .flatMap(s -> s)
                        .toList());
    }

    /** Refuses where something of the user's would stop complete from putting another column in the place of this one. */
    static void replaceable(Table table, Column column) {
        Partitions.notByColumn(table, column);
        refuse(
                "changing " + described(table, column),
                dependents(table, column).map(Dependent::object).toList());
    }

    private static Stream<Dependent> dependents(Table table, Column column) {
        return table.around().dependents().stream().filter(d -> d.column().equals(column.stored()));
    }

    private static String described(Table table, Column column) {
        return "column \"" + table.name() + "." + column.name() + "\"";
    }

    private static void refuse(String doing, List<String> objects) {
        if (!objects.isEmpty()) {
            throw new InvalidOperation(
                    "column",
                    doing + " cannot be completed: " + String.join(", ", objects)
                            + (objects.size() == 1 ? " uses it." : " use it."),
                    "Drop or change " + (objects.size() == 1 ? "it" : "them") + " first, for example with a sql"
                            + " operation in an earlier release.");
        }
    }

    /** A name that is free both among relations and among a table's constraints; the name itself where it is. */
    static String free(Schema schema, Table table, String name) {
        Schema current = schema.with(table);
        return Identifiers.freeOr(
                name, n -> current.relations().contains(n) || table.reserved().contains(n));
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
