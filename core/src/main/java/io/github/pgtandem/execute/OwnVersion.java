package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.HistoryMismatchException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.execute.Engine.Started;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Version;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.ActRecord.JournalledStep;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the database knows of this build's version. Takes no lock. */
final class OwnVersion {

    private final Session session;
    private final List<ParsedMigration> release;
    private final Settings settings;
    private final StateStore state;

    OwnVersion(Session session, List<ParsedMigration> release, Settings settings) {
        this.session = session;
        this.release = release;
        this.settings = settings;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    private ParsedMigration target() {
        return release.get(release.size() - 1);
    }

    /** Nothing to do is found out without the lock, so that restarts wait for nobody. */
    @Nullable
    Started alreadyThere() {
        return !state.isInstalled() || isActing() && isNobodyAtWork() ? null : known();
    }

    /** Live with all of this build's migrations, or null. */
    @Nullable
    Started live() {
        return state.isInstalled() ? known() : null;
    }

    private @Nullable Started known() {
        return all(h -> served().map(m -> Started.of(m, h, null)).orElse(null));
    }

    /** What there is for a build whose migrations are all applied, from the migrations behind them; else null. */
    private @Nullable Started all(Function<List<String>, @Nullable Started> found) {
        History history = state.history();
        if (history.base().isEmpty()) {
            return null;
        }
        Decision decision = Decision.of(release, history);
        return decision.pending().isEmpty() ? found.apply(decision.newer()) : null;
    }

    /** Open to instances while its expand is still under way, or null. */
    @Nullable
    Started open() {
        if (!state.isInstalled()) {
            return null;
        }
        Journal journal = new Journal(session.jdbc(), settings.schema());
        ActRecord act = journal.running().filter(a -> a.act() == Act.EXPAND).orElse(null);
        List<String> migrations = act == null ? List.of() : act.migrations();
        if (migrations.isEmpty()
                || !migrations.get(migrations.size() - 1).equals(target().name())
                || !isOpen(journal.steps(act.id()))) {
            return null;
        }
        Model after = state.modelAfter(act, new Schema(settings.schema(), Map.of(), Set.of()));
        return all(newer -> Started.open(after, newer));
    }

    /** Whether instances may be pinned to the version that an expand makes. */
    static boolean isOpen(List<JournalledStep> steps) {
        return steps.stream().anyMatch(s -> s.isDone() && s.step().opens());
    }

    /** The same where no act is about to close it. */
    @Nullable
    Started staying() {
        Started live = live();
        boolean closing = live != null
                && new Instances(session.jdbc(), settings.schema())
                        .fenced(target().name())
                        .orElse(false);
        return closing ? null : live;
    }

    /** The model, if the version has a schema in it. */
    Optional<Model> served() {
        Optional<Model> model = model();
        String served =
                model.flatMap(m -> m.find(target().name())).map(Version::schema).orElse(null);
        String expected = Identifiers.versionSchema(settings.schema(), target().versionSchema());
        if (served != null && !served.equals(expected)) {
            throw new HistoryMismatchException(
                    target().path() + ": the schema of version " + target().name() + " is \"" + served
                            + "\" in the database, but \"" + expected + "\" by this file.",
                    "Restore the file's \"version_schema\", or ship a further migration.");
        }
        return served == null ? Optional.empty() : model;
    }

    /** Whether it is the newest, and nobody of another version was alive for a while, or is now. */
    boolean isAloneFor(Duration soak) {
        if (!state.isInstalled() || isActing() && !isNobodyAtWork()) {
            return false;
        }
        String version = target().name();
        List<String> live = model().map(
                        m -> m.versions().stream().map(Version::name).toList())
                .orElse(List.of());
        return live.size() > 1
                && live.get(live.size() - 1).equals(version)
                && new Instances(session.jdbc(), settings.schema()).isAloneFor(version, soak)
                && CutOff.now(session.jdbc(), settings.schema(), v -> !v.equals(version))
                        .isEmpty();
    }

    /** An act was cut short then, and waits for somebody to take it over. */
    private boolean isNobodyAtWork() {
        return new MigratorLock(session.jdbc(), settings).isFree();
    }

    private boolean isActing() {
        return new Journal(session.jdbc(), settings.schema()).running().isPresent();
    }

    private Optional<Model> model() {
        return state.model(new Schema(settings.schema(), Map.of(), Set.of()));
    }
}
