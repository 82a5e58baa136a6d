package io.github.pgtandem.execute;

import io.github.pgtandem.Settings;
import org.jspecify.annotations.Nullable;
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

    private final JdbcTemplate jdbc;
    private final Settings settings;

    IdleBlockers(JdbcTemplate jdbc, Settings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** @param table qualified name of the table that is to be locked, or null */
    void end(@Nullable String table) {
        if (table == null || settings.endIdleBlockersAfter().isZero()) {
            return;
        }
        try {
            jdbc.queryForList("""
                            -- Nobody may be ended before all that is asked of him is known.
                            WITH idle AS MATERIALIZED (
                              SELECT a.pid,
                                     format('pid %s (%s, idle in transaction for %s s): %s', a.pid,
                                            coalesce(nullif(a.application_name, ''), a.usename, '?'),
                                            round(extract(epoch FROM clock_timestamp() - a.state_change)),
                                            left(regexp_replace(a.query, '\\s+', ' ', 'g'), 80)) AS who
                              FROM pg_stat_activity a
                              WHERE a.state LIKE 'idle in transaction%'
                                AND a.state_change < clock_timestamp() - make_interval(secs => ?)
                                AND a.pid IN (SELECT l.pid FROM pg_locks l
                                              WHERE l.relation = to_regclass(?) AND l.granted))
                            SELECT who FROM idle WHERE pg_terminate_backend(pid)
                            """, String.class, settings.endIdleBlockersAfter().toMillis() / 1000.0, table)
                    .forEach(ended -> LOG.warn("Ended, as it was in the way of a lock on {}: {}", table, ended));
        } catch (DataAccessException e) {
            LOG.warn(
                    "What is idle in the way of a lock on {} could not be ended: {}. GRANT pg_signal_backend to the"
                            + " migration role.",
                    table,
                    ServerMessages.text(e));
        }
    }
}
