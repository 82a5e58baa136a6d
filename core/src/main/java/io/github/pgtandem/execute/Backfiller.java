package io.github.pgtandem.execute;

import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.plan.Backfill;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.Progress;
import io.github.pgtandem.state.Progress.Control;
import io.github.pgtandem.state.Progress.Position;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Fills shadow columns in striped page windows: a window of pages is filled in several small transactions, each taking
 * the rows whose key falls into its stripe, so that a stripe's new row versions find the room of the one before. The
 * position is committed with the batch. A last sweep, in plain windows over the whole table as it is then, finds the
 * rows that somebody has moved whom the sync trigger does not see.
 */
final class Backfiller {

    private static final Logger LOG = LoggerFactory.getLogger(Backfiller.class);
    private static final long PAUSE_MILLIS = 200;

    private final Session session;
    private final Settings settings;
    private final LockRetry retry;
    private final PgTandemListener listener;
    private final Progress progress;
    private final Journal journal;

    Backfiller(Session session, Settings settings, LockRetry retry, PgTandemListener listener) {
        this.session = session;
        this.settings = settings;
        this.retry = retry;
        this.listener = listener;
        this.progress = new Progress(session.jdbc(), settings.schema());
        this.journal = new Journal(session.jdbc(), settings.schema());
    }

    void run(ActRecord act, Step step) {
        Backfill backfill = Objects.requireNonNull(step.backfill());
        if (progress.position(act.id(), step.id()).isEmpty()) {
            journal.begun(act.id(), step.id());
            progress.begin(act.id(), step.id(), step.migration(), backfill.table(), rows(backfill));
        }
        boolean quiet = mayKeepTriggersQuiet(backfill);
        BackfillLog log = new BackfillLog(backfill.table(), settings.progressInterval());
        Position position = progress.position(act.id(), step.id()).orElseThrow();
        log.began(position);
        for (Optional<Position> next = next(backfill, position); next.isPresent(); next = next(backfill, position)) {
            awaitResume(act, step);
            position = batch(act, step, backfill, next.get(), quiet);
            listener.backfill(backfill.table(), position.rowsDone(), position.rowsTotal());
            log.at(position);
        }
        session.inTransaction(() -> {
            progress.done(act.id(), step.id());
            journal.done(act.id(), step.id());
        });
        log.ended(position);
        listener.backfill(backfill.table(), position.rowsTotal(), position.rowsTotal());
    }

    /** The window to fill after a position: of the part at hand, of a later one, or of the sweep; empty at the end. */
    private Optional<Position> next(Backfill backfill, Position at) {
        if (at.page() < at.pages()) {
            return Optional.of(at);
        }
        Optional<Position> later = later(backfill, at, at.part(), at.sweeping());
        return later.isPresent() || at.sweeping() ? later : later(backfill, at, 0, true);
    }

    /** The next part with rows; parts that come or go meanwhile change nothing for the others. */
    private Optional<Position> later(Backfill backfill, Position at, long part, boolean sweeping) {
        return session
                .jdbc()
                .query(
                        parts(backfill)
                                + " WHERE c.oid > ?::oid AND pg_relation_size(c.oid) > 0 ORDER BY c.oid LIMIT 1",
                        (row, n) -> at.at(row.getLong("oid"), row.getLong("pages"), sweeping),
                        part)
                .stream()
                .findFirst();
    }

    /** The tables that hold rows: the table itself, or its partitions. */
    private static String parts(Backfill backfill) {
        return "SELECT c.oid, pg_relation_size(c.oid) / current_setting('block_size')::bigint AS pages,"
                + " format('%I.%I', n.nspname, c.relname) AS name, c.relpages, c.reltuples"
                + " FROM (SELECT s.relid AS part FROM pg_partition_tree(" + backfill.regclass() + ") s WHERE s.isleaf"
                + " UNION SELECT to_regclass(" + backfill.regclass() + ")) p"
                + " JOIN pg_class c ON c.oid = p.part AND c.relkind = 'r' JOIN pg_namespace n ON n.oid = c.relnamespace";
    }

