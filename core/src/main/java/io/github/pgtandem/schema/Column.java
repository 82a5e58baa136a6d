package io.github.pgtandem.schema;

import java.util.List;
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
 * @param details what hangs on it
 */
public record Column(
        String name,
        String stored,
        String type,
        boolean nullable,
        @Nullable String defaultSql,
        @Nullable String comment,
        Generated generated,
        Details details) {

    /** What PostgreSQL computes by itself. */
    public enum Generated {
        NO,
        /** Identity column. */
        IDENTITY,
        /** Computed from other columns. */
        EXPRESSION,
        /** Default draws from a sequence that the column owns. */
        SERIAL;

        /** Whether values come from a sequence of the column's own. */
        public boolean isDrawn() {
            return this == IDENTITY || this == SERIAL;
        }
    }

    /**
     * What hangs on a column, beside what versions see of it.
     *
     * @param settings what follows {@code ALTER COLUMN …} to give it its storage, compression and statistics
     * @param sequence where it draws its values from, or null
     * @param reads stored names of the columns that a generated column is computed from
     */
    public record Details(List<String> settings, @Nullable Sequence sequence, List<String> reads) {

        /** Nothing. */
        public static final Details NONE = new Details(List.of(), null, List.of());

        public Details {
            settings = List.copyOf(settings);
            reads = List.copyOf(reads);
        }

        /** The same after columns were renamed. */
        public Details reading(List<String> newReads) {
            return new Details(settings, sequence, newReads);
        }

        /** The same, drawing from another sequence. */
        public Details drawing(@Nullable Sequence newSequence) {
            return new Details(settings, newSequence, reads);
        }
    }

    /** A column on which nothing hangs. */
    public Column(
            String name,
            String stored,
            String type,
            boolean nullable,
            @Nullable String defaultSql,
            @Nullable String comment,
            Generated generated) {
        this(name, stored, type, nullable, defaultSql, comment, generated, Details.NONE);
    }

    public Column named(String newName) {
        return new Column(newName, stored, type, nullable, defaultSql, comment, generated, details);
    }

    public Column storedAs(String newStored) {
        return new Column(name, newStored, type, nullable, defaultSql, comment, generated, details);
    }

    public Column typed(String newType) {
        return new Column(name, stored, newType, nullable, defaultSql, comment, generated, details);
    }

    public Column nullable(boolean newNullable) {
        return new Column(name, stored, type, newNullable, defaultSql, comment, generated, details);
    }

    public Column withDefault(@Nullable String newDefault) {
        return new Column(name, stored, type, nullable, newDefault, comment, generated, details);
    }

    public Column withComment(@Nullable String newComment) {
        return new Column(name, stored, type, nullable, defaultSql, newComment, generated, details);
    }

    public Column with(Generated newGenerated) {
        return new Column(name, stored, type, nullable, defaultSql, comment, newGenerated, details);
    }

    public Column with(Details newDetails) {
        return new Column(name, stored, type, nullable, defaultSql, comment, generated, newDetails);
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
                generated,
                details);
    }

    /** Whether a write that leaves the column out gives it a value. */
    public boolean hasValueByItself() {
        return defaultSql != null || generated != Generated.NO;
    }

    /** Whether a version with this column sees the same as one with the other, apart from where it is stored. */
    public boolean looksLike(Column other) {
        return name.equals(other.name)
                && (generated == Generated.IDENTITY || Objects.equals(defaultSql, other.defaultSql))
                && Objects.equals(comment, other.comment);
    }
}
