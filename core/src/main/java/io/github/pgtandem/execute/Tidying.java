package io.github.pgtandem.execute;

import io.github.pgtandem.Actor;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.RetirePlan;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what nobody needs any more, behind the work that somebody waits for: the dead, and schemas of versions that
 * are long closed. Whatever is in the way now will not be for ever. The caller holds the lock.
 */
final class Tidying {

    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

    /** How long a closed version goes on telling its clients so, at least. */
    private static final Duration TOMBSTONES_KEPT = Duration.ofDays(1);

    private final Session session;
    private final Settings settings;
    private final PgTandemListener listener;
    private final StateStore state;

    Tidying(Session session, Settings settings, PgTandemListener listener) {
        this.session = session;
        this.settings = settings;
        this.listener = listener;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    /** What it cannot do stays until the next act. */
    void run() {
        try {
            boolean quiet = session.isAlive()
                    && new Journal(session.jdbc(), settings.schema()).running().isEmpty();
            if (quiet) {
                new Instances(session.jdbc(), settings.schema()).forgetDead();
                removeSchemas();
            }
        } catch (RuntimeException e) {
            LOG.warn("What is left of closed versions stays until the next act: {}", ServerMessages.text(e));
        }
    }

    private void removeSchemas() {
        List<String> closed = state.closedBefore(TOMBSTONES_KEPT);
        Model names =
                state.model(new Schema(settings.schema(), Map.of(), Set.of())).orElse(null);
        if (names == null || names.retired().stream().noneMatch(r -> closed.contains(r.name()))) {
            return;
        }
        Set<String> asking =
                CutOff.now(session.jdbc(), settings.schema(), closed::contains).versions();
        List<String> old = closed.stream().filter(v -> !asking.contains(v)).toList();
        if (names.retired().stream().anyMatch(r -> old.contains(r.name()))) {
            Acts once = new Acts(session, settings.withLockBudget(settings.lockTimeout()), listener);
            Model model = state.model(once.storage()).orElseThrow();
            List<String> free = old.stream().filter(v -> isUnused(model, v)).toList();
            if (!free.isEmpty()) {
                once.run(RetirePlan.of(model, free), new Actor("pgtandem", "tidying"), false, () -> {});
            }
        }
    }

    /** Whether nobody else's object stands on what a closed version answers with; it answers on otherwise. */
    private boolean isUnused(Model model, String version) {
        Set<String> users =
                new OthersObjects(session.jdbc(), state, settings).users(model, RetirePlan.of(model, List.of(version)));
        if (!users.isEmpty()) {
            LOG.warn("The schema of closed version {} is kept, as it is in use: {}", version, String.join("; ", users));
        }
        return users.isEmpty();
    }
}
