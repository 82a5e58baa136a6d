package io.github.pgtandem.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index as one version sees it.
 *
 * @param name as the version calls it
 * @param stored as the database calls it now
 * @param unique whether it is unique
 * @param columns stored names of every column it reads, those in expressions and predicate too
 * @param definition what follows the table's name in its definition, from {@code USING} on, in stored names
 * @param constraint whether a constraint owns it
 * @param tablespace where it lies, or null for the database's default
 * @param comment its comment, or null
 */
public record Index(
        String name,
        String stored,
        boolean unique,
        List<String> columns,
        String definition,
        boolean constraint,
        @Nullable String tablespace,
        @Nullable String comment) {

    public Index {
        columns = List.copyOf(columns);
    }

    /** An index to be made, which PostgreSQL defines. */
    public static Index planned(String name, String stored, boolean unique, List<String> columns, boolean constraint) {
        return new Index(name, stored, unique, columns, "", constraint, null, null);
    }

    /** The same index after its columns were renamed. */
    public Index over(List<String> newColumns) {
        return new Index(name, stored, unique, newColumns, definition, constraint, tablespace, comment);
    }

    /** The same index under another name in the version. */
    public Index named(String newName) {
        return new Index(newName, stored, unique, columns, definition, constraint, tablespace, comment);
    }

    /** The same index as another one keeps it, to be defined anew. */
    public Index carried(String newStored, List<String> newColumns) {
        return new Index(name, newStored, unique, newColumns, "", constraint, tablespace, comment);
    }

    /** The same index with its definition. */
    public Index defined(String newDefinition) {
        return new Index(name, stored, unique, columns, newDefinition, constraint, tablespace, comment);
    }

    /** The same index as the database calls it elsewhere. */
    public Index storedAs(String newStored) {
        return new Index(name, newStored, unique, columns, definition, constraint, tablespace, comment);
    }
}
