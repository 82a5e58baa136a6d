package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.GateShutException;
import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.UnknownVersionException;
import io.github.pgtandem.plan.CompletePlan;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Plan;
import io.github.pgtandem.plan.RollbackPlan;
import io.github.pgtandem.plan.Version;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check before complete and rollback: versions that it would close are fenced first, so that no new instance slips
 * in, and then must have no instance alive, and no session.
 */
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    /** How long sessions of instances that have signed off may take to go. */
    private static final Duration GOING = Duration.ofSeconds(2);

    private final Session session;
    private final Acts acts;
    private final Settings settings;
    private final StateStore state;

    Gate(Session session, Acts acts, Settings settings) {
        this.session = session;
        this.acts = acts;
        this.settings = settings;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    ActReport complete(@Nullable String to, boolean force, Actor actor) {
        Model model = model();
        Optional<ActReport> goneOn = goneOn(Act.COMPLETE, to, model);
        if (goneOn.isPresent()) {
            return goneOn.get();
        }
        if (model.versions().size() == 1) {
            throw new NothingToDoException(
                    "version " + model.base().name() + " is completed already, and nothing above it is expanded.",
                    "Start a build that ships new migrations first.");
        }
        String target = to == null ? model.newest().name() : known(model, to);
        if (target.equals(model.base().name())) {
            throw new NothingToDoException(
                    "version " + target + " is completed already.",
                    "Versions to complete: " + names(above(model, target)) + ".");
        }
        List<Version> closing = model.versions().subList(0, indexOf(model, target));
        List<String> migrations = names(model.versions().subList(1, indexOf(model, target) + 1));
        // Whoever is neither at the target nor above it is cut off, also an instance of a version long retired.
        Set<String> safe = Set.copyOf(names(model.versions()
                .subList(indexOf(model, target), model.versions().size())));
        Plan plan = CompletePlan.of(model, target, settings.overlayExclude());
        Plan first = CompletePlan.firstOf(model, target, settings.overlayExclude());
        refuseOthers(model, plan, first, "complete to " + target, actor);
        pass(Act.COMPLETE, target, names(closing), migrations, force, actor, v -> !safe.contains(v));
        return acts.run(plan, actor, force, () -> {});
    }

    ActReport rollback(@Nullable String to, boolean force, Actor actor) {
        Model model = model();
        Optional<ActReport> goneOn = goneOn(Act.ROLLBACK, to, model);
        if (goneOn.isPresent()) {
            return goneOn.get();
        }
        if (model.versions().size() == 1) {
            throw new NothingToDoException(
                    "no version above " + model.base().name() + " is live.",
                    "A completed version cannot be rolled back; ship a new migration instead.");
        }
        String target = to == null ? model.base().name() : known(model, to);
        List<Version> removed = above(model, target);
        if (removed.isEmpty()) {
            throw new NothingToDoException(
                    "version " + target + " is the newest already.",
                    "Name an older one, or none to go back to " + model.base().name() + ".");
        }
        Set<String> closed = Set.copyOf(names(removed));
        Set<String> alive = new Instances(session.jdbc(), settings.schema())
                .alive().stream().map(Status.Instance::version).collect(Collectors.toSet());
        // Whichever of them answer in the end, what is dropped is the same.
        Plan drops = RollbackPlan.of(model, target, c -> true, alive, settings.overlayExclude());
        refuseOthers(model, drops, drops, "roll back to " + target, actor);
        Set<String> answering = pass(
                        Act.ROLLBACK, target, names(removed), names(removed), force, actor, closed::contains)
                .versions();
        return acts.run(
                RollbackPlan.of(model, target, c -> true, answering, settings.overlayExclude()),
                actor,
                force,
                () -> {});
    }

    /** The gate alone, for whoever is not to wait for the lock before it. */
    void passRollback(String target, List<String> closing, List<String> migrations, boolean force, Actor actor) {
        pass(Act.ROLLBACK, target, closing, migrations, force, actor, closing::contains);
    }

    /** The act asked for, where it was cut short before and taking it over has just brought it to its end. */
    private Optional<ActReport> goneOn(Act act, @Nullable String to, Model model) {
        return acts.takenOver(act)
                .filter(r ->
                        to == null ? model.versions().size() == 1 : r.version().equals(to));
    }

    private Model model() {
        return state.model(acts.storage()).orElseThrow(() -> noHistory(settings));
    }

    static NothingToDoException noHistory(Settings settings) {
        return new NothingToDoException(
                "schema " + settings.schema() + " has no history yet.", "Start an instance first.");
    }

    private static int indexOf(Model model, String version) {
        return names(model.versions()).indexOf(version);
    }

    private static List<Version> above(Model model, String version) {
        return model.versions()
                .subList(indexOf(model, version) + 1, model.versions().size());
    }

    private static List<String> names(List<Version> versions) {
        return versions.stream().map(Version::name).toList();
    }

    private static String known(Model model, String version) {
        if (model.find(version).isEmpty()) {
            throw new UnknownVersionException(
                    "\"" + version + "\" is not a live version.",
                    "Live versions, oldest first: " + String.join(", ", names(model.versions())) + ".");
        }
        return version;
    }

    /** What is somebody else's is no more ours to take away by force than without. */
    private void refuseOthers(Model model, Plan plan, Plan first, String what, Actor actor) {
        OthersObjects others = new OthersObjects(session.jdbc(), state, settings);
        others.refusal(model, plan).or(() -> others.loss(model, first)).ifPresent(r -> {
            String problem = "cannot " + what + ": " + r.problem();
            new Journal(session.jdbc(), settings.schema())
                    .refused(plan.act(), plan.migrations(), actor, false, problem);
            throw new GateShutException(problem, r.remedy());
        });
    }

    /** Who is cut off by force, or nobody. */
    private CutOff pass(
            Act act,
            String target,
            List<String> closing,
            List<String> migrations,
            boolean force,
            Actor actor,
            Predicate<String> isClosing) {
        state.fence(closing, true);
        CutOff cutOff = cutOff(isClosing, force);
        if (cutOff.isEmpty()) {
            return cutOff;
        }
        if (force) {
            LOG.warn("The {} is forced and cuts off: {}", act.name().toLowerCase(java.util.Locale.ROOT), cutOff);
            return cutOff;
        }
        String verb = act == Act.COMPLETE ? "complete to " : "roll back to ";
        String problem = "cannot " + verb + target + ": " + cutOff.count() + " would be cut off: " + cutOff + ".";
        session.inTransaction(() -> {
            state.fence(closing, false);
            new Journal(session.jdbc(), settings.schema()).refused(act, migrations, actor, false, problem);
        });
        throw new GateShutException(problem, cutOff.remedy(), cutOff.instances(), cutOff.sessions());
    }

    /** A server process goes a moment after its client. */
    private CutOff cutOff(Predicate<String> isClosing, boolean force) {
        long deadline = System.nanoTime() + GOING.toNanos();
        while (true) {
            CutOff cutOff = CutOff.now(session.jdbc(), settings.schema(), isClosing);
            boolean mayGo = cutOff.instances().isEmpty() && !cutOff.sessions().isEmpty();
            if (!mayGo || force || System.nanoTime() > deadline) {
                return cutOff;
            }
            LockRetry.sleep(50);
        }
    }
}
