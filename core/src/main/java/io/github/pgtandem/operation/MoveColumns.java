package io.github.pgtandem.operation;

import io.github.pgtandem.change.MovedColumns.Order;
import io.github.pgtandem.change.MovedColumns.Pair;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves columns to another table, whose rows belong to those of the first by the values of some columns: one to each, or
 * several. Older versions go on finding them where they were.
 *
 * @param columns their names, before to after
 * @param to the table they go to
 * @param match names of columns of {@code to}, each with the column of {@code table} that it has the value of
 * @param create whether each row of {@code table} gets a row of {@code to}
 * @param discardUnmatched whether values may be lost to which no row of {@code to} belongs
 * @param firstBy which of several rows of {@code to} older versions see the values of
 * @param absent what older versions see where there is no row of {@code to}
 */
record MoveColumns(
        String table,
        Map<String, String> columns,
        String to,
        Map<String, String> match,
        boolean create,
        boolean discardUnmatched,
        List<Order> firstBy,
        Map<String, String> absent)
        implements Operation {

    static MoveColumns read(Fields fields) {
        MoveColumns operation = new MoveColumns(
                fields.identifier("table"),
                columns(fields),
                fields.identifier("to"),
                names(fields.object("match")),
                fields.flag("create"),
                fields.flag("discard_unmatched"),
                firstBy(fields),
                absent(fields));
        if (operation.table.equals(operation.to)) {
            throw fields.invalid(
                    "to",
                    "the columns are in table \"" + operation.to + "\" already.",
                    "Name another table, or rename them there with rename_column.");
        }
        if (operation.match.isEmpty()) {
            throw fields.invalid(
                    "match",
                    "\"match\" names no column.",
                    "Say which rows belong together, by a column of each table:\n    match: {" + operation.table
                            + "_id: id}");
        }
        operation.absent.keySet().stream()
                .filter(c -> !operation.columns.containsKey(c))
                .findFirst()
                .ifPresent(c -> {
                    throw fields.invalid(
                            "absent",
                            "absent names \"" + c + "\", which is not one of the moved columns.",
                            "Moved columns: " + String.join(", ", operation.columns.keySet()) + ".");
                });
        return operation;
    }

    /** A list of names, or an object that gives each column another name. */
    private static Map<String, String> columns(Fields fields) {
        if (fields.isObject("columns")) {
            return names(fields.object("columns"));
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : fields.texts("columns")) {
            if (columns.put(column, column) != null) {
                throw fields.invalid("columns", "column \"" + column + "\" is given twice.", "Remove one.");
            }
        }
        return columns;
    }

    private static Map<String, String> names(Fields map) {
        Map<String, String> names = new LinkedHashMap<>();
        map.keys().forEach(key -> names.put(key, map.identifier(key)));
        return names;
    }

    private static List<Order> firstBy(Fields fields) {
        if (!fields.has("first_by")) {
            return List.of();
        }
        if (fields.isTextList("first_by")) {
            return fields.texts("first_by").stream()
                    .map(c -> new Order(c, false))
                    .toList();
        }
        List<Order> order = new ArrayList<>();
        for (Fields each : fields.objects("first_by")) {
            order.add(new Order(each.identifier("column"), "DESC".equals(each.choice("sort", "ASC", "DESC"))));
            each.end();
        }
        return order;
    }

    private static Map<String, String> absent(Fields fields) {
        Map<String, String> values = new LinkedHashMap<>();
        Fields map = fields.optionalObject("absent");
        if (map != null) {
            map.keys().forEach(column -> values.put(column, map.sql(column)));
        }
        return values;
    }

    @Override
    public Expansion expand(Schema before) {
        return new Moving(this, before).expand();
    }

    @Override
    public String subject() {
        return "move_columns " + table + " to " + to;
    }

    /** {@code match} by the names of both tables, as the two versions of the record have it the other way round. */
    List<Pair> matched() {
        return match.entrySet().stream()
                .map(e -> new Pair(e.getValue(), e.getKey()))
                .toList();
    }
}
