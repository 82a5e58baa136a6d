package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.NewTable;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a table. Older versions do not know it. */
record CreateTable(
        String name,
        List<ColumnSpec> columns,
        List<ConstraintSpec> constraints,
        @Nullable String comment) implements Operation {

    static CreateTable read(Fields fields) {
        CreateTable operation = new CreateTable(
                fields.identifier("name"),
                fields.objects("columns").stream().map(ColumnSpec::read).toList(),
                fields.optionalObjects("constraints").stream()
                        .map(ConstraintSpec::read)
                        .toList(),
                fields.optionalText("comment"));
        Set<String> names = new HashSet<>();
        operation.columns.forEach(c -> {
            if (!names.add(c.name())) {
                throw fields.invalid("columns", "column \"" + c.name() + "\" is given twice.", "Remove one.");
            }
        });
        boolean inline = operation.columns.stream().anyMatch(ColumnSpec::primaryKey);
        if (inline && operation.constraints.stream().anyMatch(c -> c.kind() == Constraint.Kind.PRIMARY_KEY)) {
            throw fields.invalid(
                    "constraints",
                    "the primary key is given twice: by pk on columns and as a constraint.",
                    "Keep one of the two.");
        }
        return operation;
    }

    @Override
    public Expansion expand(Schema before) {
        Lookups.noTable(before, name, "name");
        String stored = before.free(name);
        List<Column> seen = columns.stream().map(c -> c.column(c.name())).toList();
        Table table = Table.planned(name, stored, seen, comment);
        List<String> elements = new ArrayList<>();
        columns.forEach(c -> elements.add(c.definition(c.name()) + notNullName(c, stored)));
        List<Constraint> resolved = resolve(before, table);
        for (Constraint constraint : resolved) {
            table = table.plus(constraint);
            elements.add("CONSTRAINT " + id(constraint.stored()) + " " + constraint.sql());
            if (constraint.kind().isIndexed()) {
                boolean unique = constraint.kind() != Constraint.Kind.EXCLUSION;
                table = table.plus(
                        Index.planned(constraint.name(), constraint.stored(), unique, constraint.columns(), true));
            }
        }
        Set<String> key = Set.copyOf(table.primaryKey());
        table = table.mapColumns(c -> key.contains(c.stored()) ? c.nullable(false) : c);
        return new Expansion(
                before.with(table),
                List.of(new NewTable(table, elements, comments(before.name(), stored), sequences(before, stored))),
                List.of(),
                byHand(before, table, resolved));
    }

    /** Piece by piece, so that a refusal is about one field. */
    private List<ByHand> byHand(Schema before, Table table, List<Constraint> resolved) {
        List<ByHand> byHand = new ArrayList<>();
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            byHand.add(columns.get(i).typeByHand("columns." + i + "."));
            bare.add(columns.get(i).bareDefinition());
        }
        byHand.add(ByHand.of("columns", "CREATE TABLE " + Lookups.twin(table) + " (" + String.join(", ", bare) + ")"));
        String alter = "ALTER TABLE " + Lookups.twin(table);
        for (int i = 0; i < columns.size(); i++) {
            ColumnSpec column = columns.get(i);
            if (column.defaultSql() != null) {
                byHand.add(ByHand.of(
                        "columns." + i + ".default",
                        alter + " ALTER COLUMN " + id(column.name()) + " SET DEFAULT " + column.defaultSql()));
            }
            if (column.references() != null) {
                byHand.addAll(column.references()
                        .comparable(before, table, List.of(column.name()), "columns." + i + ".references"));
            }
        }
        for (int i = 0; i < constraints.size(); i++) {
            ConstraintSpec spec = constraints.get(i);
            if (spec.references() != null) {
                byHand.addAll(spec.references().comparable(before, table, spec.columns(), "constraints." + i));
            }
        }
        // A foreign key cannot lead from a temporary table to a permanent one; it was checked against the schema.
        resolved.stream()
                .filter(c -> c.kind() != Constraint.Kind.FOREIGN_KEY)
                .forEach(c -> byHand.add(
                        ByHand.of(field(c.name()), alter + " ADD CONSTRAINT " + id(c.name()) + " " + c.sql())));
        return byHand;
    }

    private Constraint resolve(Schema before, Table soFar, ConstraintSpec spec) {
        try {
            return spec.resolve(before, soFar);
        } catch (InvalidOperation e) {
            throw new InvalidOperation(field(spec.name()), e.problem(), e.remedy());
        }
    }

    /** PostgreSQL names a sequence after its table; a table that is dropped at complete takes its own along. */
    private Map<String, String> sequences(Schema before, String stored) {
        Map<String, String> names = new TreeMap<>();
        for (ColumnSpec column : columns) {
            if (column.generated().isDrawn() && !stored.equals(name)) {
                String base = "_" + column.name();
                names.put(
                        Identifiers.fit(stored + base, "_seq"),
                        before.findStored(name).isPresent()
                                ? before.chosen(name + base, "_seq")
                                : Identifiers.fit(name + base, "_seq"));
            }
        }
        return names;
    }

    private String field(String constraint) {
        for (int i = 0; i < constraints.size(); i++) {
            if (constraints.get(i).name().equals(constraint)) {
                return "constraints." + i;
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            CheckSpec check = columns.get(i).check();
            if (check != null && check.name().equals(constraint)) {
                return "columns." + i + ".check.constraint";
            }
            ReferenceSpec references = columns.get(i).references();
            if (references != null && constraint.equals(references.name())) {
                return "columns." + i + ".references";
            }
        }
        return "columns";
    }

    /** PostgreSQL 18 names NOT NULL after the table; where that is not its final name yet, the final one is given. */
    private String notNullName(ColumnSpec column, String stored) {
        return stored.equals(name) || column.nullable()
                ? ""
                : " CONSTRAINT " + id(Identifiers.fit(name + "_" + column.name(), "_not_null")) + " NOT NULL";
    }

    private List<Constraint> resolve(Schema before, Table table) {
        List<ConstraintSpec> all = new ArrayList<>();
        List<String> key = columns.stream()
                .filter(ColumnSpec::primaryKey)
                .map(ColumnSpec::name)
                .toList();
        if (!key.isEmpty()) {
            all.add(ConstraintSpec.primaryKey(before.chosen(name, "_pkey"), key));
        }
        for (ColumnSpec column : columns) {
            all.addAll(ConstraintSpec.of(before, name, column));
        }
        all.addAll(constraints);
        List<Constraint> resolved = new ArrayList<>();
        Table soFar = table;
        // A foreign key may lead to a key of the same table that stands below it.
        all.sort(Comparator.comparing(c -> c.kind() == Constraint.Kind.FOREIGN_KEY));
        for (ConstraintSpec spec : all) {
            Constraint constraint = resolve(before, soFar, spec);
            resolved.add(constraint);
            soFar = soFar.plus(constraint);
        }
        return resolved;
    }

    private List<String> comments(String schema, String stored) {
        List<String> comments = new ArrayList<>();
        if (comment != null) {
            comments.add("COMMENT ON TABLE " + id(schema, stored) + " IS " + literal(comment));
        }
        for (ColumnSpec column : columns) {
            if (column.comment() != null) {
                comments.add("COMMENT ON COLUMN " + id(schema, stored) + "." + id(column.name()) + " IS "
                        + literal(column.comment()));
            }
        }
        return comments;
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public String subject() {
        return "create_table " + name;
    }
}
