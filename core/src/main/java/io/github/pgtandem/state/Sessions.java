package io.github.pgtandem.state;

import io.github.pgtandem.Status;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sessions whose application name says {@code <application>@<version>}, as pinned connections do: evidence of an instance
 * that is not registered, or does not beat any more.
 */
public final class Sessions {

    /** What PostgreSQL keeps of an application name, in bytes. */
    private static final int KEPT = 63;

    private final JdbcTemplate jdbc;
    private final String schema;

    /** Works over the caller's connection and in the caller's transaction. */
    public Sessions(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * Those of the database at hand; not those of its standbys, which it does not know.
     *
     * @param versions names of the versions to look for
     */
    public List<Status.Session> of(Collection<String> versions) {
        Set<String> elsewhere = elsewhere();
        // A role without pg_read_all_stats is not told the kind and the times of others' sessions, but their names.
        return jdbc
                .query(
                        """
                        SELECT pid, host(client_addr) AS address, backend_start,
                               regexp_replace(application_name, '@[^@]*$', '') AS application,
                               regexp_replace(application_name, '^.*@', '') AS version
                        FROM pg_stat_activity
                        WHERE datname = current_database() AND application_name LIKE '%@%'
                          AND coalesce(backend_type, 'client backend') = 'client backend'
                        ORDER BY pid
                        """,
                        (row, n) -> new Status.Session(
                                row.getInt("pid"),
                                row.getString("application"),
                                row.getString("version"),
                                row.getString("address"),
                                Rows.instant(row, "backend_start")))
                .stream()
                .flatMap(s -> versions.stream().filter(v -> isOf(s, v)).limit(1).map(v -> of(s, v)))
                .filter(s -> !elsewhere.contains(s.application() + "@" + s.version()))
                .toList();
    }

    /** The end of a long name is cut off. */
    private static boolean isOf(Status.Session session, String version) {
        String name = session.application() + "@" + session.version();
        boolean cut = name.getBytes(StandardCharsets.UTF_8).length == KEPT;
        return version.equals(session.version()) || cut && version.startsWith(session.version());
    }

    private static Status.Session of(Status.Session session, String version) {
        return new Status.Session(session.pid(), session.application(), version, session.address(), session.since());
    }

    /** Applications of other base schemas that happen to have a version of the same name. */
    private Set<String> elsewhere() {
        return new HashSet<>(jdbc.queryForList("""
                SELECT application || '@' || version FROM pgtandem.instance
                GROUP BY application, version HAVING bool_and(schema <> ?)
                """, String.class, schema));
    }
}
