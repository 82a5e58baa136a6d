package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.LockNotAcquiredException;
import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.UnsupportedDatabaseException;
import io.github.pgtandem.Validation;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ReleaseFiles;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import io.github.pgtandem.state.StateStore.Named;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Brings a base schema to a release, completes and rolls back; everything under the migrator's lock. */
public final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final DataSource dataSource;
    private final ReleaseFiles release;
    private final Settings settings;
    private final PgTandemListener listener;

    public Engine(DataSource dataSource, ReleaseFiles release, Settings settings, PgTandemListener listener) {
        this.dataSource = dataSource;
        this.release = release;
        this.settings = settings;
        this.listener = listener;
    }

    /** What {@link #start} found and did. */
    public record Started(
            @Nullable String base,
            List<String> live,
            List<String> newer,
            @Nullable ActReport expanded,
            boolean ready) {

        /** A version whose expand has not come to its end. */
        static Started open(List<Named> after, List<String> newer) {
            Started all = of(after, newer, null);
            return new Started(all.base(), all.live(), newer, null, false);
        }

        static Started of(List<Named> versions, List<String> newer, @Nullable ActReport expanded) {
            // An empty schema has no base version yet.
            String base =
                    versions.get(0).name().isEmpty() ? null : versions.get(0).name();
            List<String> live = versions.stream()
                    .skip(1)
                    .filter(v -> v.schema() != null)
                    .map(Named::name)
                    .toList();
            return new Started(base, live, newer, expanded, true);
        }
    }

    /** Brings the database to the release, or finds it there. */
    public Started start(Actor actor) {
        return withSession(session -> {
            Started there = own(session).alreadyThere();
            return there != null ? there : takingOver(session, actor, false);
        });
    }

    /** The same, but does not wait for rows to be filled; see {@link io.github.pgtandem.PgTandem#open}. */
    public Started open(Actor actor) {
        return withSession(session -> {
            OwnVersion own = own(session);
            Started open = own.alreadyOpen();
            return open != null ? open : takingOver(session, actor, true);
        });
    }

    /**
     * An act of others that was cut short and fails when it is taken over is no reason to keep a live version down,
     * unless it closes that version.
     */
    private Started takingOver(Session session, Actor actor, boolean onlyOpen) {
        readFiles();
        try {
            OwnVersion own = own(session);
            // Whoever is pinned to an open version is in use, however long its rows take to be filled.
            Waiting<Started> waiting = onlyOpen
                    ? new Waiting<>(own::alreadyOpen, () -> false)
                    : new Waiting<>(own::alreadyThere, () -> own.open() != null);
            Instant since = new Journal(session.jdbc(), settings.schema()).now();
            return locked(session, actor, onlyOpen, waiting, acts -> {
                refuseFailed(session, since);
                Started open = onlyOpen ? own.open() : null;
                return open != null ? open : arrive(session, acts, actor);
            });
        } catch (ActFailedException | LockNotAcquiredException e) {
            Started there = session.isAlive() ? stayingIn(session, e) : null;
            if (there == null) {
                throw e;
            }
            LOG.error(
                    "{} {} This instance starts all the same, as its version {} is live.",
                    e.problem(),
                    e.remedy(),
                    release.target());
            return there;
        }
    }

    /** Of many that wait for one to expand, each would try what has just failed, or was called off, one after another. */
    private void refuseFailed(Session session, Instant since) {
        new Journal(session.jdbc(), settings.schema())
                .failedSince(since, release.names())
                .filter(act -> isOurs(session, act))
                .ifPresent(act -> {
                    throw new ActFailedException(
                            "the expand of " + act.migrations() + " failed while this instance waited for it: "
                                    + act.result() + ".",
                            act.calledOffBy() == null
                                    ? "Correct the cause, or the migration, and start again."
                                    : CallOff.REMEDY);
                });
    }

    /** Whether it was of the same files; a build may ship corrected ones. */
    private boolean isOurs(Session session, ActRecord act) {
        List<String> applied = new StateStore(session.jdbc(), settings.schema())
                .history().entries().stream()
                        .filter(e -> act.migrations().contains(e.name()))
                        .map(History.Entry::checksum)
                        .toList();
        return applied.equals(release.migrations().stream()
                .filter(m -> act.migrations().contains(m.name()))
                .map(ParsedMigration::checksum)
                .toList());
    }

    /** Whoever ships a file that is none does not touch the database, not even to finish what others have begun. */
    private void readFiles() {
        release.migrations();
    }

    private @Nullable Started stayingIn(Session session, PgTandemException failure) {
        try {
            return own(session).staying();
        } catch (PgTandemException e) {
            // What has just failed is what there is to tell.
            failure.addSuppressed(e);
            return null;
        }
    }

    private OwnVersion own(Session session) {
        return new OwnVersion(session, release, settings);
    }

    private ParsedMigration target() {
        return release.migrations().get(release.size() - 1);
    }

    private Started arrive(Session session, Acts acts, Actor actor) {
        StateStore state = new StateStore(session.jdbc(), settings.schema());
        History history = state.history();
        if (history.applied().isEmpty()) {
            history = new Adoption(session, acts, settings, release.migrations()).run();
        }
        Decision decision = Decision.of(release.migrations(), history);
        acts.look(decision.pending());
        ActReport expanded = acts.takenOver(Act.EXPAND)
                .filter(r -> r.version().equals(release.target()))
                .orElse(null);
        Installation installation = new Installation(session, acts, settings, release.migrations());
        if (installation.isUnderWay(history, decision)) {
            expanded = installation.run(decision.pending(), actor);
        } else if (!decision.pending().isEmpty()) {
            expanded = expand(session, acts, decision.pending(), actor);
        }
        Started open = own(session).open();
        if (open != null) {
            return open;
        }
        refuseCalledOff(session);
        if (own(session).served().isEmpty()) {
            Model model = state.model(acts.storage()).orElseThrow();
            acts.run(new Expander(session, acts, settings).serving(model, target()), actor, false, () -> {});
        }
        return Started.of(own(session).served(), decision.newer(), expanded);
    }

    /** It was called off in the moment in which it opened; whoever has done that undoes it. */
    private void refuseCalledOff(Session session) {
        new Journal(session.jdbc(), settings.schema()).running().ifPresent(CallOff::refuse);
    }

    private ActReport expand(Session session, Acts acts, List<ParsedMigration> pending, Actor actor) {
        StateStore state = new StateStore(session.jdbc(), settings.schema());
        Model model = state.model(acts.storage()).orElseThrow();
        String undoTo = acts.beforeRelease(model);
        LOG.info(
                "Expanding schema {} from version {} to {}: {} pending migrations {}",
                settings.schema(),
                model.newest().name(),
                release.target(),
                pending.size(),
                pending.stream().map(ParsedMigration::name).toList());
        List<ActReport> done = new ArrayList<>();
        List<List<ParsedMigration>> segments = Segments.of(pending);
        for (int i = 0; i < segments.size(); i++) {
            try {
                done.add(new Expander(session, acts, settings)
                        .expand(
                                segments.get(i),
                                Segments.behind(segments, i),
                                i == segments.size() - 1,
                                undoTo,
                                actor));
            } catch (RuntimeException e) {
                boolean begun = i > 0 || !undoTo.equals(model.newest().name());
                throw begun ? acts.takenBack(undoTo, actor, e) : e;
            }
        }
        return Segments.together(Act.EXPAND, done);
    }

    /** Waits until another instance has made the version live. */
    public Started require() {
        return withSession(session -> {
            long deadline = System.nanoTime() + settings.waitForOthers().toNanos();
            long next = 0;
            while (true) {
                Started there = own(session).staying();
                if (there != null) {
                    return there;
                }
                readFiles();
                if (System.nanoTime() > deadline) {
                    throw new PgTandemException(
                            "version " + release.target() + " is not live after "
                                    + settings.waitForOthers().toSeconds() + " s, and pgtandem.startup is require.",
                            "Run the job that expands, or start an instance with pgtandem.startup=expand.");
                }
                if (System.nanoTime() > next) {
                    LOG.info("Waiting for version {} to be made live by another instance or job", release.target());
                    next = System.nanoTime() + settings.progressInterval().toNanos();
                }
                LockRetry.sleep(500);
            }
        });
    }

    /** Expands what is pending. */
    public ActReport expand(Actor actor) {
        Started started = withSession(session -> {
            Started there = own(session).alreadyThere();
            if (there != null) {
                return there;
            }
            readFiles();
            return locked(session, actor, acts -> arrive(session, acts, actor));
        });
        if (started.expanded() == null) {
            throw new NothingToDoException(
                    "every migration of this build is expanded already.", "Deploy a build that ships new ones.");
        }
        return started.expanded();
    }

    /** Validates; see {@link io.github.pgtandem.PgTandem#validate}. */
    public Validation validate() {
        return withSession(session -> new Validator(session, settings, release.migrations()).validate());
    }

    /** Completes; see {@link io.github.pgtandem.PgTandem#complete}. */
    public ActReport complete(@Nullable String to, boolean force, Actor actor) {
        return withSession(session ->
                locked(session, actor, acts -> new Gate(session, acts, settings).complete(to, force, actor)));
    }

    /** Completes after a soak time; see {@link io.github.pgtandem.PgTandem#completeAfter}. */
    public Optional<ActReport> completeAfter(Duration soak, Actor actor) {
        return withSession(session -> {
            if (!own(session).isAloneFor(soak)) {
                return Optional.empty();
            }
            try {
                return Optional.ofNullable(locked(session, actor, acts -> {
                    // Somebody may have expanded something newer meanwhile, or an old build may have come back.
                    return acts.takenOver(Act.COMPLETE)
                            .orElseGet(() -> own(session).isAloneFor(soak)
                                    ? new Gate(session, acts, settings).complete(release.target(), false, actor)
                                    : null);
                }));
            } catch (NothingToDoException e) {
                return Optional.empty();
            }
        });
    }

    /** Pins a login role; see {@link io.github.pgtandem.PgTandem#pinRole}. */
    public void pinRole(String role, List<String> path, Actor actor) {
        withSession(session -> {
            RolePin pin = new RolePin(session.jdbc(), settings, role, path);
            Supplier<@Nullable RolePin> done = () -> pin.isSet() ? pin : null;
            RolePin there = done.get();
            return there != null
                    ? there
                    : locked(session, actor, true, new Waiting<>(done, () -> false), acts -> {
                        // Another instance may just have done it, and works as that role.
                        if (!pin.isSet()) {
                            pin.set();
                        }
                        return pin;
                    });
        });
    }

    /** Rolls back; see {@link io.github.pgtandem.PgTandem#rollback}. */
    public ActReport rollback(@Nullable String to, boolean force, Actor actor) {
        return withSession(session -> {
            Gate gate = new Gate(session, new Acts(session, settings, listener), settings);
            CallOff callOff = new CallOff(session, settings, gate, to, force, actor);
            Waiting<@Nullable ActReport> waiting = new Waiting<>(
                    () -> {
                        callOff.ask();
                        return null;
                    },
                    () -> false);
            try {
                callOff.ask();
                return locked(session, actor, false, waiting, acts -> {
                    callOff.over();
                    callOff.asked().ifPresent(acts::isCalledOff);
                    return new Gate(session, acts, settings).rollback(to, force, actor);
                });
            } finally {
                callOff.release();
            }
        });
    }

    /**
     * How the lock is waited for.
     *
     * @param done what others have done meanwhile that makes the work needless, or null
     * @param patient whether to wait for longer than others do
     */
    private record Waiting<T extends @Nullable Object>(Supplier<@Nullable T> done, BooleanSupplier patient) {

        static <T extends @Nullable Object> Waiting<T> forTheLock() {
            return new Waiting<>(() -> null, () -> false);
        }
    }

    private <T extends @Nullable Object> T locked(Session session, Actor actor, Function<Acts, T> work) {
        return locked(session, actor, false, Waiting.forTheLock(), work);
    }

    private <T extends @Nullable Object> T locked(
            Session session, Actor actor, boolean onlyOpen, Waiting<T> waiting, Function<Acts, T> work) {
        MigratorLock lock = new MigratorLock(session.jdbc(), settings);
        lock.checkServer();
        session.refuseTransactionPooling();
        T done = lock.acquire(waiting.done, waiting.patient);
        if (done != null) {
            return done;
        }
        StateStore state = new StateStore(session.jdbc(), settings.schema());
        Acts acts = new Acts(session, settings, listener);
        if (onlyOpen) {
            acts.onlyOpen(release.target());
        }
        if (!state.isInstalled() || state.isEmpty()) {
            Privileges.check(session.jdbc(), settings.schema());
            new Adoption(session, acts, settings, release.migrations()).rehearse();
            session.inTransaction(state::install);
        }
        // Of whoever died at the gate; taking an act over may fail.
        state.clearFences();
        acts.takeOver(actor);
        state.clearFences();
        try {
            return work.apply(acts);
        } finally {
            new Tidying(session, settings, listener).run();
        }
    }

    private <T> T withSession(Function<Session, T> work) {
        try (Session session = Session.open(dataSource)) {
            return work.apply(session);
        } catch (SQLException e) {
            throw new UnsupportedDatabaseException(
                    "no connection for migrations: " + ServerMessages.text(e).replaceFirst("\\.+$", "") + ".",
                    "Check that PostgreSQL 15 or newer runs there, and pgtandem.url, pgtandem.user and pgtandem.password, or the"
                            + " application's data source.",
                    e);
        } catch (DataAccessException | TransactionException e) {
            if (ServerMessages.isTrouble(e)) {
                throw new PgTandemException(
                        "PostgreSQL could not go on: " + ServerMessages.text(e).replaceFirst("\\.+$", "") + ".",
                        "Look into its log, and try again when it has what it needs. Nothing is lost.",
                        e);
            }
            throw ServerMessages.state(e).equals(ServerMessages.INSUFFICIENT_PRIVILEGE)
                    ? Privileges.missing(ServerMessages.text(e), e)
                    : e;
        }
    }
}
