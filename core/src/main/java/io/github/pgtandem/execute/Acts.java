package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.GateShutException;
import io.github.pgtandem.LockNotAcquiredException;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.catalog.Reach;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedMigrations;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Plan;
import io.github.pgtandem.plan.RollbackPlan;
import io.github.pgtandem.plan.Version;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.ActRecord.JournalledStep;
import io.github.pgtandem.state.ActRecord.State;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs planned acts, takes over interrupted ones, and undoes an expand that fails. The caller holds the lock. */
final class Acts {

    private static final Logger LOG = LoggerFactory.getLogger(Acts.class);

    private static final String FINISHED_LATER =
            "The live versions go on working. The next instance that starts finishes the rollback.";

    private final Session session;
    private final Settings settings;
    private final PgTandemListener listener;
    private final StateStore state;
    private final Journal journal;
    private @Nullable ActReport takenOver;
    private @Nullable Schema storage;
    private @Nullable String opening;
    private Reach reach = Reach.NOTHING;

    Acts(Session session, Settings settings, PgTandemListener listener) {
        this.session = session;
        this.settings = settings;
        this.listener = listener;
        this.state = new StateStore(session.jdbc(), settings.schema());
        this.journal = new Journal(session.jdbc(), settings.schema());
    }

    /**
     * The tables in flight as they are stored, with those that the migrations at hand may have to do with. They are read
     * once between two acts: the caller looks at them many times as it plans.
     */
    Schema storage() {
        if (storage == null) {
            storage = new StoredTables(session.jdbc(), state, settings).read(reach);
        }
        return storage;
    }

    /** Migrations are about to be planned. */
    void look(List<ParsedMigration> migrations) {
        lookAt(StoredTables.reached(migrations));
    }

    /** Whoever is refused is told of all there is. */
    void lookAtEverything() {
        lookAt(Reach.EVERYTHING);
    }

    boolean looksAtEverything() {
        return reach.whole();
    }

    private void lookAt(Reach next) {
        storage = reach.equals(next) ? storage : null;
        reach = next;
    }

    /** The expand to a version is to go only as far as instances need to be pinned to it; somebody goes on with it then. */
    void onlyOpen(String version) {
        opening = version;
    }

    /** Whether the expand to a version is to go only that far. */
    boolean opens(String version) {
        return version.equals(opening);
    }

    private boolean opens(ActRecord act) {
        List<String> migrations = act.migrations();
        return act.act() == Act.EXPAND && !migrations.isEmpty() && opens(migrations.get(migrations.size() - 1));
    }

    /** Persists a plan and runs it. */
    ActReport run(Plan plan, Actor actor, boolean forced, Runnable alongside) {
        return run(plan, actor, forced, null, alongside);
    }

    /**
     * The same for a part of a release.
     *
     * @param undoTo the version before the release, see {@link #beforeRelease}
     */
    ActReport expand(Plan plan, String undoTo, Actor actor, Runnable alongside) {
        return run(plan, actor, false, undoTo, alongside);
    }

    private ActReport run(Plan plan, Actor actor, boolean forced, @Nullable String undoTo, Runnable alongside) {
        ActRecord[] act = new ActRecord[1];
        session.inTransaction(() -> {
            alongside.run();
            state.move(plan.migrations(), during(plan.act()), null);
            act[0] = journal.begin(plan, actor, forced, undoTo);
        });
        return carryOut(act[0], actor);
    }

    /**
     * The version to go back to where a release fails that is about to be expanded. A part of it may be expanded already,
     * by somebody who was cut short before the next.
     */
    String beforeRelease(Model model) {
        Version newest = model.newest();
        return journal.lastDone()
                .filter(a -> a.act() == Act.EXPAND
                        && newest.schema() == null
                        && a.migrations().contains(newest.name()))
                .map(ActRecord::undoTo)
                .filter(v -> model.find(v).isPresent())
                .orElse(newest.name());
    }

    /** Takes back the parts of a release that were expanded before a later part failed, and tells why that failed. */
    RuntimeException takenBack(String undoTo, Actor actor, RuntimeException why) {
        try {
            rollBackTo(undoTo, actor);
            return why;
        } catch (PgTandemException e) {
            e.addSuppressed(why);
            String reason = why instanceof PgTandemException known ? known.problem() : String.valueOf(why.getMessage());
            return new ActFailedException(
                    reason + " Then the part of the release before it could not be rolled back: " + e.problem(),
                    e.remedy(),
                    e);
        }
    }

