package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.GateShutException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.ActRecord.JournalledStep;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the steps of an act that are not done, and marks each in the transaction that does it. */
final class Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
    private static final Pattern LOCKED = Pattern.compile("^LOCK TABLE (.+) IN ");

    private final ActRecord act;
    private final Session session;
    private final Journal journal;
    private final Settings settings;
    private final LockRetry retry;
    private final IdleBlockers idle;
    private final MaintenanceLock maintenance;
    private final Backfiller backfiller;
    private final AuthorsScripts scripts;
    private final Runnable mayGoOn;
    private String at = "";

    Executor(ActRecord act, Session session, Settings settings, PgTandemListener listener) {
        this.act = act;
        this.session = session;
        this.settings = settings;
        this.journal = new Journal(session.jdbc(), settings.schema());
        this.mayGoOn = CallOff.refusal(act, journal);
        this.retry = new LockRetry(session.jdbc(), settings, listener, mayGoOn);
        this.idle = new IdleBlockers(session.jdbc(), settings);
        this.maintenance = new MaintenanceLock(session);
        this.scripts = new AuthorsScripts(session, settings, journal);
        this.backfiller = new Backfiller(session, settings, retry, listener, mayGoOn);
    }

    /**
     * Runs the act to its end.
     *
     * @param finish what is recorded in the transaction of the last step
     */
    void run(Runnable finish) {
        run(false, finish);
    }

    /**
     * Runs the act to its end, or until instances may be pinned to the version that it makes.
     *
     * @return whether it is at its end
     */
    boolean run(boolean onlyOpen, Runnable finish) {
        List<JournalledStep> steps = journal.steps(act.id());
        Set<String> authors = scripts.among(act, steps);
        boolean open = false;
        for (int i = 0; i < steps.size(); i++) {
            JournalledStep journalled = steps.get(i);
            Step step = journalled.step();
            if (!journalled.isDone() && onlyOpen && open) {
                mayGoOn.run();
                return false;
            }
            open |= step.opens();
            if (journalled.isDone()) {
                continue;
            }
            LockRetry.refuseInterrupted();
            String what = act.act().name().toLowerCase(java.util.Locale.ROOT) + " " + step.migration() + ", step "
                    + (i + 1) + "/" + steps.size() + " (" + step.description() + ")";
            at = step.migration() + ", step " + (i + 1) + "/" + steps.size() + " (" + step.description() + "): ";
            long began = System.nanoTime();
            switch (step.kind()) {
                case TRANSACTION -> {
                    LongConsumer work = authors.contains(step.id())
                            ? millis -> scripts.run(act, step)
                            : millis -> statements(step, millis);
                    transaction(step, what, work, i == steps.size() - 1 ? finish : () -> {});
                }
                case CONCURRENT -> concurrent(step, what);
                case PARTITIONS -> partitions(step, what);
                case BACKFILL -> backfiller.run(act, step);
            }
            LOG.info("{}: done in {} ms", what, (System.nanoTime() - began) / 1_000_000);
        }
        return true;
    }

    /** The step at work, to begin a sentence with; empty before the first. */
    String at() {
        return at;
    }

    private void transaction(Step step, String what, LongConsumer work, Runnable finish) {
        boolean strong = step.lock() == null || !step.lock().startsWith("SHARE UPDATE");
        List<String> tables = tables(step);
        if (strong) {
            retry.awaitLeave(what, tables);
        }
        // What is repeated as a whole, or has to be built meanwhile, has no use for a short try.
        boolean quick = step.lock() != null && step.statements().stream().noneMatch(Statement::bounds);
        retry.run(
                what,
                tables,
                (attempt, upTo) -> {
                    if (strong && step.lock() != null && attempt > 1) {
                        maintenance.await(tables);
                    }
                    long millis = quick ? upTo : settings.lockTimeout().toMillis();
                    session.inTransaction(() -> {
                        // A scan under a weak lock keeps nobody waiting, so it may wait as long as the budget lasts.
                        lockTimeout(
                                strong
                                        ? strongTimeout(step, millis, 0)
                                        : settings.lockBudget().toMillis(),
                                true);
                        work.accept(millis);
                        if (step.opens()) {
                            // Whoever calls it off from here on finds the version open.
                            CallOff.refuse(journal.lock(act.id()));
                        }
                        journal.done(act.id(), step.id());
                        finish.run();
                    });
                },
                () -> {
                    if (strong) {
                        idle.end(tables, isInTheWayOfReaders(step));
                        retry.awaitLeave(what, tables);
                    }
                });
    }

    /** A trigger alone is made beside readers of the table; a view is not replaced beside its own. */
    private static boolean isInTheWayOfReaders(Step step) {
        return !Statement.SHARE_ROW_EXCLUSIVE.equals(step.lock())
                || step.statements().stream().anyMatch(s -> s.startsWith("DROP VIEW"));
    }

    private void statements(Step step, long millis) {
        session.useBaseSchema(settings.schema());
        List<String> first = new ForeignKeyLocks(session.jdbc()).before(step);
        if (!first.isEmpty()) {
            lockTimeout(strongTimeout(step, millis, first.size()), true);
            first.forEach(session.jdbc()::execute);
        }
        boolean looked = step.known() == null;
        for (String statement : step.statements()) {
            if (!looked && statement.contains(" DROP COLUMN ")) {
                refuseLoss(step);
                looked = true;
            }
            session.jdbc().execute(statement);
        }
    }

    /** Since the gate, somebody may have made something on the table; once we hold its lock, nobody can any more. */
    private void refuseLoss(Step step) {
        String table = Objects.requireNonNull(qualified(step));
        boolean isThere = Boolean.TRUE.equals(
                session.jdbc().queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, table));
        if (isThere) {
            lock(table);
            new OthersObjects(session.jdbc(), new StateStore(session.jdbc(), settings.schema()), settings)
                    .loss(step)
                    .ifPresent(r -> {
                        throw new GateShutException(r.problem(), r.remedy());
                    });
        }
    }

    private void lock(String table) {
        session.jdbc().execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }

    private void concurrent(Step step, String what) {
        journal.begun(act.id(), step.id());
        lockTimeout(settings.lockBudget().toMillis(), false);
        retry.run(what, tables(step), () -> {
            session.jdbc().execute("SET search_path = " + id(settings.schema()));
            try {
                step.statements().forEach(session.jdbc()::execute);
            } finally {
                session.jdbc().execute("SET search_path = ''");
            }
        });
        lockTimeout(0, false);
        journal.done(act.id(), step.id());
    }

    /** The database says what is left to do, so that partitions may come and go meanwhile. */
    private void partitions(Step step, String what) {
        journal.begun(act.id(), step.id());
        for (String query : step.statements()) {
            for (Optional<String> next = next(query); next.isPresent(); next = next(query)) {
                partition(step, what + ": " + next.get(), next.get());
            }
        }
        journal.done(act.id(), step.id());
    }

    private Optional<String> next(String query) {
        session.jdbc().execute("SET search_path = " + id(settings.schema()));
        try {
            return Optional.ofNullable(session.jdbc().queryForObject(query, String.class));
        } finally {
            session.jdbc().execute("SET search_path = ''");
        }
    }

    private void partition(Step step, String what, String statement) {
        // Neither keeps writers waiting, so both may wait for them.
        boolean patient = statement.contains(" CONCURRENTLY ") || statement.contains(" VALIDATE ");
        List<String> tables = tables(step);
        LockRetry.Work work = (attempt, millis) -> {
            if (!patient && attempt > 1) {
                maintenance.await(tables);
            }
            lockTimeout(patient ? settings.lockBudget().toMillis() : millis, false);
            session.jdbc().execute("SET search_path = " + id(settings.schema()));
            try {
                session.jdbc().execute(statement);
            } finally {
                session.jdbc().execute("SET search_path = ''");
            }
        };
        retry.run(what, tables, work, () -> {});
        lockTimeout(0, false);
    }

    /** The whole step may hold writers up for so long, not each of the locks that it takes one by one. */
    private static long strongTimeout(Step step, long millis, int first) {
        long others = step.statements().stream()
                .filter(s -> s.startsWith("DROP VIEW") || s.startsWith("LOCK TABLE"))
                .count();
        return Math.max(1, millis / (1 + others + first));
    }

    private void lockTimeout(long millis, boolean local) {
        session.jdbc()
                .queryForObject("SELECT set_config('lock_timeout', ?, ?)", String.class, String.valueOf(millis), local);
    }

    /** The tables whose locks a step waits for. */
    private List<String> tables(Step step) {
        return Stream.of(
                        Stream.ofNullable(qualified(step)),
                        ForeignKeyLocks.named(step).stream(),
                        new ForeignKeyLocks(session.jdbc()).dropped(step).stream(),
                        step.statements().stream()
                                .map(LOCKED::matcher)
                                .filter(Matcher::find)
                                .map(found -> found.group(1)))
                .flatMap(tables -> tables)
                .distinct()
                .toList();
    }

    private @Nullable String qualified(Step step) {
        return step.table() == null ? null : id(settings.schema(), step.table());
    }
}
