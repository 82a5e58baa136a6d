package io.github.pgtandem.schema;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column as one version sees it.
 *
 * @param name as the version calls it
 * @param stored as the table calls it now
 * @param type SQL type with modifiers, readable with the base schema in the search path
 * @param nullable whether the version lets it be null
 * @param defaultSql the version's default expression, or null for none
 * @param comment the version's comment, or null for none
 * @param generated what PostgreSQL computes by itself
 */
public record Column(
        String name,
        String stored,
        String type,
        boolean nullable,
        @Nullable String defaultSql,
        @Nullable String comment,
        Generated generated) {

    /** What PostgreSQL computes by itself. */
    public enum Generated {
        NO,
        /** Identity column. */
        IDENTITY,
        /** Computed from other columns. */
        EXPRESSION,
        /** Default draws from a sequence that the column owns. */
        SERIAL
    }

    public Column named(String newName) {
        return new Column(newName, stored, type, nullable, defaultSql, comment, generated);
    }

    public Column storedAs(String newStored) {
        return new Column(name, newStored, type, nullable, defaultSql, comment, generated);
    }

    public Column typed(String newType) {
        return new Column(name, stored, newType, nullable, defaultSql, comment, generated);
    }

    public Column nullable(boolean newNullable) {
        return new Column(name, stored, type, newNullable, defaultSql, comment, generated);
    }

    public Column withDefault(@Nullable String newDefault) {
        return new Column(name, stored, type, nullable, newDefault, comment, generated);
    }

    public Column withComment(@Nullable String newComment) {
        return new Column(name, stored, type, nullable, defaultSql, newComment, generated);
    }

    /** The same column with type and default as PostgreSQL writes them, where they are still those it was made with. */
    public Column canonical(Column made, Column physical) {
        if (!stored.equals(made.stored)) {
            return this;
        }
        return new Column(
                name,
                stored,
                physical.type,
                nullable,
                Objects.equals(defaultSql, made.defaultSql) ? physical.defaultSql : defaultSql,
                comment,
                generated);
    }

    /** Whether a write that leaves the column out gives it a value. */
    public boolean hasValueByItself() {
        return defaultSql != null || generated != Generated.NO;
    }

    /** Whether a version with this column sees the same as one with the other, apart from where it is stored. */
    public boolean looksLike(Column other) {
        return name.equals(other.name)
                && Objects.equals(defaultSql, other.defaultSql)
                && Objects.equals(comment, other.comment);
    }
}
