package io.github.pgtandem;

import io.github.pgtandem.execute.Engine;
import io.github.pgtandem.execute.Registration;
import io.github.pgtandem.execute.StatusReader;
import io.github.pgtandem.state.Instances;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The engine for one base schema of one database: expands it to the release of this build, serves its status, completes
 * and rolls back. Thread-safe; every method opens the connections it needs and closes them.
 */
public final class PgTandem {

    /** The longest soak time, as it is not remembered longer who was alive. */
    public static final Duration MAX_SOAK = Instances.REMEMBERED;

    private final DataSource dataSource;
    private final Release release;
    private final Settings settings;
    private final Engine engine;
    private final StatusReader status;

    /**
     * @param dataSource gives direct, unpinned connections of a role that may create schemas and alter the tables
     * @param release the migrations of this build, at least one
     * @param listener hears what is done
     * @throws IllegalArgumentException for an empty release
     */
    public PgTandem(DataSource dataSource, Release release, Settings settings, PgTandemListener listener) {
        if (release.isEmpty()) {
            throw new IllegalArgumentException("a release needs at least one migration");
        }
        this.dataSource = dataSource;
        this.release = release;
        this.settings = settings;
        this.engine = new Engine(dataSource, release.files(), settings, listener);
        this.status = new StatusReader(dataSource, release.files(), settings, pin());
    }

    /** What instances of this build are pinned to. */
    public Pin pin() {
        return release.pin(settings.schema());
    }

    /**
     * Brings the database to the release of this build, or finds that it is there already. Waits while another instance
     * works.
     *
     * @throws PgTandemException where this instance must not start; the database then is as it was before
     */
    public StartReport start(Actor actor) {
        return report(engine.start(actor));
    }

    /**
     * Does as {@link #start}, but only as far as instances of this build's version need to work: what is written by each
     * version is translated for the others then, but rows that nobody has written since may read as null in new columns,
     * and indexes and constraints of this version may not be there. {@link #start} brings it to its end; where that
     * fails, the version is rolled back and its instances are answered with an error.
     *
     * <p>Where a release moves columns to another table, fills a column of a key or a unique index, alters an enum type, runs
     * SQL, or has views or functions, it is brought to its end at once.
     *
     * @return with {@link StartReport#ready()} false where {@link #start} has something left to do
     * @throws PgTandemException where this instance must not start; the database then is as it was before
     */
    public StartReport open(Actor actor) {
        return report(engine.open(actor));
    }

    /**
     * Never migrates; waits until another instance or job has made this build's version live.
     *
     * @throws PgTandemException where the version is retired, the histories differ, or the wait is over
     */
    public StartReport require() {
        return report(engine.require());
    }

    private StartReport report(Engine.Started started) {
        return new StartReport(
                pin(), started.base(), started.live(), started.newer(), started.expanded(), started.ready());
    }

    /**
     * Expands the pending migrations of this build as one release.
     *
     * @throws NothingToDoException where none is pending
     */
    public ActReport expand(Actor actor) {
        return engine.expand(actor);
    }

    /**
     * Has PostgreSQL compile the pending migrations of this build as an expand would before its first change, and
     * changes nothing. All problems of the release are found at once. Waits for nobody but for locks, each for a short
     * time, and may be asked while instances serve.
     *
     * <p>What only the rows can tell, such as an {@code up} that does not fit one of them, is found when a copy of the
     * data is expanded.
     *
     * @throws PgTandemException where the release cannot be judged on this database: the histories differ, it has tables
     *     but no history, the role lacks privileges, or an act is under way
     */
    public Validation validate() {
        return engine.validate();
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
        return engine.complete(to, force, actor);
    }

    /**
     * Completes up to this build's version, once it is the newest and no instance of another was alive for a while.
     * Asked again and again by any number of instances, one of them does it.
     *
     * @param soak how long instances of this build's version, and of no other, were alive without a gap, at most
     *     {@link #MAX_SOAK}
     * @return what was done, or empty where it is not time, there is nothing to complete, or another instance does it
     * @throws IllegalArgumentException for a negative or longer time
     * @throws GateShutException where something that complete would drop is used
     */
    public Optional<ActReport> completeAfter(Duration soak, Actor actor) {
        if (soak.isNegative() || soak.compareTo(MAX_SOAK) > 0) {
            throw new IllegalArgumentException(
                    "a soak time is from 0 to %d days, not %s".formatted(MAX_SOAK.toDays(), soak));
        }
        return engine.completeAfter(soak, actor);
    }

    /**
     * Rolls back down to a version, which stays live. An expand above it that is under way is not waited for: whoever carries
     * it out undoes it and is told so by an {@link ActFailedException}, as are instances that wait for it.
     *
     * @param to the version, or null for the base version
     * @param force goes through although instances of newer versions are alive
     * @throws GateShutException naming the instances that would be cut off
     * @throws NothingToDoException where no version above it is live
     * @throws UnknownVersionException where it is neither the base version nor a migration above it
     */
    public ActReport rollback(@Nullable String to, boolean force, Actor actor) {
        return engine.rollback(to, force, actor);
    }

    /**
     * Has every session of a login role begin with the search path of this build's version, in this database. For
     * poolers that give a server's connection to another client after each transaction, but keep roles apart. Does
     * nothing where the role has it already. Otherwise nobody may be logged in as that role, nor an instance be alive of
     * the version that it had before.
     *
     * @param role a login role that is no other version's, and not the one that migrates
     * @param path names of schemas, not quoted; {@link Pin#schema()} and {@link Pin#baseSchema()} come first
     * @throws PgTandemException where the role is not there, is in use, or must not be altered by the role that migrates
     * @throws IllegalArgumentException for a path that begins otherwise
     */
    public void pinRole(String role, List<String> path, Actor actor) {
        if (path.size() < 2
                || !path.get(0).equals(pin().schema())
                || !path.get(1).equals(pin().baseSchema())) {
            throw new IllegalArgumentException("%s does not begin with %s".formatted(path, pin().searchPath()));
        }
        engine.pinRole(role, path, actor);
    }

    /** The state of the base schema, read now. */
    public Status status() {
        return status.status();
    }

    /** One migration in full; empty for an unknown one. */
    public Optional<MigrationDetail> describe(String migration) {
        return status.describe(migration);
    }

    /**
     * Holds the running backfill, or lets it go on.
     *
     * @param paused whether to hold, or null to leave that as it is
     * @param knobs settings to change while it runs, as {@link BackfillSettings#with} takes them, or with {@code default}
     *     as value what is to be as configured again; empty for none
     * @throws IllegalArgumentException for an unknown knob or a value that it cannot take
     * @throws NothingToDoException where nothing was ever expanded
     */
    public Status backfill(@Nullable Boolean paused, Map<String, String> knobs, Actor actor) {
        status.control(paused, knobs, actor);
        return status();
    }

    /**
     * Registers a running instance of this build's version and keeps its heartbeat.
     *
     * @throws VersionRetiredException where the version is not live or is being closed
     */
    public InstanceRegistration register(String application, String host) {
        return Registration.of(dataSource, settings, application, host, pin().version());
    }
}
