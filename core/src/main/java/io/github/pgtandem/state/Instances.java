package io.github.pgtandem.state;

import io.github.pgtandem.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The registry of running instances. An instance that misses three beats is dead. */
public final class Instances {

    static final String ALIVE = "last_seen > clock_timestamp() - 3 * heartbeat_ms * interval '1 millisecond'";

    private static final String UNTIL = "last_seen + 3 * heartbeat_ms * interval '1 millisecond'";

    /** How long it is known who was alive. */
    public static final Duration REMEMBERED = Duration.ofDays(7);

    /** SQL for the key of the migrator's advisory lock; takes the base schema. */
    public static final String LOCK_KEY = "hashtextextended('pgtandem ' || ?, 0)";

    /** Whether l, of pg_locks, is that lock. */
    public static final String LOCK_HELD = """
            l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (l.classid::bigint << 32) | l.objid::bigint = %s
            """.formatted(LOCK_KEY);

    private final JdbcTemplate jdbc;
    private final String schema;

    /** Works over the caller's connection and in the caller's transaction. */
    public Instances(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** Adds an instance, or says again that it is alive. */
    public void beat(String id, String application, String host, String version, Duration heartbeat) {
        jdbc.update("""
                INSERT INTO pgtandem.instance (id, schema, application, host, version, heartbeat_ms)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET last_seen = clock_timestamp()
                """, id, schema, application, host, version, heartbeat.toMillis());
    }

    /** As if it had never been there. */
    public void remove(String id) {
        jdbc.update("DELETE FROM pgtandem.instance WHERE id = ?", id);
    }

    /** Not alive from now on, but remembered: see {@link #isAloneFor}. */
    public void signOff(String id) {
        jdbc.update("UPDATE pgtandem.instance SET heartbeat_ms = 0, last_seen = clock_timestamp() WHERE id = ?", id);
    }

    /** Forgets those that have been dead longer than anybody asks for. */
    public void forgetDead() {
        jdbc.update(
                "DELETE FROM pgtandem.instance WHERE last_seen < clock_timestamp() - ? * interval '1 second'",
                REMEMBERED.toSeconds());
    }

    /**
     * Whether at every moment of some time until now an instance of one version was alive, and none of another. A time in
     * which nobody was alive has shown nothing of that version.
     *
     * @param time at most {@link #REMEMBERED}
     */
    public boolean isAloneFor(String version, Duration time) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                """
                WITH own AS (
                    SELECT started_at, %1$s AS until, max(%1$s) OVER (
                               ORDER BY started_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                    FROM pgtandem.instance WHERE schema = ? AND version = ?)
                SELECT (SELECT max(until) >= clock_timestamp() FROM own)
                   AND clock_timestamp() - ? * interval '1 millisecond' >= greatest(
                           (SELECT max(started_at) FROM own WHERE before IS NULL OR before < started_at),
                           (SELECT max(%1$s) FROM pgtandem.instance i WHERE i.schema = m.schema AND i.version <> m.name),
                           m.expanded_at)
                FROM pgtandem.migration m WHERE m.schema = ? AND m.name = ?
                """.formatted(UNTIL), Boolean.class, schema, version, time.toMillis(), schema, version));
    }

    public List<Status.Instance> alive() {
        return jdbc.query(
                "SELECT * FROM pgtandem.instance WHERE schema = ? AND " + ALIVE + " ORDER BY started_at, id",
                (row, n) -> new Status.Instance(
                        row.getString("id"),
                        row.getString("application"),
                        row.getString("host"),
                        row.getString("version"),
                        Objects.requireNonNull(Rows.instant(row, "started_at")),
                        Objects.requireNonNull(Rows.instant(row, "last_seen"))),
                schema);
    }

    /**
     * Whether new instances of a version are refused; empty for a version that is not known. A fence counts only while
     * somebody is at the gate or an act is under way: whoever put it up may have died.
     */
    public Optional<Boolean> fenced(String version) {
        return jdbc.queryForList("""
                        SELECT retired_at IS NOT NULL OR state IN ('ROLLED_BACK', 'FAILED', 'ROLLING_BACK')
                               OR (fenced AND (
                                   EXISTS (SELECT FROM pgtandem.act a WHERE a.schema = m.schema AND a.state = 'RUNNING')
                                   OR EXISTS (SELECT FROM pg_locks l
                                              WHERE %s)))
                               OR EXISTS (SELECT FROM pgtandem.act a
                                          WHERE a.schema = m.schema AND a.state = 'RUNNING' AND a.called_off_by IS NOT NULL
                                            AND m.name = ANY (a.migrations))
                        FROM pgtandem.migration m WHERE schema = ? AND name = ?
                        """.formatted(LOCK_HELD), Boolean.class, schema, schema, version).stream()
                .findFirst();
    }
}
