package io.github.pgtandem.cases;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.VersionRetiredException;
import io.github.pgtandem.fixture.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A folder of {@code cases}: {@code before.sql}, {@code migration.yaml}, and {@code after.sql}, which is what somebody
 * would write by hand.
 *
 * @param name operation and kind
 */
public record Case(String name, Path folder) {

    public static final String BASELINE = "0000_baseline";
    public static final String MIGRATION = "0001_migration";

    private static final Actor OLD = new Actor("test", "old instance");

    private static final Path CASES = Path.of("src/test/resources/cases");

    /** All, or those whose name begins as the system property {@code cases.only} says, a list with commas. */
    public static List<Case> all() {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(f -> f.endsWith("migration.yaml"))
                    .map(Path::getParent)
                    .map(f -> new Case(CASES.relativize(f).toString(), f))
                    .filter(c -> isAsked(c.name()))
                    .sorted(java.util.Comparator.comparing(Case::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a name is among those asked for, or all are. */
    static boolean isAsked(String name) {
        return Arrays.stream(System.getProperty("cases.only", "").split(",")).anyMatch(name::startsWith);
    }

    public String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the migration gives rows other values each time; {@code volatile.txt} says why. */
    public boolean isVolatile() {
        return Files.exists(folder.resolve("volatile.txt"));
    }

    /** Views that belong to the version: {@code after.sql} names them, as the base schema does not hold them. */
    public List<String> viewsOfTheVersion() {
        String mark = "-- view of the version: ";
        return text("after.sql")
                .lines()
                .filter(l -> l.startsWith(mark))
                .map(l -> l.substring(mark.length()))
                .toList();
    }

    public Release release() {
        return Release.parse(List.of(new MigrationFile("db/" + MIGRATION + ".yaml", text("migration.yaml"))));
    }

    /** The engine of an instance that ships the case's migration to a database that had tables before. */
    public PgTandem engine(Database database) {
        return engine(database.dataSource(), new PgTandemListener() {});
    }

    /** A build without the migration starts, or is told that its version is closed. */
    public void oldInstanceStarts(Database database) {
        Release old = Release.parse(List.of(new MigrationFile("db/" + BASELINE + ".yaml", "operations: []")));
        Settings settings = Settings.forSchema("public").withBaseline(BASELINE);
        try {
            new PgTandem(database.dataSource(), old, settings, new PgTandemListener() {}).start(OLD);
        } catch (VersionRetiredException e) {
            // It has just completed what retires it.
        }
    }

    public PgTandem engine(DataSource dataSource, PgTandemListener listener) {
        return new PgTandem(dataSource, release(), Settings.forSchema("public").withBaseline(BASELINE), listener);
    }

    @Override
    public String toString() {
        return name;
    }
}
