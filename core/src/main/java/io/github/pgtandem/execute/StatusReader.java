package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationDetail;
import io.github.pgtandem.MigrationDetail.JournalEntry;
import io.github.pgtandem.MigrationDetail.JournalStep;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.Pin;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ReleaseFiles;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Retired;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.plan.Version;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.Contents;
import io.github.pgtandem.state.Control;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.Progress;
import io.github.pgtandem.state.Sessions;
import io.github.pgtandem.state.StateStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tells what is in the state schema. Takes no lock. */
public final class StatusReader {

    private final DataSource dataSource;
    private final ReleaseFiles release;
    private final Settings settings;
    private final Pin pin;

    public StatusReader(DataSource dataSource, ReleaseFiles release, Settings settings, Pin pin) {
        this.dataSource = dataSource;
        this.release = release;
        this.settings = settings;
        this.pin = pin;
    }

    /** The state of the base schema. */
    public Status status() {
        return with(session -> {
            StateStore state = new StateStore(session.jdbc(), settings.schema());
            Status.Pinned pinned = new Status.Pinned(pin.version(), pin.schema());
            if (!state.isInstalled()) {
                return new Status(
                        settings.schema(),
                        pinned,
                        List.of(),
                        migrations(new History(List.of())),
                        List.of(),
                        null,
                        List.of());
            }
            History history = state.history();
            List<Status.Instance> instances = new Instances(session.jdbc(), settings.schema()).alive();
            List<Status.Session> sessions = new Sessions(session.jdbc(), settings.schema())
                    .of(history.entries().stream().map(History.Entry::name).toList(), v -> true);
            return new Status(
                    settings.schema(),
                    pinned,
                    versions(state, history, new Journal(session.jdbc(), settings.schema()), instances, sessions),
                    migrations(history),
                    new Progress(session.jdbc(), settings.schema()).backfills(),
                    new Control(session.jdbc(), settings.schema()).current().orElse(null),
                    instances);
        });
    }

    private List<Status.Version> versions(
            StateStore state,
            History history,
            Journal journal,
            List<Status.Instance> instances,
            List<Status.Session> sessions) {
        Schema none = new Schema(settings.schema(), Map.of(), Set.of());
        List<Status.Version> versions = new ArrayList<>();
        Optional<Model> model = state.model(none);
        for (Retired retired : model.map(Model::retired).orElse(List.of())) {
            versions.add(version(retired.name(), retired.schema(), VersionState.RETIRED, instances, sessions));
        }
        List<Version> live = model.map(Model::versions).orElse(List.of());
        for (int i = 0; i < live.size(); i++) {
            Version version = live.get(i);
            // There is always a base version, also where no build was made for it; an empty schema has none yet.
            if (version.schema() != null || (i == 0 && !version.name().isEmpty())) {
                String schema = version.schema() == null ? unserved(version.name(), history) : version.schema();
                VersionState as = i == 0 ? VersionState.BASE : VersionState.LIVE;
                versions.add(version(version.name(), schema, as, instances, sessions));
            }
        }
        Optional<ActRecord> running = journal.running().filter(a -> a.act() == Act.EXPAND);
        if (running.isPresent()) {
            for (Version version : state.modelAfter(running.get(), none).versions()) {
                boolean known = live.stream().anyMatch(v -> v.name().equals(version.name()));
                if (!known && version.schema() != null) {
                    versions.add(
                            version(version.name(), version.schema(), VersionState.EXPANDING, instances, sessions));
                }
            }
        }
        return versions;
    }

    private String unserved(String version, History history) {
        String last = history.find(version).map(History.Entry::versionSchema).orElse(version);
        return Identifiers.versionSchema(settings.schema(), last);
    }

    private static Status.Version version(
            String name,
            String schema,
            VersionState state,
            List<Status.Instance> instances,
            List<Status.Session> sessions) {
        long alive = instances.stream().filter(i -> i.version().equals(name)).count();
        long open = sessions.stream().filter(s -> s.version().equals(name)).count();
        return new Status.Version(name, schema, state, (int) alive, (int) open);
    }

