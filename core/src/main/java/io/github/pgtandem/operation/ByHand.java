package io.github.pgtandem.operation;

import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that somebody would write by hand, for PostgreSQL to judge.
 *
 * @param field the field that its refusal is about, nested ones with dots, or empty for the whole operation
 * @param sql the statement, or empty where columns change their type
 * @param remedy what to do about a refusal, or empty for what PostgreSQL hints at
 * @param retyped a change of type, or null
 * @param remade columns that get another type of the same name, or null
 */
public record ByHand(
        String field,
        String sql,
        String remedy,
        @Nullable Retyped retyped,
        @Nullable Remade remade) {

    /**
     * A column that gets another type.
     *
     * @param table its table before
     * @param column its name
     * @param type the type
     */
    public record Retyped(Table table, String column, String type) {}

    /**
     * Columns that get another type of the same name, and all that names it with them.
     *
     * @param table their table before
     * @param columns their names
     * @param type the type
     */
    public record Remade(Table table, List<String> columns, AlteredEnum type) {}

    private static final String NAMED =
            "An index, check or other object on a column of the type does not fit the new one; perhaps it names a value"
                    + " that is dropped. Drop the object in an operation before this one, and make it anew behind it.";

    ByHand(String field, String sql, String remedy) {
        this(field, sql, remedy, null, null);
    }

    static ByHand remake(Table table, List<String> columns, AlteredEnum type) {
        return new ByHand("", "", NAMED, null, new Remade(table, columns, type));
    }

    static ByHand retype(String field, Table table, String column, String type, String remedy) {
        return new ByHand(field, "", remedy, new Retyped(table, column, type), null);
    }

    /** Whether it needs no twin, so that it can be asked before the syncs are compiled. */
    public boolean isProbe() {
        return sql.startsWith("SELECT ") || sql.startsWith("CREATE SCHEMA ") || sql.startsWith("CREATE TYPE ");
    }

    static ByHand of(String field, String sql) {
        return new ByHand(field, sql, "");
    }
}
