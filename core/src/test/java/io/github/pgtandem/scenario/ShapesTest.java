package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.cases.Rows;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * P1 to P5 for shapes that grown applications have: an instance of the old version gets what it would get from a database
 * that nobody migrates, errors too; one of the new version what it would get from one that was changed by hand; and so
 * it is in the rows that each of them sees, and in what rollback and complete leave.
 *
 * <p>A file of {@code shapes} has {@code tables}, the {@code migration}, what somebody would do {@code by hand}, and
 * statements of {@code old} and {@code new}, each of which ends with a semicolon at the end of a line. With {@code from}
 * it says which PostgreSQL it needs.
 */
class ShapesTest {

    private static final Path SHAPES = Path.of("src/test/resources/shapes");
    private static final String NEW = "0001_new";

    private final Map<String, String> parts = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicTest> eachVersionIsAloneAsFarAsItCanTell() throws IOException {
        String only = System.getProperty("cases.only", "");
        try (Stream<Path> files = Files.list(SHAPES)) {
            return files.filter(f -> f.getFileName().toString().startsWith(only)).sorted().toList().stream()
                    .flatMap(f -> Postgres.versions().stream()
                            .map(v -> dynamicTest(
                                    f.getFileName() + " on PostgreSQL " + v,
                                    () -> new ShapesTest().run(f, Postgres.version(v)))));
        }
    }

    private void run(Path file, Postgres postgres) throws IOException, SQLException {
        String part = "";
        for (String line : Files.readAllLines(file)) {
            part = line.startsWith("=== ") ? line.substring(4) : part;
            parts.merge(part, line.startsWith("=== ") ? "" : line + "\n", String::concat);
        }
        if (postgres.version()
                < Integer.parseInt(parts.getOrDefault("from", "0").strip())) {
            return;
        }
        try (Database expanded = postgres.database();
                Database untouched = postgres.database();
                Database byHand = postgres.database()) {
            untouched.execute(parts.get("tables"));
            byHand.execute(parts.get("tables"), parts.get("by hand"));
            Fleet.on(expanded, parts.get("tables"))
                    .with(NEW, parts.get("migration"))
                    .live(NEW);
            old(expanded, untouched);
            anew(expanded, byHand);
        }
    }

    private Fleet fleet(Database database) {
        return Fleet.unstarted(database).with(NEW, parts.get("migration"));
    }

    private void old(Database expanded, Database untouched) throws SQLException {
        try (Database database = expanded.copy();
                Database alone = untouched.copy()) {
            Fleet fleet = fleet(database);
            compare("old", fleet.pinned(Fleet.BASE), alone);
            try (Database translated = alone.copy()) {
                translated.execute(parts.get("by hand"));
                assertThat(rows(fleet, NEW, translated))
                        .as("what the new version sees")
                        .isEqualTo(rows(translated));
            }
            fleet.build(NEW).rollback(null, true, Fleet.TEST);

            assertThat(shape(database).difference(shape(alone)))
                    .as("after rollback")
                    .isEmpty();
            assertThat(rows(database)).as("after rollback").isEqualTo(rows(alone));
        }
    }

    private void anew(Database expanded, Database byHand) throws SQLException {
        try (Database database = expanded.copy();
                Database alone = byHand.copy()) {
            Fleet fleet = fleet(database);
            compare("new", fleet.pinned(NEW), alone);
            assertThat(rows(fleet, NEW, alone)).as("what the new version sees").isEqualTo(rows(alone));
            fleet.build(NEW).complete(null, true, Fleet.TEST);

            assertThat(shape(database).difference(shape(alone)))
                    .as("after complete")
                    .isEmpty();
            assertThat(rows(database)).as("after complete").isEqualTo(rows(alone));
        }
    }

    private void compare(String version, DataSource pinned, Database alone) throws SQLException {
        try (Connection one = pinned.getConnection();
                Connection other = alone.dataSource().getConnection()) {
            for (String sql : parts.get(version).split("; *(\\R|$)")) {
                if (!sql.isBlank()) {
                    assertThat(result(one, sql)).as(version + ": " + sql).isEqualTo(result(other, sql));
                }
            }
        }
    }

    private static Object result(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return statement.getUpdateCount();
            }
            List<Map<String, String>> rows = new ArrayList<>();
            try (ResultSet found = statement.getResultSet()) {
                while (found.next()) {
                    Map<String, String> row = new TreeMap<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        row.put(found.getMetaData().getColumnLabel(i), String.valueOf(found.getString(i)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    private static Map<String, List<String>> rows(Database database) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Rows.tables(database.jdbc())
                .forEach(t -> rows.put(t, Rows.of(database.jdbc(), t).toList()));
        return rows;
    }

    private static Map<String, List<String>> rows(Fleet fleet, String version, Database tables) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Rows.tables(tables.jdbc())
                .forEach(t -> rows.put(t, Rows.of(fleet.at(version), t).toList()));
        return rows;
    }

    private static Catalogue shape(Database database) {
        return Catalogue.of(database, "public").withoutSchemas("pgtandem", Fleet.schema(Fleet.BASE), Fleet.schema(NEW));
    }
}