    /** Whoever takes an act over that was cut short takes these back, too. */
    private void rollBackTo(String version, Actor actor) {
        if (!session.isAlive() || journal.running().isPresent()) {
            return;
        }
        Model model = state.model(storage()).orElseThrow();
        if (model.find(version).isPresent() && !model.newest().name().equals(version)) {
            Plan plan = RollbackPlan.of(model, version, c -> true, Set.of(), settings.overlayExclude());
            takenBack(run(plan, actor, false, version, () -> {}));
        }
    }

    /** Finishes, or undoes, what an instance that is gone has left. */
    void takeOver(Actor actor) {
        journal.unfinished(state::newest).ifPresent(act -> {
            String undoTo = act.undoTo();
            if (act.state() != State.RUNNING) {
                rollBackTo(Objects.requireNonNull(undoTo), actor);
                return;
            }
            LOG.info(
                    "{} the {} of {} that was begun by {} at {}",
                    OwnVersion.isOpen(journal.steps(act.id())) ? "Going on with" : "Taking over",
                    name(act.act()),
                    act.migrations(),
                    act.actor(),
                    act.startedAt());
            try {
                takenOver = carryOut(act, actor);
            } catch (RuntimeException e) {
                RuntimeException failure = undoTo == null ? e : takenBack(undoTo, actor, e);
                if (failure != e || !isCalledOff(act)) {
                    throw failure;
                }
            }
            if (act.act() == Act.ROLLBACK && undoTo != null) {
                rollBackTo(undoTo, actor);
            }
        });
    }

    /** Whether an expand has been called off and undone; that counts as a rollback that was taken over. */
    boolean isCalledOff(ActRecord asked) {
        if (!session.isAlive() || journal.running().isPresent()) {
            return false;
        }
        ActRecord act = journal.find(asked.id());
        boolean undone = act.calledOffBy() != null && act.state() == State.FAILED;
        if (undone) {
            List<String> migrations = new ArrayList<>(act.migrations());
            // Whoever has undone it has taken back the parts before it.
            migrations.addAll(journal.rolledBackSince(act.id()));
            Duration duration = Duration.between(act.startedAt(), journal.now());
            takenOver = rolledBack(migrations, duration);
        }
        return undone;
    }

    /** Parts of a release count as one. */
    private void takenBack(ActReport part) {
        List<String> migrations = new ArrayList<>(part.migrations());
        Duration duration = part.duration();
        Optional<ActReport> before = takenOver(Act.ROLLBACK);
        if (before.isPresent()) {
            migrations.addAll(before.get().migrations());
            duration = duration.plus(before.get().duration());
        }
        takenOver = rolledBack(migrations, duration);
    }

    private ActReport rolledBack(List<String> migrations, Duration duration) {
        List<String> sorted =
                migrations.stream().distinct().sorted(ParsedMigrations.ORDER).toList();
        return new ActReport(Act.ROLLBACK, sorted, duration, state.newest());
    }

    /** The act that was taken over, if it is of a kind: whoever asks for it again is told that it is done. */
    Optional<ActReport> takenOver(Act act) {
        // Without migrations it is what is left of closed versions that was tidied up.
        return Optional.ofNullable(takenOver)
                .filter(r -> r.act() == act && !r.migrations().isEmpty());
    }

    private ActReport carryOut(ActRecord act, Actor actor) {
        long began = System.nanoTime();
        // Giving a version its schema, or taking it away, is nobody's expand or complete.
        PgTandemListener heard = act.migrations().isEmpty() ? new PgTandemListener() {} : listener;
        heard.started(act.act(), act.migrations());
        Executor executor = new Executor(act, session, settings, listener);
        boolean ended;
        try {
            ended = executor.run(opens(act), () -> finish(act));
        } catch (RuntimeException e) {
            RuntimeException failure = failed(act, actor, executor.at(), e);
            heard.finished(act.act(), act.migrations(), Duration.ofNanos(System.nanoTime() - began), false);
            throw failure;
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - began);
        if (ended) {
            LOG.info("The {} of {} is done in {} ms", name(act.act()), act.migrations(), duration.toMillis());
            heard.finished(act.act(), act.migrations(), duration, true);
        }
        return new ActReport(act.act(), act.migrations(), duration, newest(act));
    }

