package io.github.pgtandem.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extended statistics as one version sees them.
 *
 * @param name as the version calls them
 * @param stored as the database calls them now
 * @param schema where they lie
 * @param columns stored names of every column they read
 * @param definition from behind the name to before {@code FROM}, in stored names
 * @param target their statistics target, or null for the default
 * @param comment their comment, or null
 */
public record Statistics(
        String name,
        String stored,
        String schema,
        List<String> columns,
        String definition,
        @Nullable Integer target,
        @Nullable String comment) {

    public Statistics {
        columns = List.copyOf(columns);
    }

    /** The same after their columns were renamed. */
    public Statistics over(List<String> newColumns) {
        return new Statistics(name, stored, schema, newColumns, definition, target, comment);
    }

    /** The same as others keep them, to be defined anew. */
    public Statistics carried(String newStored, List<String> newColumns) {
        return new Statistics(name, newStored, schema, newColumns, "", target, comment);
    }

    /** The same with their definition. */
    public Statistics defined(String newDefinition) {
        return new Statistics(name, stored, schema, columns, newDefinition, target, comment);
    }

    /** The same as the database calls them elsewhere. */
    public Statistics storedAs(String newStored) {
        return new Statistics(name, newStored, schema, columns, definition, target, comment);
    }
}
