package io.github.pgtandem;

import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The engine for one base schema of one database: expands it to the release of this build, serves its status, completes
 * and rolls back. Thread-safe; every method opens the connections it needs and closes them.
 */
public final class PgTandem {

    /**
     * @param dataSource gives direct, unpinned connections of a role that may create schemas and alter the tables
     * @param listener hears what is done
     */
    public PgTandem(DataSource dataSource, Release release, Settings settings, PgTandemListener listener) {}

    /** What instances of this build are pinned to. */
    public Pin pin() {
        throw new UnsupportedOperationException();
    }

    /**
     * Brings the database to the release of this build, or finds that it is there already. Waits while another instance
     * works.
     *
     * @throws PgTandemException where this instance must not start; the database then is as it was before
     */
    public StartReport start(Actor actor) {
        throw new UnsupportedOperationException();
    }

    /**
     * Never migrates; waits until another instance or job has made this build's version live.
     *
     * @throws PgTandemException where the version is retired, the histories differ, or the wait is over
     */
    public StartReport require() {
        throw new UnsupportedOperationException();
    }

    /**
     * Expands the pending migrations of this build as one release.
     *
     * @throws NothingToDoException where none is pending
     */
    public ActReport expand(Actor actor) {
        throw new UnsupportedOperationException();
    }

    /**
     * Completes up to and including a version.
     *
     * @param to the version, or null for the newest
     * @param force goes through although instances of older versions are alive
     * @throws GateShutException naming the instances that would be cut off
     * @throws NothingToDoException where the base version is there already
     * @throws UnknownVersionException where no migration above the base version has that name
     */
    public ActReport complete(@Nullable String to, boolean force, Actor actor) {
        throw new UnsupportedOperationException();
    }

    /**
     * Rolls back down to a version, which stays live.
     *
     * @param to the version, or null for the base version
     * @param force goes through although instances of newer versions are alive
     * @throws GateShutException naming the instances that would be cut off
     * @throws NothingToDoException where no version above it is live
     * @throws UnknownVersionException where it is neither the base version nor a migration above it
     */
    public ActReport rollback(@Nullable String to, boolean force, Actor actor) {
        throw new UnsupportedOperationException();
    }

    /** The state of the base schema, read now. */
    public Status status() {
        throw new UnsupportedOperationException();
    }

    /** One migration in full; empty for an unknown one. */
    public Optional<MigrationDetail> describe(String migration) {
        throw new UnsupportedOperationException();
    }

    /**
     * Holds the running backfill, or lets it go on.
     *
     * @param paused whether to hold
     * @param knobs settings to change while it runs: {@code window} (pages) and {@code stripes}; empty for none
     * @throws IllegalArgumentException for an unknown knob or a value that it cannot take
     */
    public Status backfill(@Nullable Boolean paused, Map<String, String> knobs) {
        throw new UnsupportedOperationException();
    }

    /**
     * Registers a running instance of this build's version and keeps its heartbeat.
     *
     * @throws VersionRetiredException where the version is not live or is being closed
     */
    public InstanceRegistration register(String application, String host) {
        throw new UnsupportedOperationException();
    }
}
