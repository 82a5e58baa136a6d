package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.HistoryMismatchException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.execute.Engine.Started;
import io.github.pgtandem.migration.ReleaseFiles;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.ActRecord.JournalledStep;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import io.github.pgtandem.state.StateStore.Applied;
import io.github.pgtandem.state.StateStore.Named;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the database knows of this build's version. Takes no lock. */
final class OwnVersion {

    private final Session session;
    private final ReleaseFiles release;
    private final Settings settings;
    private final StateStore state;

    OwnVersion(Session session, ReleaseFiles release, Settings settings) {
        this.session = session;
        this.release = release;
        this.settings = settings;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    /** Nothing to do is found out without the lock, so that restarts wait for nobody. */
    @Nullable
    Started alreadyThere() {
        return !state.isInstalled() || isActing() && isNobodyAtWork() ? null : known();
    }

    /** The same, or open. */
    @Nullable
    Started alreadyOpen() {
        Started there = alreadyThere();
        return there != null ? there : open();
    }

    /** Live with all of this build's migrations, or null. */
    @Nullable
    Started live() {
        return state.isInstalled() ? known() : null;
    }

    private @Nullable Started known() {
        return all(newer -> {
            List<Named> versions = served();
            return versions.isEmpty() ? null : Started.of(versions, newer, null);
        });
    }

    /** What there is for a build whose migrations are all applied, from the migrations behind them; else null. */
    private @Nullable Started all(Function<List<String>, @Nullable Started> found) {
        List<Applied> applied = state.applied();
        if (applied.stream().noneMatch(Applied::completed)) {
            return null;
        }
        Decision unchanged = Decision.ofUnchanged(release, applied);
        Decision decision = unchanged == null ? Decision.of(release.migrations(), state.history()) : unchanged;
        return decision.pending().isEmpty() ? found.apply(decision.newer()) : null;
    }

    /** Open to instances while its expand is still under way, or null. */
    @Nullable
    Started open() {
        if (!state.isInstalled()) {
            return null;
        }
        Journal journal = new Journal(session.jdbc(), settings.schema());
        ActRecord act = journal.running()
                .filter(a -> a.act() == Act.EXPAND && a.calledOffBy() == null)
                .orElse(null);
        List<String> migrations = act == null ? List.of() : act.migrations();
        if (migrations.isEmpty()
                || !migrations.get(migrations.size() - 1).equals(release.target())
                || !isOpen(journal.steps(act.id()))) {
            return null;
        }
        return all(newer -> Started.open(state.versionsAfter(act), newer));
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
                        .fenced(release.target())
                        .orElse(false);
        return closing ? null : live;
    }

    /** The versions there are, if this one has a schema among them; else none. */
    List<Named> served() {
        List<Named> versions = state.versions();
        String served = versions.stream()
                .filter(v -> v.name().equals(release.target()))
                .map(Named::schema)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        String expected = Identifiers.versionSchema(settings.schema(), release.targetVersionSchema());
        if (served != null && !served.equals(expected)) {
            throw new HistoryMismatchException(
                    release.targetPath() + ": the schema of version " + release.target() + " is \"" + served
                            + "\" in the database, but \"" + expected + "\" by this file.",
                    "Restore the file's \"version_schema\", or ship a further migration.");
        }
        return served == null ? List.of() : versions;
    }

    /** Whether it is the newest, and nobody of another version was alive for a while, or is now. */
    boolean isAloneFor(Duration soak) {
        if (!state.isInstalled() || isActing() && !isNobodyAtWork()) {
            return false;
        }
        String version = release.target();
        List<String> live = state.versions().stream().map(Named::name).toList();
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
        return new Journal(session.jdbc(), settings.schema())
                .unfinished(state::newest)
                .isPresent();
    }
}
