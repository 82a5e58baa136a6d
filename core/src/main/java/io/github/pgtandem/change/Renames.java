package io.github.pgtandem.change;

import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stored names that complete gives to one table.
 *
 * @param table its stored name before
 * @param to its stored name after
 * @param columns stored names of columns, before to after
 * @param indexes stored names of indexes, before to after
 */
public record Renames(String table, String to, Map<String, String> columns, Map<String, String> indexes) {

    public Renames {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        indexes = Collections.unmodifiableMap(new LinkedHashMap<>(indexes));
    }

    /** None for a table. */
    public static Renames none(String table) {
        return new Renames(table, table, Map.of(), Map.of());
    }

    public boolean isEmpty() {
        return table.equals(to) && columns.isEmpty();
    }

    /** The name of a table afterwards. */
    public String table(String stored) {
        return stored.equals(table) ? to : stored;
    }

    /** A constraint of a table afterwards: over renamed columns, and leading to renamed ones. */
    public Constraint constraint(String tableStored, Constraint constraint) {
        Constraint over = constraint.over(
                constraint.columns().stream().map(c -> column(tableStored, c)).toList());
        Reference reference = over.references();
        return reference == null
                ? over
                : over.leading(
                        table(reference.table()), c -> column(reference.table(), c), c -> column(tableStored, c));
    }

    /** The name of a column of a table afterwards. */
    public String column(String tableStored, String column) {
        return tableStored.equals(table) ? columns.getOrDefault(column, column) : column;
    }
}
