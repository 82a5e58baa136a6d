package io.github.pgtandem.boot.pin;

import io.github.pgtandem.PgTandemListener;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Has what takes a strong lock wait for queries of standbys. A standby that replays such a lock waits for the queries
 * that read the table there, and every new one waits behind it, for up to {@code max_standby_streaming_delay}; the
 * {@code lock_timeout} of the primary does not reach there.
 */
public final class StandbyQueries implements PgTandemListener {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyQueries.class);
    private static final int PATIENCE_SECONDS = 5;
    private static final String READING = """
            SELECT format('pid %s (%s, %s for %s s) reads %s', a.pid,
                          coalesce(nullif(a.application_name, ''), a.usename, '?'), a.state,
                          round(extract(epoch FROM clock_timestamp() - a.xact_start)), l.relation::regclass)
            FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE a.backend_type = 'client backend' AND a.datname = current_database() AND a.pid <> pg_backend_pid()
              AND l.granted AND l.relation IN (SELECT to_regclass(t) FROM unnest(?::text[]) AS t)
            ORDER BY a.xact_start LIMIT 1
            """;

    private final ApplicationDataSources dataSources;
    private final List<String> names;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /**
     * @param names of the DataSource beans that lead to standbys
     */
    public StandbyQueries(ApplicationDataSources dataSources, List<String> names) {
        this.dataSources = dataSources;
        this.names = List.copyOf(names);
    }

    @Override
    public Optional<String> whyLockWaits(List<String> tables) {
        return names.stream().flatMap(name -> reading(name, tables).stream()).findFirst();
    }

    /** One that cannot be asked holds up nothing, and is told. */
    private Optional<String> reading(String name, List<String> tables) {
        JdbcTemplate standby = new JdbcTemplate(dataSources.get(name));
        standby.setQueryTimeout(PATIENCE_SECONDS);
        try {
            Optional<String> reading =
                    standby.queryForList(READING, String.class, (Object) tables.toArray(String[]::new)).stream()
                            .findFirst();
            silent.remove(name);
            return reading.map(who -> "standby '" + name + "': " + who + " (pgtandem.standbys)");
        } catch (DataAccessException e) {
            if (silent.add(name)) {
                LOG.warn(
                        "Standby '{}' cannot be asked who reads there, and is not waited for: {}",
                        name,
                        e.getMessage());
            }
            return Optional.empty();
        }
    }
}
