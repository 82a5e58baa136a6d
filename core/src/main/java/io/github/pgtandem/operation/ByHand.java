package io.github.pgtandem.operation;

import io.github.pgtandem.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * A statement that somebody would write by hand, for PostgreSQL to judge.
 *
 * @param field the field that its refusal is about, nested ones with dots, or empty for the whole operation
 * @param sql the statement, or empty for a change of type
 * @param remedy what to do about a refusal, or empty for what PostgreSQL hints at
 * @param retyped a change of type, or null
 */
public record ByHand(
        String field, String sql, String remedy, @Nullable Retyped retyped) {

    /**
     * A column that gets another type.
     *
     * @param table its table before
     * @param column its name
     * @param type the type
     */
    public record Retyped(Table table, String column, String type) {}

    ByHand(String field, String sql, String remedy) {
        this(field, sql, remedy, null);
    }

    static ByHand retype(String field, Table table, String column, String type, String remedy) {
        return new ByHand(field, "", remedy, new Retyped(table, column, type));
    }

    /** Whether it needs no twin, so that it can be asked before the syncs are compiled. */
    public boolean isProbe() {
        return sql.startsWith("SELECT ");
    }

    static ByHand of(String field, String sql) {
        return new ByHand(field, sql, "");
    }
}
