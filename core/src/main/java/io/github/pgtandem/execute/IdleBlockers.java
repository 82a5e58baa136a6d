package io.github.pgtandem.execute;

import io.github.pgtandem.Settings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Ends sessions that stand in the way of a strong lock and do nothing: idle in a transaction for longer than somebody
 * has allowed them. Only where that is asked for, as their transactions are lost.
 */
final class IdleBlockers {

    private static final Logger LOG = LoggerFactory.getLogger(IdleBlockers.class);

    private static final String IDLE = """
            SELECT a.pid, format('pid %s (%s, idle in transaction for %s s): %s', a.pid,
                                 coalesce(nullif(a.application_name, ''), a.usename, '?'),
                                 round(extract(epoch FROM clock_timestamp() - a.state_change)),
                                 left(regexp_replace(a.query, '\\s+', ' ', 'g'), 80)) AS who
            FROM pg_stat_activity a
            WHERE a.state LIKE 'idle in transaction%'
              AND a.state_change < clock_timestamp() - make_interval(secs => ?)
              AND a.datname = current_database()
              AND a.pid IN (SELECT l.pid FROM pg_locks l
                            WHERE l.relation IN (SELECT to_regclass(t) FROM unnest(?::text[]) AS t) AND l.granted
                              AND (? OR l.mode NOT IN ('AccessShareLock', 'RowShareLock')))
            """;

    private final JdbcTemplate jdbc;
    private final Settings settings;

    IdleBlockers(JdbcTemplate jdbc, Settings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * @param tables qualified names of the tables that are to be locked
     * @param readers whether those are in the way, too, who have only read
     */
    void end(List<String> tables, boolean readers) {
        if (tables.isEmpty() || settings.endIdleBlockersAfter().isZero()) {
            return;
        }
        double seconds = settings.endIdleBlockersAfter().toMillis() / 1000.0;
        jdbc.query(
                        IDLE,
                        (row, n) -> new Idle(row.getInt("pid"), row.getString("who")),
                        seconds,
                        tables.toArray(String[]::new),
                        readers)
                .forEach(idle -> end(idle, tables, seconds));
    }

    private record Idle(int pid, String who) {}

    /** Each by itself, as one that may not be ended must not hide what becomes of another. */
    private void end(Idle idle, List<String> tables, double seconds) {
        try {
            // It may have gone on meanwhile.
            Boolean ended = jdbc.queryForObject(
                    "SELECT coalesce(bool_or(pg_terminate_backend(a.pid)), false) FROM pg_stat_activity a WHERE a.pid = ?"
                            + " AND a.state LIKE 'idle in transaction%'"
                            + " AND a.state_change < clock_timestamp() - make_interval(secs => ?)",
                    Boolean.class, idle.pid(), seconds);
            if (Boolean.TRUE.equals(ended)) {
                LOG.warn("Ended, as it was in the way of a lock on {}: {}", String.join(", ", tables), idle.who());
            }
        } catch (DataAccessException e) {
            LOG.warn(
                    "In the way of a lock on {} and could not be ended: {}: {}. A role that has pg_signal_backend may end"
                            + " sessions of roles that are no superusers.",
                    String.join(", ", tables),
                    idle.who(),
                    ServerMessages.text(e));
        }
    }
}
