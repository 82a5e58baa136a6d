package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.BackfillSettings;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.plan.Backfill;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.Progress;
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
 * position is committed with the batch. Rows that somebody has locked are left out. A last sweep, in plain windows over
 * the whole table as it is then, finds these, and the rows that somebody has moved whom the sync trigger does not see.
 */
final class Backfiller {

    private static final Logger LOG = LoggerFactory.getLogger(Backfiller.class);

    /** How long a batch waits for one row, and all others that it has locked with it, before it leaves such rows out. */
    private static final long ROW_MILLIS = 100;

    /** A page that no table has. */
    private static final long BEHIND_ALL = 0xFFFF_FFFFL;

    /** What a batch waits for the network until its rows are filled; smaller batches would not wait less. */
    private static final int ROUND_TRIPS = 2;

    /** Whoever writes rows past the trigger for ever is not waited for. */
    private static final int MOST_LOOKS = 3;

    private static final int MOST_PATIENCE = 1 << 10;
    private static final double NANOS = 1e9;

    private final Session session;
    private final Settings settings;
    private final LockRetry retry;
    private final PgTandemListener listener;
    private final Runnable mayGoOn;
    private final Progress progress;
    private final Journal journal;

    /** @param mayGoOn refuses, by what it throws, to wait on for a batch */
    Backfiller(Session session, Settings settings, LockRetry retry, PgTandemListener listener, Runnable mayGoOn) {
        this.session = session;
        this.settings = settings;
        this.retry = retry;
        this.listener = listener;
        this.mayGoOn = mayGoOn;
        this.progress = new Progress(session.jdbc(), settings.schema());
        this.journal = new Journal(session.jdbc(), settings.schema());
    }

    void run(ActRecord act, Step step) {
        Backfill backfill = Objects.requireNonNull(step.backfill());
        if (progress.position(act.id(), step.id()).isEmpty()) {
            journal.begun(act.id(), step.id());
            progress.begin(act.id(), step.id(), step.migration(), backfill.table(), rows(backfill), pages(backfill));
        }
        // Whoever was at it before may have died while it waited.
        progress.throttled(act.id(), step.id(), null, List.of());
        Position position = progress.position(act.id(), step.id()).orElseThrow();
        BackfillLog log = new BackfillLog(backfill.table(), settings.progressInterval());
        log.began(position);
        Filling filling = new Filling(act, step, backfill, mayKeepTriggersQuiet(backfill));
        for (Optional<Position> next = filling.next(position); next.isPresent(); next = filling.next(position)) {
            position = filling.batch(next.get());
            listener.backfill(backfill.table(), position.rowsDone(), position.rowsTotal());
            log.at(position, filling.pace.rates());
        }
        session.inTransaction(() -> {
            progress.done(act.id(), step.id());
            journal.done(act.id(), step.id());
        });
        log.ended(position);
        listener.backfill(backfill.table(), position.rowsTotal(), position.rowsTotal());
    }

    /** The next part with rows; parts that come or go meanwhile change nothing for the others. */
    private Optional<Position> later(Backfill backfill, Position at) {
        return session
                .jdbc()
                .query(
                        parts(backfill) + " AND c.oid > ?::oid AND pg_relation_size(c.oid) > 0 ORDER BY c.oid LIMIT 1",
                        (row, n) -> at.at(row.getLong("oid"), row.getLong("pages")),
                        at.part())
                .stream()
                .findFirst();
    }

    /** The tables that hold rows: the table itself, or its partitions. */
    private static String parts(Backfill backfill) {
        return "SELECT c.oid, pg_relation_size(c.oid) / current_setting('block_size')::bigint AS pages,"
                + " c.relpages, c.reltuples FROM pg_class c"
                // As an array, so that it is not all tables of the database that are asked for their size.
                + " WHERE c.oid = ANY (ARRAY(SELECT s.relid FROM pg_partition_tree(" + backfill.regclass()
                + ") s WHERE s.isleaf UNION SELECT to_regclass(" + backfill.regclass() + "))) AND c.relkind = 'r'";
    }

    /** One backfill under way. */
    private final class Filling {

        private final ActRecord act;
        private final Step step;
        private final Backfill backfill;
        private final boolean quiet;
        private final Throttle throttle = new Throttle(session, settings, listener, mayGoOn);
        private final BatchSize size = new BatchSize();
        private final Pace pace;
        private boolean sweeping;
        private int looks;
        private int patience = 1;
        private long busyNanos;
        private long roundTripNanos = Long.MAX_VALUE;
        private long grownPart;
        private long grownFrom;

