package io.github.pgtandem.test;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The migrations of a build tried on a database, up to any of them. */
final class Trial {

    private static final Actor ACTOR = new Actor("test", "test");

    private final DataSource dataSource;
    private final Settings settings;
    private final List<MigrationFile> files;
    private final List<String> names;
    private boolean installedWhole;

    private Trial(DataSource dataSource, Settings settings, List<MigrationFile> files, List<String> names) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.files = files;
        this.names = names;
    }

    /** Prepares the database: an empty one gets the first migration. */
    static Trial of(DataSource dataSource, Settings settings, String... locations) {
        Release release = PgTandemAssertions.assertMigrationsValid(locations);
        Trial trial = new Trial(dataSource, settings, MigrationFiles.in(locations), release.names());
        List<Status.Version> versions = trial.upTo(trial.target()).status().versions();
        if (versions.isEmpty() && settings.baseline() == null) {
            String first = trial.names.get(0);
            carriedOut("install " + first, () -> trial.upTo(first).start(ACTOR));
            trial.installedWhole = trial.names.size() == 1;
        }
        List<String> open = versions.stream()
                .filter(v -> v.state() == VersionState.LIVE || v.state() == VersionState.EXPANDING)
                .map(Status.Version::name)
                .toList();
        if (!open.isEmpty()) {
            throw new AssertionError("The database has migrations that are not completed: " + open
                    + ".\nComplete them or roll them back before it is given to an assertion.");
        }
        return trial;
    }

    /** The last migration. */
    String target() {
        return names.get(names.size() - 1);
    }

    /** Whether the database was empty and the first migration is the only one, so that nothing is left to check. */
    boolean isInstalledWhole() {
        return installedWhole;
    }

    /** Expands up to a migration, rolls back and compares; gives what was pending. */
    List<String> rollsBack(String last) {
        PgTandem tandem = upTo(last);
        List<String> before = facts(tandem);
        List<String> pending = expand(tandem, last);
        carriedOut("roll back " + pending, () -> tandem.rollback(null, true, ACTOR));
        String difference = SchemaFacts.difference(before, facts(tandem));
        if (!difference.isEmpty()) {
            throw new AssertionError("After expand and rollback of %s schema %s is not as before (-), but (+):\n%s"
                    .formatted(pending, settings.schema(), difference));
        }
        return pending;
    }

    /** Expands up to a migration and completes. */
    void completes(String last) {
        PgTandem tandem = upTo(last);
        List<String> pending = expand(tandem, last);
        carriedOut("complete " + pending, () -> tandem.complete(null, true, ACTOR));
    }

    private List<String> expand(PgTandem tandem, String last) {
        try {
            return carriedOut("expand up to " + last, () -> tandem.expand(ACTOR))
                    .migrations();
        } catch (NothingToDoException e) {
            throw new AssertionError(
                    "There is nothing to check: the database has every migration up to " + last + " already.\n"
                            + "Give an empty database, or one as the release before left it.",
                    e);
        }
    }

    private PgTandem upTo(String last) {
        Set<String> wanted = Set.copyOf(names.subList(0, names.indexOf(last) + 1));
        Release release = Release.parse(
                files.stream().filter(file -> wanted.contains(file.name())).toList());
        return new PgTandem(dataSource, release, settings, new PgTandemListener() {});
    }

    /** Without the version schemas that are there to stay: the first act on a baseline makes one. */
    private List<String> facts(PgTandem tandem) {
        Set<String> served = tandem.status().versions().stream()
                .map(version -> "schema " + version.schema())
                .collect(Collectors.toSet());
        return SchemaFacts.read(dataSource, settings.schema()).stream()
                .filter(fact -> !served.contains(fact))
                .toList();
    }

    private static <T> T carriedOut(String act, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (NothingToDoException e) {
            throw e;
        } catch (PgTandemException e) {
            throw new AssertionError("Cannot %s: %s".formatted(act, e.getMessage()), e);
        }
    }
}
