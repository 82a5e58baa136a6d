package io.github.pgtandem.schema;

import java.util.List;

/**
 * A constraint as one version sees it.
 *
 * @param name as the version calls it
 * @param stored as the database calls it now
 * @param kind what it checks
 * @param columns stored names of the columns it uses
 * @param definition as {@code pg_get_constraintdef} gives it, in stored names
 * @param references stored name of the table a foreign key points to, else empty
 */
public record Constraint(
        String name, String stored, Kind kind, List<String> columns, String definition, String references) {

    /** What a constraint checks. */
    public enum Kind {
        PRIMARY_KEY,
        UNIQUE,
        CHECK,
        FOREIGN_KEY,
        EXCLUSION
    }

    public Constraint {
        columns = List.copyOf(columns);
    }

    /** The same constraint after its columns were renamed. */
    public Constraint over(List<String> newColumns) {
        return new Constraint(name, stored, kind, newColumns, definition, references);
    }

    /** The same constraint under its final name. */
    public Constraint settled() {
        return new Constraint(name, name, kind, columns, definition, references);
    }

    /** How the definition of a foreign key begins. */
    public static String foreignKeyColumns(List<String> columns) {
        return "FOREIGN KEY ("
                + String.join(", ", columns.stream().map(Identifiers::id).toList()) + ")";
    }
}
