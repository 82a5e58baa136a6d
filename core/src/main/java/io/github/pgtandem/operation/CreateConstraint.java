package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.BlockingConstraint;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.PendingCheck;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.PendingNotNull;
import io.github.pgtandem.change.PendingUnique;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Constraint.Kind;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds a constraint over one column or several. Where every column stays as it is, the constraint holds for all versions
 * from expand on; columns with a translation get shadow columns, and the constraint holds for what the new version sees.
 *
 * @param columns as the file names them; a check may leave them out
 */
record CreateConstraint(String table, List<String> columns, ConstraintSpec spec, Translations translations)
        implements Operation {

    static CreateConstraint read(Fields fields) {
        CreateConstraint operation = new CreateConstraint(
                fields.identifier("table"),
                fields.optionalTexts("columns"),
                ConstraintSpec.read(fields, "up", "down"),
                Translations.read(fields));
        boolean translated = operation.spec.kind() == Kind.CHECK || operation.spec.kind() == Kind.FOREIGN_KEY;
        if (translated) {
            // As for alter_column: whoever adds one says what becomes of values that break it.
            fields.object("up");
            fields.object("down");
        }
        return operation;
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        refuse(before, on);
        boolean key = spec.kind() == Kind.PRIMARY_KEY;
        Map<Column, Column> shadows = new LinkedHashMap<>();
        translations.shadowed(on).forEach(c -> shadows.put(c, key ? c.nullable(false) : c));
        if (shadows.isEmpty()) {
            List<Change> changes = new ArrayList<>();
            Table after = constrained(before, key ? required(on, changes) : on, changes);
            return new Expansion(before.with(after), changes, List.of(), byHand(before, on));
        }
        Carrying carried = Carrying.of(before, on, shadows, c -> true);
        List<Change> changes = new ArrayList<>(carried.changes());
        Table table = key ? required(carried.table(), changes) : carried.table();
        Table after = constrained(carried.schema(), table, changes);
        List<Sync> syncs = translations.syncs(on, carried, after);
        return new Expansion(carried.schema().with(after), changes, syncs, byHand(before, on));
    }

    private void refuse(Schema before, Table on) {
        Partitions.followable(on, "table");
        Lookups.noConstraint(on, spec.name(), "name");
        if (spec.kind().isIndexed()) {
            Lookups.noIndex(before, spec.name(), "name");
            Lookups.noRelation(before, spec.name(), "name");
        }
        columns.forEach(c -> Lookups.column(on, c, "columns"));
        spec.parameters().included().forEach(c -> Lookups.column(on, c, "index_parameters"));
        translations.up().keySet().forEach(c -> Lookups.column(on, c, "up"));
        translations.down().keySet().forEach(c -> Lookups.column(on, c, "down"));
        boolean given = !translations.up().isEmpty() || !translations.down().isEmpty();
        if (given && !columns.isEmpty()) {
            translations.cover(columns, spec.name(), true);
        } else if (given) {
            translations.cover(List.copyOf(translations.up().keySet()), spec.name(), true);
        }
        if (spec.kind() == Kind.PRIMARY_KEY) {
            on.constraints().stream()
                    .filter(c -> c.kind() == Kind.PRIMARY_KEY)
                    .findFirst()
                    .ifPresent(c -> {
                        throw new InvalidOperation(
                                "type",
                                "table \"" + table + "\" has a primary key already: \"" + c.name() + "\".",
                                "Drop it with drop_constraint or drop_multicolumn_constraint in an operation before"
                                        + " this one.");
                    });
        }
    }

    /** A primary key takes no nulls, of older versions neither where they write the same column. */
    private Table required(Table seen, List<Change> changes) {
        Table after = seen;
        for (String name : columns) {
            Column column = Lookups.column(after, name, "columns");
            if (column.nullable()) {
                if (!translations.up().containsKey(name)) {
                    throw new InvalidOperation(
                            "columns",
                            "column \"" + name + "\" is nullable, and a primary key takes no nulls.",
                            "Say what becomes of nulls, with up and down for every column of the key; to refuse them:\n"
                                    + "    up: {" + name + ": " + name + "}");
                }
                String check = after.generated(name + "_not_null");
                changes.add(new PendingNotNull(after.stored(), column.stored(), check));
                after = after.replace(column, column.nullable(false)).reserving(check);
            }
        }
        return after;
    }

    private Table constrained(Schema seen, Table table, List<Change> changes) {
        List<String> stored =
                columns.stream().map(c -> table.find(c).orElseThrow().stored()).toList();
        String name = spec.name();
        if (spec.references() != null) {
            Constraint key = spec.references().resolve(seen, table, stored, name, table.free(name));
            changes.add(new PendingForeignKey(table.stored(), key));
            return table.plus(key);
        }
        String free = spec.kind().isIndexed() ? Lookups.free(seen, table, name) : table.free(name);
        Constraint constraint =
                Constraint.planned(name, free, spec.kind(), stored).deferred(spec.deferral());
        if (!spec.kind().isIndexed()) {
            changes.add(new PendingCheck(table.stored(), constraint));
            return table.plus(constraint);
        }
        Partitions.keepsUnique(table, stored, "columns");
        Index index = spec.index(free, c -> table.find(c).orElseThrow().stored());
        boolean bounded = constraint.isDeferrable() || constraint.kind() == Kind.EXCLUSION;
        changes.add(
                bounded
                        ? new BlockingConstraint(table.stored(), constraint)
                        : new PendingUnique(table.stored(), constraint, index));
        return table.plus(index).plus(constraint);
    }

    private List<ByHand> byHand(Schema before, Table on) {
        if (spec.references() != null) {
            return spec.references().comparable(before, on, columns, "references");
        }
        String field =
                switch (spec.kind()) {
                    case CHECK -> "check";
                    case EXCLUSION -> "exclude";
                    default -> "columns";
                };
        return List.of(ByHand.of(
                field,
                "ALTER TABLE " + Lookups.twin(on) + " ADD CONSTRAINT " + id(spec.name()) + " " + spec.definition()
                        + (spec.deferral().isEmpty() ? "" : " " + spec.deferral())));
    }

    @Override
    public String subject() {
        return "create_constraint " + table + "." + spec.name();
    }
}
