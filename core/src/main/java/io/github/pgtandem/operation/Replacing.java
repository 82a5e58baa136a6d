package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/**
 * Columns of a table that others take the place of: the old ones stay for older versions and go at complete, the new
 * ones are computed from them, and the other way round.
 */
final class Replacing {

    private final Table on;
    private final List<Change> changes = new ArrayList<>();
    private final List<Sync> ups = new ArrayList<>();
    private final List<ByHand> byHand = new ArrayList<>();
    private final Map<Column, String> downs = new LinkedHashMap<>();
    private final Map<Column, String> downFields = new LinkedHashMap<>();
    private Schema schema;

    Replacing(Schema before, String table) {
        this.on = Lookups.table(before, table);
        this.schema = before;
        Partitions.followable(on, "table");
    }

    /** Reads a new column, which can be none that PostgreSQL gives values by itself. */
    static ColumnSpec column(Fields fields) {
        ColumnSpec column = ColumnSpec.read(fields);
        if (column.primaryKey()) {
            throw fields.invalid("pk", "a primary key column cannot be added to a table.", "Leave out pk.");
        }
        if (column.generated() != Generated.NO) {
            throw fields.invalid(
                    column.serial() ? "type" : "generated",
                    "the column gets its values from up, so it cannot be serial, identity or generated.",
                    "Give it a plain type, and leave out generated.");
        }
        return column;
    }

    /** Refuses fewer columns than two, and one that is given twice. */
    static void distinct(Fields fields, String key, List<String> columns) {
        if (columns.size() < 2) {
            throw fields.invalid(
                    key,
                    "\"" + key + "\" has one column only.",
                    "Give at least two, or change the one column with alter_column.");
        }
        for (String column : columns) {
            if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                throw fields.invalid(key, "column \"" + column + "\" is given twice.", "Remove one.");
            }
        }
    }

    /** Reads an object that gives an expression for each of some columns. */
    static Map<String, String> expressions(Fields fields, String key, List<String> columns) {
        Fields map = fields.object(key);
        List<String> named = map.keys();
        Map<String, String> expressions = new LinkedHashMap<>();
        for (String column : named) {
            if (!columns.contains(column)) {
                throw map.invalid(
                        column,
                        "\"" + column + "\" is not one of the columns that " + key + " computes.",
                        "Columns: " + String.join(", ", columns) + ".");
            }
        }
        for (String column : columns) {
            if (!named.contains(column)) {
                throw map.invalid(
                        "there is no expression for column \"" + column + "\".",
                        "Add it to " + key + ":\n    " + column + ": \"an expression over the table's columns\"");
            }
            expressions.put(column, map.sql(column));
        }
        return expressions;
    }

    /** Takes a column out of what the version sees. */
    void drop(String name, String field, String down, String downField) {
        Column column = Lookups.column(on, name, field);
        if (column.generated() == Generated.EXPRESSION) {
            throw new InvalidOperation(
                    field,
                    "column \"" + name + "\" is computed from other columns by PostgreSQL, so nothing else can give it"
                            + " a value.",
                    "Drop it with drop_column, and add the new ones with add_column.");
        }
        at(field, () -> {
            Lookups.droppable(schema, on, column);
            return column;
        });
        schema = schema.with(DropColumn.without(current(), column));
        byHand.add(ByHand.of(field, "ALTER TABLE " + Lookups.twin(on) + " DROP COLUMN " + id(name)));
        downs.put(column, down);
        downFields.put(column, downField);
    }

    /** Adds a column, computed from the table as it was before. */
    void add(ColumnSpec column, String field, String up, String upField) {
        Expansion added = at(field, () -> new AddColumn(on.name(), column, up).expand(schema));
        schema = added.schema();
        changes.addAll(added.changes());
        added.syncs().forEach(s -> ups.add(new Sync(Direction.UP, on, s.target(), up, upField)));
        added.byHand().forEach(h -> byHand.add(new ByHand(field(h.field(), field), h.sql(), h.remedy())));
    }

    /** Has what is said of the field {@code column} said of another. */
    private static <T> T at(String field, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidOperation e) {
            throw new InvalidOperation(field(e.field(), field), e.problem(), e.remedy());
        }
    }

    private static String field(String added, String field) {
        return added.replaceFirst("^column\\b", Matcher.quoteReplacement(field));
    }

    private Table current() {
        return schema.findStored(on.stored()).orElseThrow();
    }

    Expansion expansion() {
        List<Sync> syncs = new ArrayList<>(ups);
        downs.forEach((column, down) ->
                syncs.add(new Sync(Direction.DOWN, current(), column, down, String.valueOf(downFields.get(column)))));
        return new Expansion(schema, changes, syncs, byHand);
    }
}