    private String newest(ActRecord act) {
        Model after = state.modelAfter(act, new Schema(settings.schema(), Map.of(), Set.of()));
        return act.act() == Act.COMPLETE ? after.base().name() : after.newest().name();
    }

    private void finish(ActRecord act) {
        storage = null;
        if (act.act() == Act.EXPAND) {
            // Read while the act counts as running, so that its views are known as ours.
            state.save(state.modelAfter(act, storage()).canonical());
        } else {
            state.adopt(act);
        }
        journal.end(act.id(), State.DONE, null);
        switch (act.act()) {
            case EXPAND -> state.move(act.migrations(), MigrationState.EXPANDED, null);
            case COMPLETE -> {
                state.move(act.migrations(), MigrationState.COMPLETED, null);
                state.retireBelow(newest(act));
            }
            case ROLLBACK -> state.move(act.migrations(), MigrationState.ROLLED_BACK, null);
        }
    }

    private RuntimeException failed(ActRecord act, Actor actor, String at, RuntimeException failure) {
        // Its statement may have been canceled.
        Optional<ActFailedException> calledOff = session.isAlive() && act.act() == Act.EXPAND
                ? CallOff.failure(journal.find(act.id()))
                : Optional.empty();
        RuntimeException cause = calledOff.isPresent() ? calledOff.get() : failure;
        calledOff.ifPresent(c -> journal.failing(act.id(), c.problem()));
        String reason = cause instanceof PgTandemException ? reason(cause) : at + reason(cause);
        // An expand is gone on with; what has closed a version and not touched anything yet opens it again.
        boolean cutShort = !session.isAlive()
                || Thread.currentThread().isInterrupted() && (act.act() == Act.EXPAND || !isUntouched(act));
        if (cutShort) {
            return new ActFailedException(
                    name(act.act()) + " of " + act.migrations() + " was cut short: " + reason + ".",
                    "Nothing is lost: the next instance that starts goes on from the last step that was done.",
                    cause);
        }
        return act.act() == Act.EXPAND && !act.migrations().isEmpty()
                ? undone(act, actor, reason, cause)
                : stuck(act, reason, cause);
    }

    /** A failing expand rolls itself back, so that the old version never notices. */
    private RuntimeException undone(ActRecord act, Actor actor, String reason, RuntimeException cause) {
        LOG.warn("The expand of {} failed and is rolled back: {}", act.migrations(), reason);
        if (isUntouched(act)) {
            session.inTransaction(() -> {
                journal.end(act.id(), State.FAILED, reason);
                state.move(act.migrations(), undoneState(act), reason);
            });
            return rolledBack(act, reason, cause);
        }
        storage = null;
        Model after = state.modelAfter(act, storage());
        String to = before(after, act.migrations().get(0));
        Plan plan = opened(act)
                ? RollbackPlan.of(
                        after, to, begun(act, after), Set.of(after.newest().name()), settings.overlayExclude())
                : RollbackPlan.ofUnserved(
                        state.model(storage()).orElseThrow(), after, to, begun(act, after), settings.overlayExclude());
        ActRecord[] rollback = new ActRecord[1];
        session.inTransaction(() -> {
            journal.end(act.id(), State.FAILED, reason);
            // No instance is let in any more.
            state.move(act.migrations(), MigrationState.ROLLING_BACK, reason);
            rollback[0] = journal.begin(plan, actor, false, act.undoTo());
        });
        try {
            new Executor(rollback[0], session, settings, listener).run(() -> finish(rollback[0]));
            state.move(act.migrations(), undoneState(act), reason);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
            return new ActFailedException(
                    "expand of " + act.migrations() + " failed: " + reason + ". Rolling it back was cut short: "
                            + reason(e) + ".",
                    finishedLater(e),
                    cause);
        }
        return rolledBack(act, reason, cause);
    }

    /** Nobody has failed where somebody wanted it so. */
    private MigrationState undoneState(ActRecord act) {
        return journal.find(act.id()).calledOffBy() == null ? MigrationState.FAILED : MigrationState.ROLLED_BACK;
    }

