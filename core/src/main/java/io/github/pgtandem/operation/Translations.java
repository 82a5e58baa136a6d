package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the values of several columns are to each other before and after, by the columns' names. A column that is left out
 * stays as it is.
 *
 * @param up values for the new version, from the columns as they were
 * @param down values for older versions, from the columns as they become
 */
record Translations(Map<String, String> up, Map<String, String> down) {

    static Translations read(Fields fields) {
        return new Translations(read(fields, "up"), read(fields, "down"));
    }

    private static Map<String, String> read(Fields fields, String key) {
        Map<String, String> expressions = new LinkedHashMap<>();
        Fields map = fields.optionalObject(key);
        if (map != null) {
            map.keys().forEach(column -> expressions.put(column, map.sql(column)));
        }
        return expressions;
    }

    static Translations of(String column, @Nullable String up, @Nullable String down) {
        return new Translations(
                up == null ? Map.of() : Map.of(column, up), down == null ? Map.of() : Map.of(column, down));
    }

    /** Refuses what is not about the columns of a constraint, and gaps. */
    void cover(List<String> columns, String constraint, boolean upToo) {
        cover(up, "up", columns, constraint, upToo);
        cover(down, "down", columns, constraint, true);
    }

    private static void cover(
            Map<String, String> given, String field, List<String> columns, String constraint, boolean required) {
        for (String column : given.keySet()) {
            if (!columns.contains(column)) {
                throw new InvalidOperation(
                        field,
                        field + " names \"" + column + "\", which is not a column of constraint \"" + constraint
                                + "\".",
                        "Its columns: " + String.join(", ", columns) + ".");
            }
        }
        for (String column : columns) {
            if (required && !given.containsKey(column)) {
                throw new InvalidOperation(
                        field,
                        field + " has no entry for column \"" + column + "\" of constraint \"" + constraint + "\".",
                        "Give it one; where the value stays as it is:\n    " + field + ": {"
                                + String.join(
                                        ", ",
                                        columns.stream().map(c -> c + ": " + c).toList())
                                + "}");
            }
        }
    }

    /** Columns whose values differ between the versions, so that each needs a stored column of its own. */
    List<Column> shadowed(Table on) {
        Set<String> names = new LinkedHashSet<>(up.keySet());
        names.addAll(down.keySet());
        names.removeIf(c -> isColumn(c, up.get(c)) && isColumn(c, down.get(c)));
        return on.columns().stream().filter(c -> names.contains(c.name())).toList();
    }

    /** What keeps shadow columns and those whose place they take in step. */
    List<Sync> syncs(Table on, Carrying carried, Table after) {
        List<Sync> syncs = new ArrayList<>();
        for (Column old : shadowed(on)) {
            String name = old.name();
            Column shadow = carried.shadowOf(old);
            syncs.add(new Sync(Direction.UP, on, shadow, up.getOrDefault(name, id(name)), "up." + name));
            syncs.add(new Sync(Direction.DOWN, after, old, down.getOrDefault(name, id(name)), "down." + name));
        }
        return syncs;
    }

    /** Whether a translation gives the column as it is. */
    static boolean isColumn(String column, @Nullable String expression) {
        if (expression == null) {
            return true;
        }
        String text = expression.strip();
        while (text.startsWith("(") && text.endsWith(")")) {
            text = text.substring(1, text.length() - 1).strip();
        }
        return text.equals(id(column)) || text.toLowerCase(Locale.ROOT).equals(column);
    }
}
