package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * P1, P4, P5 and P7 for three migrations, a, b and c, of which the later ones go on with what the earlier ones made:
 * whatever way leads to a version ends in the catalogue that comes from completing each migration at once, and what the
 * live versions read is the same before and after each act.
 *
 * <p>A file of {@code paths} has the tables, the operations of each migration, and what each version reads and writes,
 * one statement a line. {@code refused} names the ways that are refused when they begin: {@code apart}, {@code together}
 * or {@code file}.
 */
class PathsTest {

    private static final Path PATHS = Path.of("src/test/resources/paths");
    private static final String A = "0001_a";
    private static final String B = "0002_b";
    private static final String C = "0003_c";
    private static final List<String> ALL = List.of(Fleet.BASE, A, B, C);

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final Map<String, Database> completed = new LinkedHashMap<>();
    private final Map<String, Database> expanded = new LinkedHashMap<>();
    private final List<Database> open = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> everyWayToAVersionEndsTheSame() throws IOException {
        String only = System.getProperty("cases.only", "");
        try (Stream<Path> files = Files.list(PATHS)) {
            return files.filter(f -> f.getFileName().toString().startsWith(only)).sorted().toList().stream()
                    .map(f -> dynamicTest(f.getFileName().toString(), () -> new PathsTest().run(f)));
        }
    }

    @AfterEach
    void close() {
        open.forEach(Database::close);
    }

    private void run(Path file) throws IOException {
        String part = "";
        for (String line : Files.readAllLines(file)) {
            part = line.startsWith("=== ") ? line.substring(4) : part;
            parts.merge(part, line.startsWith("=== ") ? "" : line + "\n", String::concat);
        }
        try {
            one();
            apart();
            together();
            file();
        } finally {
            close();
        }
        assertThat(failures).isEmpty();
    }

    private String part(String version, String what) {
        return parts.getOrDefault((version.equals(Fleet.BASE) ? "tables" : version.substring(5)) + what, "");
    }

    private Fleet fleet(Database database) {
        Fleet fleet = Fleet.unstarted(database);
        ALL.subList(1, 4).forEach(v -> fleet.with(v, part(v, "")));
        return fleet;
    }

    private Database begun() {
        Database database = Postgres.current().database();
        open.add(database);
        database.execute(parts.get("tables"));
        fleet(database).build(Fleet.BASE).start(Fleet.TEST);
        return database;
    }

    private Database kept(Database database) {
        Database copy = database.copy();
        open.add(copy);
        return copy;
    }

    /** What all ways are compared with. */
    private void one() {
        Database database = begun();
        completed.put(Fleet.BASE, kept(database));
        for (String version : ALL.subList(1, 4)) {
            fleet(database).live(version).build(version).complete(null, true, Fleet.TEST);
            completed.put(version, kept(database));
        }
    }

    private boolean isRefused(String way, Runnable expand) {
        if (!parts.getOrDefault("refused", "").lines().toList().contains(way)) {
            expand.run();
            return false;
        }
        assertThatThrownBy(expand::run).as(way).isInstanceOf(InvalidMigrationException.class);
        return true;
    }

    private void apart() {
        Database database = begun();
        boolean refused = isRefused("apart", () -> {
            expanded.put(Fleet.BASE, kept(database));
            for (String version : ALL.subList(1, 4)) {
                fleet(database).live(version);
                expanded.put(version, kept(database));
            }
        });
        if (!refused) {
            ways("apart", database, ALL);
        }
    }

    private void together() {
        Database database = begun();
        if (!isRefused("together", () -> fleet(database).live(C))) {
            ways("together", database, List.of(Fleet.BASE, C));
        }
    }