    private static ActFailedException rolledBack(ActRecord act, String reason, RuntimeException cause) {
        return new ActFailedException(
                "expand of " + act.migrations() + " failed and was rolled back: " + reason + ".",
                cause instanceof PgTandemException known ? known.remedy() : ServerMessages.remedy(cause),
                cause);
    }

    /** Whether instances may be pinned to its version, although the expand has not come to its end. */
    private boolean opened(ActRecord act) {
        return OwnVersion.isOpen(journal.steps(act.id()));
    }

    private static String before(Model after, String migration) {
        List<Version> versions = after.versions();
        for (int i = 1; i < versions.size(); i++) {
            if (versions.get(i).name().equals(migration)) {
                return versions.get(i - 1).name();
            }
        }
        throw new IllegalStateException(migration + " is not above the base version");
    }

    /** The changes of which expand may have left something: those of a step that is done or begun. */
    private Predicate<Change> begun(ActRecord act, Model after) {
        List<JournalledStep> steps = journal.steps(act.id()).stream()
                .filter(s -> s.isDone() || s.begun())
                .toList();
        return change -> {
            List<String> sql = change.expand(after.baseSchema()).stream()
                    .map(io.github.pgtandem.change.Statement::sql)
                    .toList();
            return steps.stream().anyMatch(s -> s.step().statements().stream().anyMatch(sql::contains));
        };
    }

    /**
     * A complete or rollback that has settled a table cannot go back; one that has not is called off. What undoes an expand
     * is not: nobody has asked for it, and there is nothing that could be gone back to.
     */
    private RuntimeException stuck(ActRecord act, String reason, RuntimeException cause) {
        if (act.act() == Act.ROLLBACK && isFinishedLater(act, cause)) {
            return new ActFailedException(
                    "rolling back the failed expand of " + act.migrations() + " was cut short: " + reason + ".",
                    finishedLater(cause),
                    cause);
        }
        boolean untouched = isUntouched(act);
        if (untouched) {
            session.inTransaction(() -> {
                journal.end(act.id(), State.FAILED, reason);
                state.move(act.migrations(), MigrationState.EXPANDED, null);
                state.fence(
                        state.history().applied().stream()
                                .map(io.github.pgtandem.state.History.Entry::name)
                                .toList(),
                        false);
            });
        }
        if (untouched && cause instanceof LockNotAcquiredException) {
            return cause;
        }
        return new ActFailedException(
                name(act.act()) + " of " + act.migrations() + " failed: " + reason + ".",
                remedy(untouched, cause),
                cause);
    }

    private static String reason(RuntimeException failure) {
        String reason = failure instanceof PgTandemException known ? known.problem() : ServerMessages.text(failure);
        return reason.replaceFirst("\\.$", "");
    }

    /** Somebody else's object stays in the way until it is taken away. */
    private static String finishedLater(RuntimeException failure) {
        return failure instanceof GateShutException shut ? shut.remedy() + " " + FINISHED_LATER : FINISHED_LATER;
    }

    private static String remedy(boolean untouched, RuntimeException cause) {
        if (cause instanceof GateShutException shut) {
            return (untouched ? "Nothing has changed. " : "Some of its steps are done, and it goes on from there. ")
                    + shut.remedy();
        }
        return untouched
                ? "Nothing has changed. Correct the cause and try again."
                : "Some of its steps are done. Correct the cause and try again: it goes on from there.";
    }

    /** Of the parts of a release, those before the one that failed stay where it is the author's SQL that cannot undo them. */
    private boolean isFinishedLater(ActRecord rollback, RuntimeException cause) {
        boolean live = state.versions().stream().map(StateStore.Named::name).anyMatch(rollback.migrations()::contains);
        boolean inTheWay = cause instanceof LockNotAcquiredException || cause instanceof GateShutException;
        return !live || rollback.undoTo() != null && inTheWay;
    }

    private boolean isUntouched(ActRecord act) {
        return journal.steps(act.id()).stream().noneMatch(s -> s.isDone() || s.begun());
    }

    private static MigrationState during(Act act) {
        return switch (act) {
            case EXPAND -> MigrationState.EXPANDING;
            case COMPLETE -> MigrationState.COMPLETING;
            case ROLLBACK -> MigrationState.ROLLING_BACK;
        };
    }

    private static String name(Act act) {
        return act.name().toLowerCase(java.util.Locale.ROOT);
    }
}
