package io.github.pgtandem.execute;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.UnsupportedDatabaseException;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.StateStore;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** One migrator at a time per base schema of a database: a session advisory lock, waited for with progress. */
final class MigratorLock {

    private static final Logger LOG = LoggerFactory.getLogger(MigratorLock.class);
    private static final long POLL_MILLIS = 250;

    /** Of so many looks whether the lock is free, one is also at what others have done: many instances may wait for hours. */
    private static final int POLLS_PER_LOOK = 4;

    private static final int OLDEST_VERSION = 150_000;

    private final JdbcTemplate jdbc;
    private final Settings settings;

    MigratorLock(JdbcTemplate jdbc, Settings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Refuses a server that is none of ours. */
    void checkServer() {
        String version = jdbc.queryForObject("SELECT version()", String.class);
        if (version == null || !version.startsWith("PostgreSQL")) {
            throw new UnsupportedDatabaseException(
                    "the database is " + version + ", not PostgreSQL.", "Connect to PostgreSQL 15 or newer.");
        }
        Integer number = jdbc.queryForObject("SELECT current_setting('server_version_num')::int", Integer.class);
        checkVersion(Objects.requireNonNull(number), version);
    }

    static void checkVersion(int number, String version) {
        if (number < OLDEST_VERSION) {
            throw new UnsupportedDatabaseException(
                    "the server is " + version.split(" on ")[0] + ", older than PostgreSQL 15.",
                    "Upgrade it to PostgreSQL 15 or newer: version schemas rely on views that check the caller's"
                            + " privileges, which older servers do not have.");
        }
    }

    /** Whether nobody works, so that what is under way was left by somebody who is gone. Does not keep the lock. */
    boolean isFree() {
        boolean free = tryAcquire();
        if (free) {
            jdbc.queryForObject(
                    "SELECT pg_advisory_unlock(" + Instances.LOCK_KEY + ")", Boolean.class, settings.schema());
        }
        return free;
    }

    private boolean tryAcquire() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT pg_try_advisory_lock(" + Instances.LOCK_KEY + ")", Boolean.class, settings.schema()));
    }

    /**
     * Waits until the lock is ours, or what it is wanted for has been done by somebody else.
     *
     * @param done what there is by now, or null
     * @param patient whether to go on waiting when it has lasted too long for anybody else
     * @return null with the lock, else what there is
     */
    <T extends @Nullable Object> @Nullable T acquire(Supplier<T> done, BooleanSupplier patient) {
        long deadline = System.nanoTime() + settings.waitForOthers().toNanos();
        long next = System.nanoTime() + settings.progressInterval().toNanos() / 5;
        for (int poll = 0; !tryAcquire(); poll++) {
            T there = poll % POLLS_PER_LOOK == 0 ? done.get() : null;
            if (there != null) {
                return there;
            }
            if (System.nanoTime() > deadline && !patient.getAsBoolean()) {
                throw new ActFailedException(
                        "another instance has been working on schema " + settings.schema() + " for more than "
                                + settings.waitForOthers().toSeconds() + " s: " + progress() + ".",
                        "Look at its log. Start again when it is done, or raise pgtandem.wait-for-others.");
            }
            if (System.nanoTime() > next) {
                LOG.info("Waiting for another instance: {}", progress());
                next = System.nanoTime() + settings.progressInterval().toNanos();
            }
            LockRetry.sleep(POLL_MILLIS);
        }
        LockRetry.refuseInterrupted();
        return null;
    }

    private String progress() {
        if (!new StateStore(jdbc, settings.schema()).isInstalled()) {
            return "it installs the state schema";
        }
        return jdbc.queryForList("""
                        SELECT lower(a.act) || ' of ' || array_to_string(a.migrations, ', ') || ' by ' || a.actor || ', step '
                               || count(s.done_at) || '/' || count(s.id)
                               || coalesce((SELECT ', backfill of ' || b.relation || ' ' || b.rows_done || '/' || b.rows_total
                                            FROM pgtandem.backfill b
                                            WHERE b.act = a.id AND NOT b.done ORDER BY b.step LIMIT 1), '')
                        FROM pgtandem.act a JOIN pgtandem.step s ON s.act = a.id
                        WHERE a.schema = ? AND a.state = 'RUNNING'
                        GROUP BY a.id ORDER BY a.id DESC LIMIT 1
                        """, String.class, settings.schema()).stream()
                .findFirst()
                .orElse("it has not begun its act");
    }
}
