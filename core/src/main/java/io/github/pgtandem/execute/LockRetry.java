package io.github.pgtandem.execute;

import io.github.pgtandem.LockNotAcquiredException;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Tries again what could not have a lock: each try with a short timeout, so that the queue behind it stays short, with
 * exponential backoff and full jitter in between, within a budget. There is no last try without a timeout.
 */
final class LockRetry {

    private static final Logger LOG = LoggerFactory.getLogger(LockRetry.class);
    static final Set<String> RETRIED =
            Set.of(ServerMessages.LOCK_NOT_AVAILABLE, ServerMessages.DEADLOCK, ServerMessages.SERIALIZATION);

    /** Of the first try; each of the next takes twice as long, up to the lock timeout. */
    private static final long FIRST_TRY_MILLIS = 50;

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long LEAVE_PAUSE_MILLIS = 200;

    /** Whether a lock l is one that somebody else has on tables, whose qualified names are given, or on their partitions. */
    static final String HELD = """
            l.locktype = 'relation' AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.relation IN (SELECT s.relid FROM unnest(?::text[]) AS t, LATERAL (
                SELECT to_regclass(t) AS relid UNION SELECT p.relid FROM pg_partition_tree(to_regclass(t)) p) s)
            """;

    /** Work that needs locks. */
    interface Work {

        /**
         * @param attempt from 1
         * @param millis how long the queue behind it may be held up
         */
        void run(int attempt, long millis);
    }

    /** What is done before another try. */
    interface Failed {

        /**
         * @param why there is one, and who is in the way
         * @param tooLong whether it had its locks, but not its time
         */
        void before(String why, boolean tooLong);
    }

    private final JdbcTemplate jdbc;
    private final Settings settings;
    private final PgTandemListener listener;
    private final Runnable mayGoOn;

