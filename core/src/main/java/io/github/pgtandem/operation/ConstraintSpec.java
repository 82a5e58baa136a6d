package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Constraint.Kind;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
        @Nullable ReferenceSpec references,
        IndexParameters parameters,
        @Nullable ExclusionSpec exclusion) {

    /** @param more fields that something else reads */
    static ConstraintSpec read(Fields fields, String... more) {
        List.of(more).forEach(fields::has);
        String name = fields.identifier("name");
        String type = fields.choice("type", "unique", "check", "primary_key", "foreign_key", "exclude");
        ConstraintSpec spec =
                switch (type == null ? "" : type) {
                    case "unique" -> key(fields, name, Kind.UNIQUE);
                    case "primary_key" -> key(fields, name, Kind.PRIMARY_KEY);
                    case "check" -> check(fields, name);
                    case "foreign_key" -> foreignKey(fields, name);
                    case "exclude" -> exclusion(fields, name);
                    default ->
                        throw fields.invalid(
                                "constraint \"" + name + "\" has no type.",
                                "Give one of: unique, check, primary_key, foreign_key, exclude.");
                };
        ConstraintFields.refuseRest(fields, spec.kind);
        fields.end();
        return spec;
    }

    private static ConstraintSpec key(Fields fields, String name, Kind kind) {
        List<String> columns = fields.texts("columns");
        boolean distinct = kind == Kind.UNIQUE && fields.flag("nulls_not_distinct");
        IndexParameters parameters = IndexParameters.read(fields);
        return new ConstraintSpec(
                name, kind, columns, null, distinct, false, ConstraintFields.deferral(fields), null, parameters, null);
    }

    private static ConstraintSpec check(Fields fields, String name) {
        fields.optionalTexts("columns");
        if (!ConstraintFields.deferral(fields).isEmpty()) {
            throw fields.invalid(
                    "PostgreSQL has no deferrable check constraints.", "Leave out deferrable and initially_deferred.");
        }
        String check = fields.sql("check");
        return plain(name, Kind.CHECK, List.of(), check, fields.flag("no_inherit"), null);
    }

    private static ConstraintSpec foreignKey(Fields fields, String name) {
        List<String> columns = fields.texts("columns");
        boolean deferrable = fields.flag("deferrable");
        boolean initiallyDeferred = fields.flag("initially_deferred");
        ReferenceSpec references = ReferenceSpec.readTable(fields.object("references"), deferrable, initiallyDeferred);
        return plain(name, Kind.FOREIGN_KEY, columns, null, false, references);
    }

    private static ConstraintSpec exclusion(Fields fields, String name) {
        ExclusionSpec exclusion = ExclusionSpec.read(fields.object("exclude"));
        IndexParameters parameters = IndexParameters.read(fields);
        return new ConstraintSpec(
                name,
                Kind.EXCLUSION,
                List.of(),
                null,
                false,
                false,
                ConstraintFields.deferral(fields),
                null,
                parameters,
                exclusion);
    }

    private static ConstraintSpec plain(
            String name,
            Kind kind,
            List<String> columns,
            @Nullable String check,
            boolean noInherit,
            @Nullable ReferenceSpec references) {
        return new ConstraintSpec(
                name, kind, columns, check, false, noInherit, "", references, IndexParameters.NONE, null);
    }

    static ConstraintSpec primaryKey(String name, List<String> columns) {
        return plain(name, Kind.PRIMARY_KEY, columns, null, false, null);
    }

    /** What a column's short forms stand for. */
    static List<ConstraintSpec> of(Schema schema, String table, ColumnSpec column) {
        List<ConstraintSpec> specs = new ArrayList<>();
        List<String> columns = List.of(column.name());
        if (column.unique()) {
            String name = schema.chosen(table + "_" + column.name(), "_key");
            specs.add(plain(name, Kind.UNIQUE, columns, null, false, null));
        }
        CheckSpec check = column.check();
        if (check != null) {
            specs.add(plain(check.name(), Kind.CHECK, columns, check.expression(), check.noInherit(), null));
        }
        ReferenceSpec references = column.references();
        if (references != null) {
            specs.add(plain(String.valueOf(references.name()), Kind.FOREIGN_KEY, columns, null, false, references));
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
        if (kind.isIndexed()) {
            Lookups.noRelation(schema, name, "constraints");
        }
        columns.forEach(c -> Lookups.column(table, c, "constraints"));
        parameters.included().forEach(c -> Lookups.column(table, c, "constraints"));
        if (references != null) {
            return references.resolve(schema, table, columns, name, name);
        }
        String stored = kind.isIndexed() ? schema.free(name) : name;
        return new Constraint(name, stored, kind, columns, definition(), null, deferral, true, null);
    }

    /** The index that keeps it. */
    Index index(String stored, UnaryOperator<String> storedColumn) {
        String tablespace = parameters.tablespace();
        return new Index(
                name,
                stored,
                kind != Kind.EXCLUSION,
                Stream.concat(columns.stream(), parameters.included().stream())
                        .map(storedColumn)
                        .toList(),
                "",
                true,
                tablespace == null ? null : Identifiers.id(tablespace),
                null);
    }

    /** What stands behind the name, but for deferral; not of a foreign key. */
    String definition() {
        String list = " (" + Identifiers.ids(columns) + ")";
        return switch (kind) {
            case PRIMARY_KEY -> "PRIMARY KEY" + list + parameters.sql();
            case UNIQUE -> "UNIQUE" + (nullsNotDistinct ? " NULLS NOT DISTINCT" : "") + list + parameters.sql();
            case EXCLUSION -> Objects.requireNonNull(exclusion).sql(parameters);
            default -> CheckSpec.check(String.valueOf(check)) + (noInherit ? " NO INHERIT" : "");
        };
    }
}
