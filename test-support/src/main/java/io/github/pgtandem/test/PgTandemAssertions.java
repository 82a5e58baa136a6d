package io.github.pgtandem.test;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a build should know about its migrations before they meet a real database. Locations are folders, as in {@code
 * pgtandem.locations}; none means {@code classpath:db/pgtandem}.
 *
 * <p>The database given is for one assertion alone, which leaves it changed, but for {@code assertMigrationsValid}. It is
 * empty, or holds what the release before left there with every migration completed, best with some rows: bad data is
 * found in rows only. It gives direct connections, not those of a pool.
 *
 * <p>On an empty schema the first migration is only installed, as there is nothing to go back to; those after it are
 * checked.
 */
public final class PgTandemAssertions {

    static final String LOCATION = "classpath:db/pgtandem";

    private PgTandemAssertions() {}

    /** The migrations can be read; all problems are told at once. Asks no database. Gives the release. */
    public static Release assertMigrationsValid(String... locations) {
        try {
            return Release.parse(MigrationFiles.in(locations));
        } catch (PgTandemException | IllegalArgumentException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The same as {@link #assertMigrationsValid(DataSource, Settings, String...)} for the schema {@code public}. */
    public static Release assertMigrationsValid(DataSource dataSource, String... locations) {
        return assertMigrationsValid(dataSource, Settings.forSchema("public"), locations);
    }

    /**
     * The migrations can be read, and PostgreSQL compiles those that the database does not have yet; all problems are told
     * at once. Changes nothing, so any database will do, also one that is in use, or that has every migration. Gives the
     * release.
     *
     * @param settings name the base schema and, for a database whose tables have no history yet, the baseline
     */
    public static Release assertMigrationsValid(DataSource dataSource, Settings settings, String... locations) {
        Release release = assertMigrationsValid(locations);
        try {
            new PgTandem(dataSource, release, settings, new PgTandemListener() {})
                    .validate()
                    .orThrow();
            return release;
        } catch (PgTandemException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The same as {@link #assertRollsBackCleanly(DataSource, Settings, String...)} for the schema {@code public}. */
    public static void assertRollsBackCleanly(DataSource dataSource, String... locations) {
        assertRollsBackCleanly(dataSource, Settings.forSchema("public"), locations);
    }

    /**
     * Expanding and rolling back leaves the base schema and its rows as they were: of all pending migrations as one
     * release, and then of each by itself, on the schema that those before it made when they were completed.
     *
     * @param settings name the base schema and, for a database whose tables have no history yet, the baseline
     */
    public static void assertRollsBackCleanly(DataSource dataSource, Settings settings, String... locations) {
        Trial trial = Trial.of(dataSource, settings, locations);
        if (trial.isInstalledWhole()) {
            return;
        }
        List<String> pending = trial.rollsBack(trial.target());
        for (String migration : pending) {
            trial.rollsBack(migration);
            trial.completes(migration);
        }
    }

    /** The same as {@link #assertCompletes(DataSource, Settings, String...)} for the schema {@code public}. */
    public static void assertCompletes(DataSource dataSource, String... locations) {
        assertCompletes(dataSource, Settings.forSchema("public"), locations);
    }

    /**
     * All pending migrations can be expanded as one release, and completed.
     *
     * @param settings name the base schema and, for a database whose tables have no history yet, the baseline
     */
    public static void assertCompletes(DataSource dataSource, Settings settings, String... locations) {
        Trial trial = Trial.of(dataSource, settings, locations);
        if (!trial.isInstalledWhole()) {
            trial.completes(trial.target());
        }
    }
}