    private void file() {
        Database database = begun();
        Fleet fleet = Fleet.unstarted(database).with(A, part(A, "") + part(B, "") + part(C, ""));
        if (!isRefused("file", () -> fleet.live(A))) {
            on("file: rollback", database, other -> {
                Fleet copy = Fleet.unstarted(other.database()).with(A, part(A, "") + part(B, "") + part(C, ""));
                copy.build(A).rollback(null, true, Fleet.TEST);
                compare(copy, completed.get(Fleet.BASE));
            });
            fleet.build(A).complete(null, true, Fleet.TEST);
            compare(fleet, completed.get(C));
        }
    }

    private void ways(String way, Database database, List<String> served) {
        boolean apart = served.equals(ALL);
        for (String to : ALL.subList(0, 3)) {
            List<String> left =
                    served.stream().filter(v -> v.compareTo(to) <= 0).toList();
            on(way + ": rollback to " + to, database, fleet -> {
                keepingReads(fleet, served, left, () -> fleet.build(C).rollback(to, true, Fleet.TEST));
                if (apart) {
                    assertThat(fleet.catalogue()
                                    .difference(fleet(expanded.get(to)).catalogue()))
                            .isEmpty();
                }
                write(fleet, left);
                if (!to.equals(Fleet.BASE)) {
                    fleet.live(to).build(to).complete(null, true, Fleet.TEST);
                }
                compare(fleet, completed.get(to));
            });
            on(way + ": rollback to " + to + ", and again", database, fleet -> {
                fleet.build(C).rollback(to, true, Fleet.TEST);
                fleet.live(C).build(C).complete(null, true, Fleet.TEST);
                compare(fleet, completed.get(C));
            });
        }
        for (String to : ALL.subList(1, 4)) {
            List<String> left =
                    served.stream().filter(v -> v.compareTo(to) >= 0).toList();
            on(way + ": complete to " + to, database, fleet -> {
                keepingReads(fleet, served, left, () -> fleet.build(C).complete(to, true, Fleet.TEST));
                if (!to.equals(C)) {
                    fleet.build(C).rollback(null, true, Fleet.TEST);
                }
                compare(fleet, completed.get(to));
            });
            on(way + ": complete to " + to + ", and on", database, fleet -> {
                fleet.build(C).complete(to, true, Fleet.TEST);
                write(fleet, left);
                for (String next : ALL) {
                    if (next.compareTo(to) > 0) {
                        fleet.build(C).complete(next, true, Fleet.TEST);
                    }
                }
                compare(fleet, completed.get(C));
            });
        }
    }

    private void on(String way, Database database, Consumer<Fleet> acts) {
        try (Database copy = database.copy()) {
            acts.accept(fleet(copy));
        } catch (RuntimeException | AssertionError e) {
            failures.add(way + ": " + e.getMessage() + (e.getCause() == null ? "" : "\n" + e.getCause()));
        }
    }

    private void keepingReads(Fleet fleet, List<String> served, List<String> left, Runnable act) {
        write(fleet, served);
        Map<String, Object> before = reads(fleet, left);
        act.run();
        assertThat(reads(fleet, left)).isEqualTo(before);
    }

    private Map<String, Object> reads(Fleet fleet, List<String> versions) {
        Map<String, Object> rows = new LinkedHashMap<>();
        for (String version : versions) {
            part(version, " reads")
                    .lines()
                    .forEach(sql ->
                            rows.put(version + ": " + sql, fleet.at(version).queryForList(sql)));
        }
        return rows;
    }

    private void write(Fleet fleet, List<String> versions) {
        versions.forEach(v -> part(v, " writes")
                .lines()
                .forEach(sql -> fleet.at(v).execute(sql.replace("{n}", String.valueOf(next++)))));
    }

    private int next = 1000;

    private static void compare(Fleet fleet, Database wanted) {
        assertThat(shape(fleet.database()).difference(shape(wanted))).isEmpty();
    }

    private static Catalogue shape(Database database) {
        String[] own = Stream.concat(Stream.of("pgtandem"), ALL.stream().map(Fleet::schema))
                .toArray(String[]::new);
        return Catalogue.of(database, "public").withoutSchemas(own);
    }
}
