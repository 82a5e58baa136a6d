package io.github.pgtandem.schema;

import java.util.List;

/**
 * An index as one version sees it.
 *
 * @param name as the version calls it
 * @param stored as the database calls it now
 * @param unique whether it is unique
 * @param columns stored names of every column it reads, those in expressions and predicate too
 * @param definition what follows the table's name in its definition, from {@code USING} on, in stored names
 * @param constraint whether a constraint owns it
 */
public record Index(
        String name, String stored, boolean unique, List<String> columns, String definition, boolean constraint) {

    public Index {
        columns = List.copyOf(columns);
    }

    /** The same index after its columns were renamed. */
    public Index over(List<String> newColumns) {
        return new Index(name, stored, unique, newColumns, definition, constraint);
    }

    /** The same index under its final name. */
    public Index settled() {
        return new Index(name, name, unique, columns, definition, constraint);
    }
}
