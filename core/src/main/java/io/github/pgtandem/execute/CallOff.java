package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.Actor;
import io.github.pgtandem.Settings;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import io.github.pgtandem.state.StateStore.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * A rollback does not wait for an expand that it would only take back again. It asks whoever carries that out, or takes
 * it over, to undo it instead: they look before each step, each batch and each try for a lock.
 */
final class CallOff {

    private static final Logger LOG = LoggerFactory.getLogger(CallOff.class);

    static final String REMEDY = "Nothing is lost. Start this build again when its migrations are to be expanded.";

    private final Session session;
    private final Settings settings;
    private final Gate gate;
    private final @Nullable String to;
    private final boolean force;
    private final Actor actor;
    private final StateStore state;
    private final Journal journal;
    private List<String> fenced = List.of();
    private @Nullable ActRecord asked;

    /** @param to the version that is gone back to; null for the base version */
    CallOff(Session session, Settings settings, Gate gate, @Nullable String to, boolean force, Actor actor) {
        this.session = session;
        this.settings = settings;
        this.gate = gate;
        this.to = to;
        this.force = force;
        this.actor = actor;
        this.state = new StateStore(session.jdbc(), settings.schema());
        this.journal = new Journal(session.jdbc(), settings.schema());
    }

    /**
     * Calls off what is under way above the version that is gone back to, if anything is. To be repeated while it is at
     * work: somebody may begin it anew.
     *
     * @throws io.github.pgtandem.GateShutException where the rollback would cut somebody off; nothing is called off then
     */
    void ask() {
        ActRecord act = state.isInstalled() ? underWay() : null;
        if (act == null) {
            return;
        }
        if (act.calledOffBy() != null) {
            cancelStatement(act);
        } else if (!callOff(act, closing(act))) {
            // It has opened meanwhile.
            ask();
            return;
        }
        asked = act;
    }

    /** False where instances may be pinned to a version by now that the gate was not asked about. */
    private boolean callOff(ActRecord act, List<String> closing) {
        if (!closing.isEmpty()) {
            fenced = closing;
            gate.passRollback(to == null ? "the base version" : to, closing, act.migrations(), force, actor);
        }
        boolean[] calledOff = new boolean[1];
        session.inTransaction(() -> {
            journal.lock(act.id());
            calledOff[0] = closing.containsAll(closing(act));
            if (calledOff[0]) {
                journal.callOff(act.id(), actor);
            }
        });
        if (calledOff[0]) {
            LOG.info("Calling off the expand of {} that {} began", act.migrations(), act.actor());
        }
        return calledOff[0];
    }

    /** The lock is there, and the gate is passed once more with it. */
    void over() {
        fenced = List.of();
    }

    /** Lets instances in again where the rollback has not come so far. */
    void release() {
        if (fenced.isEmpty() || !session.isAlive()) {
            return;
        }
        try {
            // Whoever has the lock by now may be at the gate; not whoever expands.
            long act = asked == null ? 0 : asked.id();
            boolean expanding = journal.running().filter(a -> a.id() == act).isPresent();
            if (expanding || new MigratorLock(session.jdbc(), settings).isFree()) {
                state.clearFences(fenced);
            }
        } catch (DataAccessException e) {
            LOG.debug("The fences of {} stay until somebody has the lock", fenced, e);
        }
    }

    private @Nullable ActRecord underWay() {
        ActRecord act = journal.running()
                .filter(a -> a.act() == Act.EXPAND && !a.migrations().isEmpty())
                .orElse(null);
        List<String> names = names();
        // There is nothing below a first installation. A version that is not there is refused. One that is made stays.
        boolean below = !names.isEmpty() && !names.get(0).isEmpty() && (to == null || names.contains(to));
        return below ? act : null;
    }

    private List<String> names() {
        return state.versions().stream().map(Named::name).toList();
    }

    /** Versions that instances may be pinned to. */
    private List<String> closing(ActRecord act) {
        List<String> names = names();
        List<String> closing = new ArrayList<>(names.subList(to == null ? 1 : names.indexOf(to) + 1, names.size()));
        if (OwnVersion.isOpen(journal.steps(act.id()))) {
            closing.add(act.migrations().get(act.migrations().size() - 1));
        }
        return closing;
    }

    /** What builds an index, looks through a table or is the author's own may take very long. */
    private void cancelStatement(ActRecord act) {
        try {
            session.jdbc().query("""
                            SELECT pg_cancel_backend(a.pid)
                            FROM pg_locks l
                            JOIN pg_stat_activity a ON a.pid = l.pid
                            WHERE a.state = 'active' AND clock_timestamp() - a.query_start > interval '1 second' AND %s
                              AND EXISTS (SELECT FROM pgtandem.act WHERE id = ? AND state = 'RUNNING' AND result IS NULL)
                            """.formatted(Instances.LOCK_HELD), row -> {}, settings.schema(), act.id());
        } catch (DataAccessException e) {
            // Of another role: it comes to its end by itself.
            LOG.debug("The statement at work cannot be canceled", e);
        }
    }

    /** The expand that was last called off; empty where none was under way. */
    Optional<ActRecord> asked() {
        return Optional.ofNullable(asked);
    }

    /** What refuses to go on with an expand that is called off. */
    static Runnable refusal(ActRecord act, Journal journal) {
        return act.act() == Act.EXPAND && !act.migrations().isEmpty() ? () -> refuse(journal.find(act.id())) : () -> {};
    }

    /** Refuses to go on with an expand, as it is now, that is called off. */
    static void refuse(ActRecord act) {
        failure(act).ifPresent(e -> {
            throw e;
        });
    }

    /** The reason of an expand that is called off to fail; empty for any other. */
    static Optional<ActFailedException> failure(ActRecord act) {
        return Optional.ofNullable(act.calledOffBy())
                .map(by -> new ActFailedException("called off by " + by + ".", REMEDY));
    }
}
