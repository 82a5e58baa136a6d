package io.github.pgtandem.execute;

import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What stands against another batch right now. */
final class Pressure {

    private static final String SETTING = "pgtandem.backfill.limits.";
    private static final int PROBE_MILLIS = 1000;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final String DATABASE = "(SELECT oid FROM pg_database WHERE datname = current_database())";

    private final Session session;
    private final JdbcTemplate jdbc;
    private final Settings settings;
    private final PgTandemListener listener;
    private final Clock clock;
    private final WalClock wal = new WalClock();
    private final Map<String, Long> behind = new HashMap<>();

    Pressure(Session session, Settings settings, PgTandemListener listener, Clock clock) {
        this.session = session;
        this.jdbc = session.jdbc();
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * What has been found.
     *
     * @param reasons why to wait
     * @param unknown what could not be told
     */
    record Found(List<String> reasons, List<String> unknown) {

        static Found nothing() {
            return new Found(new ArrayList<>(), new ArrayList<>());
        }

        void cannotTell(String what) {
            if (!unknown.contains(what)) {
                unknown.add(what);
            }
        }
    }

    /** @param table the table that is filled, as a literal of {@code regclass} */
    Found look(BackfillLimits limits, String table) {
        Found found = Found.nothing();
        look(found, "replication-lag", !limits.replicationLag().isZero(), () -> replicas(found, limits));
        look(found, "slot-backlog", limits.slotBacklog() > 0, () -> slots(found, limits));
        look(found, "archive-backlog", limits.archiveBacklog() > 0, () -> archive(found, limits));
        look(found, "lock-waiters", limits.lockWaiters() > 0, () -> waiters(found, limits, table));
        look(found, "transaction-age", !limits.transactionAge().isZero(), () -> transactions(found, limits));
        look(found, "autovacuum", limits.autovacuum(), () -> vacuum(found, table));
        look(found, "probe", limits.probe() != null, () -> ask(found, String.valueOf(limits.probe())));
        look(found, "application", true, () -> listener.whyBackfillWaits().ifPresent(found.reasons()::add));
        look(found, "hours", limits.hours() != null, () -> hours(found, limits));
        if (limits.waitWhereUnknown()) {
            found.unknown().forEach(u -> found.reasons().add("unknown: " + u));
        }
        return found;
    }

    private void look(Found found, String what, boolean isAsked, Runnable at) {
        if (!isAsked) {
            return;
        }
        try {
            at.run();
        } catch (RuntimeException e) {
            if (e instanceof DataAccessException && !session.isAlive()) {
                throw e;
            }
            found.cannotTell(
                    what + ": " + (e instanceof IllegalStateException ? e.getMessage() : ServerMessages.text(e)));
        }
    }

    private void replicas(Found found, BackfillLimits limits) {
        long now = System.nanoTime();
        Long position = jdbc.queryForObject("SELECT pg_current_wal_lsn() - '0/0'", Long.class);
        wal.tick(position == null ? 0 : position, now);
        behind.values().removeIf(last -> now - last > REMEMBERED.toNanos());
        Set<String> gone = new TreeSet<>(behind.keySet());
        jdbc.query(
                "SELECT coalesce(nullif(application_name, ''), usename, '?') || coalesce(' at ' || host(client_addr), '') AS name,"
                        + " state, replay_lsn - '0/0' AS replayed FROM pg_stat_replication"
                        + " WHERE state IS NULL OR state IN ('streaming', 'catchup')",
                row -> {
                    Long replayed = row.getObject("replayed") == null ? null : row.getLong("replayed");
                    String name = row.getString("name");
                    gone.remove(name);
                    if (row.getString("state") == null) {
                        found.cannotTell("replication-lag: GRANT pg_monitor to the migration role to see standbys");
                    } else if (replayed != null) {
                        Duration lag = wal.behind(replayed, now);
                        if (lag.compareTo(limits.replicationLag()) > 0) {
                            behind.put(name, now);
                            found.reasons()
                                    .add("standby %s is %s behind (%sreplication-lag=%s)"
                                            .formatted(name, seconds(lag), SETTING, seconds(limits.replicationLag())));
                        } else {
                            behind.remove(name);
                        }
                    }
                });
        // It comes back with all that it has to catch up with.
        gone.forEach(name -> found.cannotTell("replication-lag: standby " + name + " went while it was behind"));
    }

    private void slots(Found found, BackfillLimits limits) {
        jdbc.query(
                "SELECT slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint AS backlog, wal_status, active"
                        // A slot that was given up keeps its position and holds nothing back.
                        + " FROM pg_replication_slots WHERE restart_lsn IS NOT NULL AND wal_status IS DISTINCT FROM 'lost'",
                row -> {
                    long backlog = row.getLong("backlog");
                    if (backlog > limits.slotBacklog() || "unreserved".equals(row.getString("wal_status"))) {
                        found.reasons()
                                .add("replication slot %s holds back %s of WAL%s (%sslot-backlog=%s)"
                                        .formatted(
                                                row.getString("slot_name"),
                                                megabytes(backlog),
                                                row.getBoolean("active") ? "" : " and nobody reads it",
                                                SETTING,
                                                megabytes(limits.slotBacklog())));
                    }
                });
    }

    /** The names of WAL segments are numbers, of which the last eight digits count up to those of a segment's size. */
    private void archive(Found found, BackfillLimits limits) {
        Long behind = jdbc.queryForObject("""
                SELECT CASE WHEN current_setting('archive_mode') <> 'off' AND length(last) = 24 THEN
                         ((pg_current_wal_lsn() - '0/0') / size
                           - (('x' || substr(last, 9, 8))::bit(32)::bigint * (4294967296 / size)
                              + ('x' || substr(last, 17, 8))::bit(32)::bigint))::bigint END
                FROM (SELECT coalesce(last_archived_wal, last_failed_wal) AS last,
                             pg_size_bytes(current_setting('wal_segment_size')) AS size
                      FROM pg_stat_archiver) AS archiver
                """, Long.class);
        if (behind != null && behind > limits.archiveBacklog()) {
            found.reasons()
                    .add("%d WAL segments wait to be archived (%sarchive-backlog=%d)"
                            .formatted(behind, SETTING, limits.archiveBacklog()));
        }
    }

    private void waiters(Found found, BackfillLimits limits, String table) {
        Long waiting = jdbc.queryForObject(
                "SELECT count(DISTINCT l.pid) FROM pg_locks l WHERE NOT l.granted AND l.database = " + DATABASE
                        + " AND l.relation IN (" + parts(table) + ")",
                Long.class);
        if (waiting != null && waiting >= limits.lockWaiters()) {
            found.reasons()
                    .add("%d sessions wait for locks on the table (%slock-waiters=%d)"
                            .formatted(waiting, SETTING, limits.lockWaiters()));
        }
    }

    private void transactions(Found found, BackfillLimits limits) {
        Boolean hidden = jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND query = '<insufficient privilege>')",
                Boolean.class);
        if (Boolean.TRUE.equals(hidden)) {
            found.cannotTell(
                    "transaction-age: GRANT pg_monitor to the migration role to see other roles' transactions");
        }
        jdbc.query(
                "SELECT pid, coalesce(nullif(application_name, ''), usename, '?') AS name,"
                        + " extract(epoch FROM clock_timestamp() - xact_start) * 1000 AS millis FROM pg_stat_activity"
                        // Whoever has written holds back as much as whoever has a snapshot.
                        + " WHERE datname = current_database() AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)"
                        + " AND pid <> pg_backend_pid()"
                        + " AND xact_start < clock_timestamp() - make_interval(secs => ?)"
                        + " ORDER BY xact_start LIMIT 1",
                row -> {
                    found.reasons()
                            .add(
                                    "pid %d (%s) has been in a transaction for %s, so that rows it may see cannot be removed"
                                                    .formatted(
                                                            row.getInt("pid"),
                                                            row.getString("name"),
                                                            seconds(Duration.ofMillis(row.getLong("millis"))))
                                            + " (%stransaction-age=%s)"
                                                    .formatted(SETTING, seconds(limits.transactionAge())));
                },
                limits.transactionAge().toMillis() / 1000.0);
    }

    private void vacuum(Found found, String table) {
        jdbc.query(
                "SELECT bool_or(relid IN (" + parts(table) + ")) AS vacuumed, bool_or(relid IS NULL) AS hidden"
                        + " FROM pg_stat_progress_vacuum WHERE datname = current_database()",
                row -> {
                    if (row.getBoolean("vacuumed")) {
                        found.reasons().add("the table is being vacuumed (" + SETTING + "autovacuum=true)");
                    } else if (row.getBoolean("hidden")) {
                        found.cannotTell("autovacuum: GRANT pg_monitor to the migration role to see what is vacuumed");
                    }
                });
    }

    private static String parts(String table) {
        return "SELECT to_regclass(" + table + ") UNION SELECT relid FROM pg_partition_tree(" + table + ")";
    }

    private void ask(Found found, String query) {
        String[] answer = new String[1];
        session.inTransaction(() -> {
            jdbc.execute("SET TRANSACTION READ ONLY");
            jdbc.queryForObject(
                    "SELECT set_config('statement_timeout', ?, true)", String.class, String.valueOf(PROBE_MILLIS));
            session.useBaseSchema(settings.schema());
            try {
                answer[0] = jdbc.query(query, row -> row.next() ? row.getString(1) : null);
            } catch (DataAccessException e) {
                throw ServerMessages.state(e).equals(ServerMessages.QUERY_CANCELED)
                        ? new IllegalStateException("no answer within " + PROBE_MILLIS + " ms", e)
                        : e;
            }
        });
        String text = answer[0];
        if (isTrue(text)) {
            found.reasons().add("your probe says \"%s\" (%sprobe)".formatted(text, SETTING));
        }
    }

    private static boolean isTrue(@Nullable String answer) {
        if (answer == null || answer.isBlank() || answer.equals("f") || answer.equals("false")) {
            return false;
        }
        try {
            return Double.parseDouble(answer) > 0;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private void hours(Found found, BackfillLimits limits) {
        if (limits.hours() != null && !limits.hours().contains(clock.instant())) {
            found.reasons().add("it is to run from %s only (%shours)".formatted(limits.hours(), SETTING));
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }
}
