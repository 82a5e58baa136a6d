package io.github.pgtandem.operation;

/**
 * A statement that somebody would write by hand, for PostgreSQL to judge.
 *
 * @param field the field that its refusal is about, nested ones with dots, or empty for the whole operation
 * @param remedy what to do about a refusal, or empty for what PostgreSQL hints at
 */
public record ByHand(String field, String sql, String remedy) {

    /** Whether it needs no twin, so that it can be asked before the syncs are compiled. */
    public boolean isProbe() {
        return sql.startsWith("SELECT ");
    }

    static ByHand of(String field, String sql) {
        return new ByHand(field, sql, "");
    }
}