        Filling(ActRecord act, Step step, Backfill backfill, boolean quiet) {
            this.act = act;
            this.step = step;
            this.backfill = backfill;
            this.quiet = quiet;
            this.pace = new Pace(progress.rates(act.id(), step.id()));
        }

        /** What to fill after a position: of the part at hand, of a later one, or of a sweep; empty at the end. */
        Optional<Position> next(Position at) {
            if (at.page() < at.pages()) {
                return Optional.of(at);
            }
            Optional<Position> later = later(backfill, at);
            return later.isPresent() || at.sweeping() && !isAnyLeft()
                    ? later
                    : later(backfill, at.sweep(pages(backfill)));
        }

        /** A table that was rewritten during the sweep may have rows behind it that it had left for later. */
        private boolean isAnyLeft() {
            return ++looks <= MOST_LOOKS
                    && backfill.isAnyLeft()
                            .map(query -> session.jdbc().queryForObject(query, Boolean.class))
                            .orElse(false);
        }

        Position batch(Position next) {
            LockRetry.refuseInterrupted();
            BackfillSettings now = throttle.await(act, step, backfill);
            if (next.sweeping() && !sweeping) {
                sweeping = true;
                pace.newPass();
                size.newPass();
            }
            int stripes = next.sweeping() || !backfill.striped() ? 1 : now.stripes();
            Position[] at = {next.isInWindow() ? next : next.window(size.window(now), stripes)};
            Position[] after = new Position[1];
            boolean[] held = new boolean[1];
            retry.runBatch(
                    "backfill of " + backfill.table(),
                    List.of(backfill.name()),
                    (attempt, millis) -> after[0] = fill(at[0], now),
                    (why, tooLong) -> {
                        long pages = at[0].end() - at[0].page();
                        size.halve(pages);
                        // What cannot be made smaller gets more time.
                        if (tooLong && pages <= 1) {
                            patience = Math.min(MOST_PATIENCE, patience * 2);
                        }
                        at[0] = at[0].cut(Math.max(1, pages / 2));
                        throttle.await(act, step, backfill);
                        throttle.tell(act, step, why);
                        held[0] = true;
                    });
            if (held[0]) {
                throttle.tell(act, step, null);
            }
            if (at[0].end() - at[0].page() > 1) {
                patience = 1;
            }
            if (!at[0].sweeping() && after[0].page() > at[0].page()) {
                read(at[0], now);
            }
            // Not within the try, whose time is told as that of a wait for locks.
            throttle.rest(now, busyNanos);
            return after[0];
        }

        /** A row that somebody has locked would hold up the whole batch, and with it who waits for the others in it. */
        private Position fill(Position at, BackfillSettings now) {
            // Less than the statement has, which would be told as taking too long otherwise.
            long row = Math.max(1, settings.lockTimeout().toMillis() / 2);
            if (at.sweeping() || !backfill.maySkip()) {
                return transaction(at, now, row, false);
            }
            try {
                return transaction(at, now, Math.min(ROW_MILLIS, row), false);
            } catch (DataAccessException e) {
                if (!LockRetry.isWorthAnotherTry(e)) {
                    throw e;
                }
                return transaction(at, now, row, true);
            }
        }

        private Position transaction(Position at, BackfillSettings now, long lockMillis, boolean onlyFree) {
            long began = System.nanoTime();
            Position[] after = new Position[1];
            session.inTransaction(() -> {
                Optional<String> part = begin(at, lockMillis, now);
                roundTripNanos = Math.min(roundTripNanos, System.nanoTime() - began);
                int rows = part.map(name -> rows(name, at, onlyFree)).orElse(0);
                long took = System.nanoTime() - began;
                long pages = at.end() - at.page();
                pace.add(rows, pages / (double) at.stripes(), took * (1 + now.rest()) / NANOS);
                after[0] = at.next(rows);
                if (size.took(pages, took - ROUND_TRIPS * roundTripNanos, now.batchTime())
                        && after[0].page() == at.page()) {
                    after[0] = after[0].cut(size.window(now));
                }
                progress.move(act.id(), step.id(), after[0], pace.rates());
            });
            busyNanos = System.nanoTime() - began;
            return after[0];
        }

        /**
         * Whoever reads a row first notes on its page that it is committed, and with data checksums the first note after a
         * checkpoint puts the whole page into the WAL. So a window, and what the table has grown by, are read while their
         * pages are there anyhow, not by the sweep.
         */
        private void read(Position window, BackfillSettings now) {
            // What it has grown by before is too much for one statement.
            long behind = window.part() == grownPart ? grownFrom : BEHIND_ALL;
            grownPart = window.part();
            grownFrom = BEHIND_ALL;
            try {
                session.inTransaction(() -> begin(window, ROW_MILLIS, now)
                        .map(part -> Backfill.read(part, window.page(), window.end(), behind))
                        .ifPresent(query -> session.jdbc().query(query, row -> {
                            grownFrom = row.getLong("pages");
                        })));
            } catch (DataAccessException e) {
                // Nothing depends on it: whoever comes next reads them.
                LOG.debug("Pages {} to {} of {} not read", window.page(), window.end(), backfill.table(), e);
            }
        }