    /** @param mayGoOn refuses, by what it throws, to begin another try or to wait on */
    LockRetry(JdbcTemplate jdbc, Settings settings, PgTandemListener listener, Runnable mayGoOn) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.listener = listener;
        this.mayGoOn = mayGoOn;
    }

    /**
     * Runs work until it has its locks.
     *
     * @param what the work, for logs
     * @param tables qualified names of the tables to look for blockers on
     * @throws LockNotAcquiredException when the budget is used up
     */
    void run(String what, List<String> tables, Runnable work) {
        run(what, tables, (attempt, millis) -> work.run(), () -> {});
    }

    /**
     * The same.
     *
     * @param failed what is done before another try
     */
    void run(String what, List<String> tables, Work work, Runnable failed) {
        run(what, tables, false, work, (why, tooLong) -> failed.run());
    }

    /**
     * Runs a batch until it has its rows and its time. Whoever has one of the rows is waited for without an end, as
     * giving up would lose all that is filled; what takes too long by itself is given up with the budget.
     */
    void runBatch(String what, List<String> tables, Work work, Failed failed) {
        run(what, tables, true, work, failed);
    }

    private void run(String what, List<String> tables, boolean batch, Work work, Failed failed) {
        Duration spent = Duration.ZERO;
        for (int attempt = 1; ; attempt++) {
            mayGoOn.run();
            long began = System.nanoTime();
            try {
                work.run(attempt, Math.min(settings.lockTimeout().toMillis(), doubled(FIRST_TRY_MILLIS, attempt)));
                listener.lockWait(since(began), true);
                return;
            } catch (DataAccessException | TransactionException e) {
                boolean tooLong = batch && ServerMessages.state(e).equals(ServerMessages.QUERY_CANCELED);
                if (!tooLong && !isWorthAnotherTry(e)) {
                    throw e;
                }
                Duration took = since(began);
                listener.lockWait(took, false);
                List<String> blockers = blockers(tables, !batch);
                String by = blockers.isEmpty() ? "" : "; in the way: " + String.join("; ", blockers);
                String why = why(e) + by;
                failed.before(why, tooLong);
                long cap = Math.min(LONGEST_PAUSE_MILLIS, doubled(FIRST_PAUSE_MILLIS, attempt));
                long pause = ThreadLocalRandom.current().nextLong(cap + 1);
                if (!batch || !ServerMessages.state(e).equals(ServerMessages.LOCK_NOT_AVAILABLE)) {
                    spent = spent.plus(took);
                    if (spent.compareTo(settings.lockBudget()) > 0) {
                        throw givenUp(what, attempt, tooLong, by, e);
                    }
                    spent = spent.plusMillis(pause);
                }
                LOG.info("{}: try {}, again in {} ms: {}", what, attempt, pause, why);
                sleep(pause);
            }
        }
    }

    private PgTandemException givenUp(String what, int tries, boolean tooLong, String by, RuntimeException cause) {
        String within = tries + " tries within " + settings.lockBudget().toSeconds() + " s";
        return tooLong
                ? new PgTandemException(
                        what + ": it took too long, or somebody has canceled it, in " + within + ".",
                        "Make its expressions cheaper, or give it more time with a longer pgtandem.lock-timeout:"
                                + " writers to its rows wait that long at most.",
                        cause)
                : new LockNotAcquiredException(
                        what + ": no lock in " + within + by + ".",
                        "End what is in the way, or start again when it is quieter.",
                        cause);
    }

    /**
     * Waits until nobody has a reason against a strong lock.
     *
     * @throws LockNotAcquiredException when the budget is used up
     */
    void awaitLeave(String what, List<String> tables) {
        long deadline = System.nanoTime() + settings.lockBudget().toNanos();
        String told = null;
        for (String why = why(tables); why != null; why = why(tables)) {
            if (System.nanoTime() > deadline) {
                throw new LockNotAcquiredException(
                        what + ": not begun within " + settings.lockBudget().toSeconds() + " s: " + why + ".",
                        "End what is in the way, or start again when it is quieter.");
            }
            if (!why.equals(told)) {
                LOG.info("{} waits: {}", what, why);
                told = why;
            }
            sleep(LEAVE_PAUSE_MILLIS);
            mayGoOn.run();
        }
    }

    private @Nullable String why(List<String> tables) {
        return tables.isEmpty() ? null : listener.whyLockWaits(tables).orElse(null);
    }

    static boolean isWorthAnotherTry(RuntimeException failure) {
        return RETRIED.contains(ServerMessages.state(failure));
    }

    private static long doubled(long millis, int attempt) {
        return millis << Math.min(attempt - 1, 10);
    }

    private static String why(RuntimeException failure) {
        return switch (ServerMessages.state(failure)) {
            case ServerMessages.LOCK_NOT_AVAILABLE -> "no lock in time";
            case ServerMessages.QUERY_CANCELED -> "it took too long, or somebody has canceled it";
            default -> ServerMessages.text(failure);
        };
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Who holds a lock on the tables or on partitions of them, the longest running first. */
    private List<String> blockers(List<String> tables, boolean readers) {
        try {
            return jdbc.query(
                    """
                    SELECT coalesce(
                        format('pid %%s (%%s, %%s for %%s s): %%s', a.pid,
                               coalesce(nullif(a.application_name, ''), a.usename, '?'), a.state,
                               round(extract(epoch FROM clock_timestamp() - a.xact_start)),
                               left(regexp_replace(a.query, '\\s+', ' ', 'g'), 80)),
                        format('prepared transaction %%s (%%s, since %%s)', p.gid, p.owner, p.prepared)) AS who,
                        coalesce(a.xact_start, p.prepared) AS since
                    FROM pg_locks l
                    LEFT JOIN pg_stat_activity a ON a.pid = l.pid
                    LEFT JOIN pg_prepared_xacts p ON l.pid IS NULL AND l.virtualtransaction = '-1/' || p.transaction
                    WHERE %s
                      AND (? OR l.mode <> 'AccessShareLock')
                    GROUP BY 1, 2 ORDER BY 2 LIMIT 3
                    """.formatted(HELD), (row, n) -> row.getString("who"), tables.toArray(String[]::new), readers);
        } catch (DataAccessException e) {
            return List.of();
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    /** Whoever is to stop begins nothing new. */
    static void refuseInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    private static PgTandemException interrupted() {
        return new PgTandemException("the thread was interrupted while it waited.", "Nothing is lost: try again.");
    }
}