    private List<Status.Migration> migrations(History history) {
        List<Status.Migration> migrations = new ArrayList<>();
        for (History.Entry entry : history.entries()) {
            migrations.add(new Status.Migration(
                    entry.name(),
                    entry.state(),
                    entry.checksum(),
                    entry.expandedAt(),
                    entry.completedAt(),
                    entry.rolledBackAt(),
                    entry.error()));
        }
        Set<String> covered = covered(history);
        Set<String> pending = new HashSet<>(release.names());
        history.entries().forEach(entry -> pending.remove(entry.name()));
        pending.removeAll(covered);
        // The files are read for their checksums only where there is one to tell.
        for (ParsedMigration migration : pending.isEmpty() ? List.<ParsedMigration>of() : release.migrations()) {
            if (pending.contains(migration.name())) {
                migrations.add(new Status.Migration(
                        migration.name(), MigrationState.PENDING, migration.checksum(), null, null, null, null));
            }
        }
        return migrations;
    }

    /** Migrations that the baseline stands for. */
    private Set<String> covered(History history) {
        List<History.Entry> entries = history.entries();
        if (entries.isEmpty() || !entries.get(0).checksum().equals(Decision.BASELINE)) {
            return Set.of();
        }
        String baseline = entries.get(0).name();
        return release.names().stream()
                .filter(n -> io.github.pgtandem.migration.ParsedMigrations.ORDER.compare(n, baseline) <= 0)
                .collect(java.util.stream.Collectors.toSet());
    }

    /** One migration in full. */
    public Optional<MigrationDetail> describe(String migration) {
        return with(session -> {
            StateStore state = new StateStore(session.jdbc(), settings.schema());
            History history = state.isInstalled() ? state.history() : new History(List.of());
            Optional<History.Entry> entry = history.find(migration);
            if (entry.isEmpty()) {
                return release.migrations().stream()
                        .filter(m -> m.name().equals(migration))
                        .findFirst()
                        .map(m -> new MigrationDetail(
                                m.name(),
                                MigrationState.PENDING,
                                m.checksum(),
                                Contents.operations(m.json()),
                                List.of(),
                                List.of()));
            }
            Journal journal = new Journal(session.jdbc(), settings.schema());
            List<ActRecord> acts = journal.of(migration);
            List<MigrationDetail.Step> plan = acts.stream()
                    .filter(a -> a.act() == Act.EXPAND)
                    .reduce((first, second) -> second)
                    .map(a -> plan(journal, a, migration))
                    .orElse(List.of());
            return Optional.of(new MigrationDetail(
                    migration,
                    entry.get().state(),
                    entry.get().checksum(),
                    Contents.operations(entry.get().content()),
                    plan,
                    acts.stream().map(a -> entry(journal, a)).toList()));
        });
    }

    private static List<MigrationDetail.Step> plan(Journal journal, ActRecord act, String migration) {
        return journal.steps(act.id()).stream()
                .map(ActRecord.JournalledStep::step)
                .filter(s -> s.migration().equals(migration))
                .map(StatusReader::step)
                .toList();
    }

    private static MigrationDetail.Step step(Step step) {
        io.github.pgtandem.plan.Backfill backfill = step.backfill();
        List<String> expand = backfill == null
                ? step.statements()
                : List.of(backfill.batch(backfill.name(), 0, 0, 0, 1).replace("'(0,0)'", "…"));
        return new MigrationDetail.Step(
                step.id(),
                step.stage().name().toLowerCase(java.util.Locale.ROOT),
                step.table(),
                step.description(),
                step.lock(),
                expand,
                step.complete(),
                step.rollback());
    }

    private static JournalEntry entry(Journal journal, ActRecord act) {
        return new JournalEntry(
                act.act(),
                act.state().name(),
                act.actor(),
                act.source(),
                act.startedAt(),
                act.finishedAt(),
                act.result(),
                journal.steps(act.id()).stream()
                        .map(s -> new JournalStep(s.step().id(), s.step().description(), s.doneAt()))
                        .toList());
    }

    /** Tells running backfills what an operator wants; see {@link io.github.pgtandem.PgTandem#backfill}. */
    public void control(@Nullable Boolean paused, Map<String, String> knobs, Actor actor) {
        with(session -> {
            if (!new StateStore(session.jdbc(), settings.schema()).isInstalled()) {
                throw Gate.noHistory(settings);
            }
            session.inTransaction(() -> {
                Control control = new Control(session.jdbc(), settings.schema());
                control.lock();
                Map<String, String> merged = control.merged(knobs);
                settings.backfill().with(merged);
                control.set(paused, merged, actor);
            });
            return true;
        });
    }

    private <T> T with(Function<Session, T> work) {
        try (Session session = Session.open(dataSource)) {
            return work.apply(session);
        } catch (SQLException e) {
            throw new IllegalStateException("The state of pgtandem could not be read", e);
        }
    }
}
