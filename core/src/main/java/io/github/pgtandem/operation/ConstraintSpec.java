package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Constraint.Kind;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A constraint of {@code create_table}, as a file describes it or as a column's short form stands for it. */
record ConstraintSpec(
        String name,
        Kind kind,
        List<String> columns,
        @Nullable String check,
        boolean nullsNotDistinct,
        boolean noInherit,
        String deferral,
        @Nullable ReferenceSpec references) {

    /** @param more fields that something else reads */
    static ConstraintSpec read(Fields fields, String... more) {
        List.of(more).forEach(fields::has);
        String name = fields.identifier("name");
        String type = fields.choice("type", "unique", "check", "primary_key", "foreign_key", "exclude");
        List<String> columns = fields.optionalTexts("columns");
        boolean deferrable = fields.flag("deferrable");
        boolean initiallyDeferred = fields.flag("initially_deferred");
        String deferral = Deferral.sql(deferrable, initiallyDeferred);
        ConstraintSpec spec =
                switch (type == null ? "" : type) {
                    case "unique" ->
                        new ConstraintSpec(
                                name,
                                Kind.UNIQUE,
                                required(fields, columns),
                                null,
                                fields.flag("nulls_not_distinct"),
                                false,
                                deferral,
                                null);
                    case "primary_key" ->
                        new ConstraintSpec(
                                name, Kind.PRIMARY_KEY, required(fields, columns), null, false, false, deferral, null);
                    case "check" -> check(fields, name, deferral);
                    case "foreign_key" ->
                        new ConstraintSpec(
                                name,
                                Kind.FOREIGN_KEY,
                                required(fields, columns),
                                null,
                                false,
                                false,
                                "",
                                ReferenceSpec.readTable(fields.object("references"), deferrable, initiallyDeferred));
                    case "exclude" ->
                        throw fields.invalid(
                                "type",
                                "exclusion constraints are not supported yet.",
                                "Add it with a sql operation in a migration of its own.");
                    default ->
                        throw fields.invalid(
                                "constraint \"" + name + "\" has no type.",
                                "Give one of: unique, check, primary_key, foreign_key.");
                };
        fields.end();
        return spec;
    }

    private static ConstraintSpec check(Fields fields, String name, String deferral) {
        if (!deferral.isEmpty()) {
            throw fields.invalid(
                    "PostgreSQL has no deferrable check constraints.", "Leave out deferrable and initially_deferred.");
        }
        return new ConstraintSpec(
                name, Kind.CHECK, List.of(), fields.sql("check"), false, fields.flag("no_inherit"), "", null);
    }

    private static List<String> required(Fields fields, List<String> columns) {
        return columns.isEmpty() ? fields.texts("columns") : columns;
    }

    static ConstraintSpec primaryKey(String name, List<String> columns) {
        return new ConstraintSpec(name, Kind.PRIMARY_KEY, columns, null, false, false, "", null);
    }

    /** What a column's short forms stand for. */
    static List<ConstraintSpec> of(Schema schema, String table, ColumnSpec column) {
        List<ConstraintSpec> specs = new ArrayList<>();
        List<String> columns = List.of(column.name());
        if (column.unique()) {
            String name = schema.chosen(table + "_" + column.name(), "_key");
            specs.add(new ConstraintSpec(name, Kind.UNIQUE, columns, null, false, false, "", null));
        }
        CheckSpec check = column.check();
        if (check != null) {
            specs.add(new ConstraintSpec(
                    check.name(), Kind.CHECK, columns, check.expression(), false, check.noInherit(), "", null));
        }
        ReferenceSpec references = column.references();
        if (references != null) {
            specs.add(new ConstraintSpec(
                    String.valueOf(references.name()), Kind.FOREIGN_KEY, columns, null, false, false, "", references));
        }
        return specs;
    }

    /** The constraint of a table whose columns are stored under their own names. */
    Constraint resolve(Schema schema, Table table) {
        if (table.constraints().stream().anyMatch(c -> c.name().equals(name))) {
            throw new InvalidOperation(
                    "constraints",
                    "two constraints of table \"" + table.name() + "\" are called \"" + name + "\".",
                    "Give one another name.");
        }
        if (kind == Kind.PRIMARY_KEY || kind == Kind.UNIQUE) {
            Lookups.noRelation(schema, name, "constraints");
        }
        columns.forEach(c -> Lookups.column(table, c, "constraints"));
        if (references != null) {
            return references.resolve(schema, table, columns, name, name);
        }
        boolean index = kind == Kind.PRIMARY_KEY || kind == Kind.UNIQUE;
        String stored = index ? schema.free(name) : name;
        return new Constraint(name, stored, kind, columns, definition(), null, deferral, true, null);
    }

    /** What stands behind the name, but for deferral; not of a foreign key. */
    String definition() {
        String list =
                " (" + String.join(", ", columns.stream().map(Identifiers::id).toList()) + ")";
        return switch (kind) {
            case PRIMARY_KEY -> "PRIMARY KEY" + list;
            case UNIQUE -> "UNIQUE" + (nullsNotDistinct ? " NULLS NOT DISTINCT" : "") + list;
            default -> CheckSpec.check(String.valueOf(check)) + (noInherit ? " NO INHERIT" : "");
        };
    }
}
