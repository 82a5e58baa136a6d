package io.github.pgtandem.execute;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A transaction's turn among those that maintain tables: vacuum, analyze, build or validate beside others. They keep
 * each other out, but no reader and no writer, so this may be waited for with nobody behind. PostgreSQL has an autovacuum
 * give way to whoever has waited for {@code deadlock_timeout}, for which no try for a strong lock is long enough
 * (<a href="https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM">Routine Vacuuming</a>).
 */
final class MaintenanceLock {

    /** So long that an autovacuum has given way; whom it does not move is named in the log after that. */
    private static final String TIMEOUT = "SELECT set_config('lock_timeout', greatest(10000, 2000 * extract(epoch FROM"
            + " current_setting('deadlock_timeout')::interval))::bigint::text, true)";

    private static final String LOCKED = """
            SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY n.nspname, c.relname)
            FROM unnest(?::text[]) AS named (relation)
            JOIN pg_class c ON c.oid = to_regclass(named.relation) AND c.relkind IN ('r', 'p')
            JOIN pg_namespace n ON n.oid = c.relnamespace
            -- Who may only refer to it cannot lock it.
            WHERE has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
            """;

    private final JdbcTemplate jdbc;

    MaintenanceLock(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Waits for it, and holds it until the transaction ends, which has another {@code lock_timeout} then.
     *
     * @param tables qualified names; those that are not there are left out
     */
    void take(List<String> tables) {
        String there = jdbc.queryForObject(LOCKED, String.class, (Object) tables.toArray(String[]::new));
        if (there != null) {
            jdbc.queryForObject(TIMEOUT, String.class);
            jdbc.execute("LOCK TABLE " + there + " IN SHARE UPDATE EXCLUSIVE MODE");
        }
    }
}
