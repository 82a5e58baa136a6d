package io.github.pgtandem.test;

import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * What a build should know about its migrations before they meet a real database. The database given is for this alone:
 * it holds, at its base version, what the release before left there, best with some rows, and is changed.
 */
public final class PgTandemAssertions {

    static final String LOCATION = "classpath:db/pgtandem";

    private static final String SCHEMA = "public";
    private static final Actor ACTOR = new Actor("test", "test");

    private PgTandemAssertions() {}

    /** The migrations on the classpath can be read; all problems are told at once. Gives the release. */
    public static Release assertMigrationsValid() {
        return assertMigrationsValid(LOCATION);
    }

    /** The migrations in these folders can be read; all problems are told at once. Gives the release. */
    public static Release assertMigrationsValid(String... locations) {
        try {
            return MigrationFiles.release(locations);
        } catch (PgTandemException | IllegalArgumentException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Expanding the pending migrations and rolling them back leaves the schema {@code public} as it was. */
    public static void assertRollsBackCleanly(DataSource dataSource, Release release) {
        PgTandem tandem = tandem(dataSource, release);
        List<String> before = SchemaFacts.read(dataSource, SCHEMA);
        carriedOut("expand", () -> tandem.expand(ACTOR));
        carriedOut("rollback", () -> tandem.rollback(null, true, ACTOR));
        List<String> after = SchemaFacts.read(dataSource, SCHEMA);
        String difference = SchemaFacts.difference(before, after);
        if (!difference.isEmpty()) {
            throw new AssertionError("After expand and rollback of %s the schema %s is not as before:\n%s"
                    .formatted(release.names(), SCHEMA, difference));
        }
    }

    /** The pending migrations can be expanded and completed, and none is left open. */
    public static void assertCompletes(DataSource dataSource, Release release) {
        PgTandem tandem = tandem(dataSource, release);
        carriedOut("expand", () -> tandem.expand(ACTOR));
        carriedOut("complete", () -> tandem.complete(null, true, ACTOR));
        List<String> open = tandem.status().migrations().stream()
                .filter(migration -> migration.state() != MigrationState.COMPLETED)
                .map(Status.Migration::name)
                .toList();
        if (!open.isEmpty()) {
            throw new AssertionError("After complete these migrations are not completed: " + open);
        }
    }

    private static PgTandem tandem(DataSource dataSource, Release release) {
        return new PgTandem(dataSource, release, Settings.forSchema(SCHEMA), new PgTandemListener() {});
    }

    private static void carriedOut(String act, Supplier<ActReport> attempt) {
        try {
            attempt.get();
        } catch (PgTandemException e) {
            throw new AssertionError("The release cannot %s: %s".formatted(act, e.getMessage()), e);
        }
    }
}
