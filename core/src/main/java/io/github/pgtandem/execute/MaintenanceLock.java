package io.github.pgtandem.execute;

import java.util.List;
import org.springframework.dao.DataAccessException;

/**
 * Waits for those that maintain tables: vacuum, analyze, build or validate beside others. They keep each other out, but no
 * reader and no writer, so a lock like theirs may be waited for with nobody behind. PostgreSQL has an autovacuum give way
 * to whoever has waited for {@code deadlock_timeout}, for which no try for a strong lock is long enough
 * (<a href="https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM">Routine Vacuuming</a>).
 */
final class MaintenanceLock {

    /** So long that an autovacuum has given way. */
    private static final String TIMEOUT = "SELECT set_config('lock_timeout', greatest(10000, 2000 * extract(epoch FROM"
            + " current_setting('deadlock_timeout')::interval))::bigint::text, true)";

    private static final String MAINTAINED = """
            SELECT DISTINCT format('%%I.%%I', n.nspname, c.relname)
            FROM pg_locks l
            JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p')
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE l.mode = 'ShareUpdateExclusiveLock' AND %s
              -- Who may only refer to it cannot lock it.
              AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
            ORDER BY 1
            """.formatted(LockRetry.HELD);

    private final Session session;

    MaintenanceLock(Session session) {
        this.session = session;
    }

    /**
     * Waits for each of them for a while, holding nothing. Whoever does not give way is in the way of the next try, too,
     * which says so.
     *
     * @param tables qualified names; those that are not there are left out
     */
    void await(List<String> tables) {
        List<String> maintainedNow =
                session.jdbc().queryForList(MAINTAINED, String.class, (Object) tables.toArray(String[]::new));
        for (String maintained : maintainedNow) {
            try {
                session.inTransaction(() -> {
                    session.jdbc().queryForObject(TIMEOUT, String.class);
                    session.jdbc().execute("LOCK TABLE ONLY " + maintained + " IN SHARE UPDATE EXCLUSIVE MODE");
                });
            } catch (DataAccessException e) {
                if (!LockRetry.isWorthAnotherTry(e) && !isGone(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isGone(DataAccessException failure) {
        return ServerMessages.state(failure).equals(ServerMessages.UNDEFINED_TABLE);
    }
}