        /** The part to fill, quoted; a partition that has gone meanwhile has no rows of the table any more. */
        private Optional<String> begin(Position at, long lockMillis, BackfillSettings now) {
            return Optional.ofNullable(session.jdbc()
                    .queryForObject(
                            "SELECT (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c"
                                    + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ?::oid"
                                    + " AND coalesce(pg_partition_root(c.oid), c.oid) = " + backfill.regclass()
                                    + "::regclass) AS part, " + local(lockMillis, now),
                            (row, n) -> row.getString("part"),
                            at.part()));
        }

        /** Settings of the transaction. */
        private String local(long lockMillis, BackfillSettings now) {
            // Whoever waits for one of its rows waits as long as it lasts.
            long statement = patience
                    * Math.max(
                            settings.lockTimeout().toMillis(),
                            2 * now.batchTime().toMillis());
            // Whoever waits in a circle with us is not the one to be failed: we give up before PostgreSQL looks.
            return "set_config('lock_timeout', least(" + lockMillis
                    + ", greatest(1, extract(epoch FROM current_setting('deadlock_timeout')::interval) * 500)::bigint)::text,"
                    + " true),"
                    + " set_config('statement_timeout', '" + statement + "', true),"
                    + " set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),"
                    + " set_config('enable_seqscan', 'off', true),"
                    // From PostgreSQL 18 on it is other processes that read ahead: they take the CPU from requests.
                    + " set_config('effective_io_concurrency', '0', true),"
                    // Rows that a policy hides would be left out silently; so PostgreSQL raises an error.
                    + " set_config('row_security', 'off', true)"
                    + (quiet
                            ? ", set_config('session_replication_role', 'replica', true)"
                            // The user's triggers find what they name.
                            : ", set_config('search_path', " + literal(id(backfill.schema())) + ", true)");
        }

        private String statement(String part, Position at, boolean onlyFree) {
            if (at.sweeping()) {
                return backfill.sweep(part, at.page(), at.end());
            }
            return onlyFree
                    ? backfill.batchOfFree(part, at.page(), at.end(), at.stripe(), at.stripes())
                    : backfill.batch(part, at.page(), at.end(), at.stripe(), at.stripes());
        }

        private int rows(String part, Position at, boolean onlyFree) {
            backfill.lock(part, at.page(), at.end(), at.stripe(), at.stripes()).ifPresent(session.jdbc()::execute);
            return session.jdbc().update(statement(part, at, onlyFree));
        }
    }

    /** Whether the role may keep the user's triggers from firing; those that fire all the same are named. */
    private boolean mayKeepTriggersQuiet(Backfill backfill) {
        try {
            session.inTransaction(
                    () -> session.jdbc().execute("SELECT set_config('session_replication_role', 'replica', true)"));
        } catch (DataAccessException e) {
            if (!ServerMessages.state(e).equals(ServerMessages.INSUFFICIENT_PRIVILEGE)) {
                throw e;
            }
            List<String> triggers = triggers(backfill, "'O', 'A'");
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
        List<String> triggers = triggers(backfill, "'R', 'A'");
        if (!triggers.isEmpty()) {
            LOG.warn(
                    "The backfill of {} fires its triggers {}, which are enabled for replicas, too (ALTER TABLE … ENABLE"
                            + " ALWAYS or REPLICA TRIGGER).",
                    backfill.table(),
                    triggers);
        }
        return true;
    }

    private List<String> triggers(Backfill backfill, String enabled) {
        return session.jdbc()
                .queryForList(
                        "SELECT DISTINCT tgname FROM pg_trigger WHERE tgrelid IN (SELECT relid FROM pg_partition_tree("
                                + backfill.regclass() + ") UNION SELECT to_regclass(" + backfill.regclass()
                                + ")) AND NOT tgisinternal AND tgname !~ '^[~$]pgtandem_' AND tgtype & 16 = 16"
                                + " AND tgenabled IN (" + enabled + ") ORDER BY 1",
                        String.class);
    }

    private long pages(Backfill backfill) {
        Long pages = session.jdbc()
                .queryForObject("SELECT coalesce(sum(pages), 0)::bigint FROM (" + parts(backfill) + ") p", Long.class);
        return Objects.requireNonNull(pages);
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
