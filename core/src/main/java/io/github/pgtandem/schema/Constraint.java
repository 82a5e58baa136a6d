package io.github.pgtandem.schema;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A constraint as one version sees it.
 *
 * @param name as the version calls it
 * @param stored as the database calls it now
 * @param kind what it checks
 * @param columns stored names of the columns it uses
 * @param definition what it checks, in stored names, as {@code pg_get_constraintdef} gives it but for deferral and
 *     validation; empty for a foreign key, and for one that is only planned
 * @param references where a foreign key leads, else null
 * @param deferral {@code DEFERRABLE …} and {@code NOT ENFORCED}, or empty
 * @param validated whether it holds for every row, and not only for those written since
 * @param comment its comment, or null
 */
public record Constraint(
        String name,
        String stored,
        Kind kind,
        List<String> columns,
        String definition,
        @Nullable Reference references,
        String deferral,
        boolean validated,
        @Nullable String comment) {

    /** What a constraint checks. */
    public enum Kind {
        PRIMARY_KEY,
        UNIQUE,
        CHECK,
        FOREIGN_KEY,
        EXCLUSION;

        /** Whether an index keeps it. */
        public boolean isIndexed() {
            return this == PRIMARY_KEY || this == UNIQUE || this == EXCLUSION;
        }
    }

    public Constraint {
        columns = List.copyOf(columns);
    }

    /** A constraint to be made, which PostgreSQL defines. */
    public static Constraint planned(String name, String stored, Kind kind, List<String> columns) {
        return new Constraint(name, stored, kind, columns, "", null, "", true, null);
    }

    /** A foreign key to be made. */
    public static Constraint foreignKey(
            String name, String stored, List<String> columns, Reference references, String deferral) {
        return new Constraint(name, stored, Kind.FOREIGN_KEY, columns, "", references, deferral, true, null);
    }

    /** The constraint as it stands behind its name, without validation. */
    public String sql() {
        return (references == null ? definition : references.sql(columns)) + (deferral.isEmpty() ? "" : " " + deferral);
    }

    public boolean isDeferrable() {
        return deferral.startsWith("DEFERRABLE");
    }

    /** Whether it is a foreign key that leads to a table of a schema. */
    public boolean leadsTo(String schema, String storedTable) {
        return references != null
                && references.schema().equals(schema)
                && references.table().equals(storedTable);
    }

    /** Whether it is a foreign key that PostgreSQL may have hung on another constraint of the table it leads to. */
    public boolean isKeptBy(Constraint key) {
        return references != null
                && key.kind.isIndexed()
                && Set.copyOf(references.columns()).equals(Set.copyOf(key.columns));
    }

    /** The same constraint after its columns were renamed. */
    public Constraint over(List<String> newColumns) {
        return new Constraint(name, stored, kind, newColumns, definition, references, deferral, validated, comment);
    }

    /** The same foreign key after the table and columns it leads to, or its own, were renamed. */
    public Constraint leading(String table, UnaryOperator<String> referenced, UnaryOperator<String> own) {
        return references == null ? this : with(references.moved(table, referenced, own));
    }

    /** The same foreign key, leading elsewhere. */
    public Constraint with(Reference newReferences) {
        return new Constraint(name, stored, kind, columns, definition, newReferences, deferral, validated, comment);
    }

    /** The same constraint under another name in the version. */
    public Constraint named(String newName) {
        return new Constraint(newName, stored, kind, columns, definition, references, deferral, validated, comment);
    }

    /** The same constraint as the database calls it elsewhere. */
    public Constraint storedAs(String newStored) {
        return new Constraint(name, newStored, kind, columns, definition, references, deferral, validated, comment);
    }

    /** The same constraint, checked later. */
    public Constraint deferred(String newDeferral) {
        return new Constraint(name, stored, kind, columns, definition, references, newDeferral, validated, comment);
    }

    /** The same constraint with what it checks. */
    public Constraint defined(String newDefinition) {
        return new Constraint(name, stored, kind, columns, newDefinition, references, deferral, validated, comment);
    }
}