    private Position batch(ActRecord act, Step step, Backfill backfill, Position at, boolean quiet) {
        Control control = progress.control();
        int window = Objects.requireNonNullElse(control.window(), settings.backfillWindow());
        int wanted = Objects.requireNonNullElse(control.stripes(), settings.backfillStripes());
        int stripes = at.sweeping() || !backfill.striped() ? 1 : wanted;
        Position[] next = new Position[1];
        retry.run(
                "backfill of " + backfill.table(),
                null,
                () -> session.inTransaction(() -> {
                    long began = System.nanoTime();
                    String local = "SELECT set_config('lock_timeout', '"
                            + settings.lockTimeout().toMillis()
                            + "', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),"
                            + " set_config('enable_seqscan', 'off', true),"
                            // Rows that a policy hides would be left out silently; so PostgreSQL raises an error.
                            + " set_config('row_security', 'off', true)"
                            + (quiet ? ", set_config('session_replication_role', 'replica', true)" : "");
                    session.jdbc().execute(local);
                    long to = Math.min(at.page() + window, at.pages());
                    int rows = fill(backfill, at, to, stripes);
                    boolean windowDone = at.stripe() + 1 >= stripes;
                    next[0] = new Position(
                            at.part(),
                            windowDone ? to : at.page(),
                            windowDone ? 0 : at.stripe() + 1,
                            at.pages(),
                            at.sweeping(),
                            at.rowsDone() + rows,
                            at.rowsTotal());
                    progress.move(act.id(), step.id(), next[0], (System.nanoTime() - began) / 1_000_000);
                }));
        return next[0];
    }

    /** A partition that has gone meanwhile has no rows of the table any more. */
    private int fill(Backfill backfill, Position at, long to, int stripes) {
        return session
                .jdbc()
                .queryForList(
                        "SELECT name FROM (" + parts(backfill) + ") p WHERE oid = ?::oid", String.class, at.part())
                .stream()
                .mapToInt(part -> {
                    int stripe = Math.min(at.stripe(), stripes - 1);
                    backfill.lock(part, at.page(), to, stripe, stripes).ifPresent(session.jdbc()::execute);
                    return session.jdbc().update(backfill.batch(part, at.page(), to, stripe, stripes));
                })
                .sum();
    }

    private void awaitResume(ActRecord act, Step step) {
        boolean told = false;
        while (progress.control().paused()) {
            if (!told) {
                LOG.info("Backfill paused by an operator; POST backfill {\"action\": \"resume\"} lets it go on");
                progress.throttled(act.id(), step.id(), "paused by an operator");
                told = true;
            }
            LockRetry.sleep(PAUSE_MILLIS);
        }
        if (told) {
            LOG.info("Backfill goes on");
            progress.throttled(act.id(), step.id(), null);
        }
    }

    /** Whether the role may keep the user's triggers from firing; where not, says which will fire. */
    private boolean mayKeepTriggersQuiet(Backfill backfill) {
        try {
            session.inTransaction(
                    () -> session.jdbc().execute("SELECT set_config('session_replication_role', 'replica', true)"));
            return true;
        } catch (DataAccessException e) {
            List<String> triggers = session.jdbc()
                    .queryForList(
                            "SELECT tgname FROM pg_trigger WHERE tgrelid = " + backfill.regclass() + "::regclass"
                                    + " AND NOT tgisinternal AND tgname !~ '^[~$]pgtandem_' AND tgtype & 16 = 16 ORDER BY 1",
                            String.class);
            if (!triggers.isEmpty()) {
                LOG.warn(
                        "The backfill of {} fires its triggers {}: the migration role may not set"
                                + " session_replication_role. GRANT SET ON PARAMETER session_replication_role to it"
                                + " to keep them quiet.",
                        backfill.table(),
                        triggers);
            }
            return false;
        }
    }

    /** The planner's estimate by the size now; what it has not looked at yet is counted. */
    private long rows(Backfill backfill) {
        Long rows = session.jdbc()
                .queryForObject(
                        "SELECT CASE WHEN bool_and(relpages > 0 AND reltuples >= 0 OR pages = 0)"
                                + " THEN coalesce(sum(reltuples / nullif(relpages, 0) * pages), 0)::bigint ELSE -1 END FROM ("
                                + parts(backfill) + ") p",
                        Long.class);
        if (rows != null && rows >= 0) {
            return rows;
        }
        return Objects.requireNonNull(
                session.jdbc().queryForObject("SELECT count(*) FROM " + backfill.name(), Long.class));
    }
}
