package io.github.pgtandem.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.random.Plain.Version;
import io.github.pgtandem.random.Shape.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What instances of the live versions write and read, told to the model too. */
final class Writes implements AutoCloseable {

    private final Random random;
    private final Database database;
    private final Plain plain;
    private final UnaryOperator<String> path;
    private final Set<String> served = new LinkedHashSet<>();
    private final Map<String, Connection> connections = new HashMap<>();
    private final AtomicInteger count;
    private long ids;

    /**
     * @param path the search path of a version's instances
     * @param count counts the writes
     */
    Writes(Random random, Database database, Plain plain, UnaryOperator<String> path, AtomicInteger count) {
        this.count = count;
        this.random = random;
        this.database = database;
        this.plain = plain;
        this.path = path;
    }

    /** There are instances of it from now on. */
    void serve(String version) {
        served.add(version);
    }

    /** Versions that there are instances of, oldest first. */
    List<String> served() {
        return plain.versions().stream()
                .map(Version::name)
                .filter(served::contains)
                .toList();
    }

    /** Instances of versions that are gone, or are about to go, have been stopped. */
    void keepServed() {
        List<String> live = served();
        served.retainAll(live);
        for (String version : List.copyOf(connections.keySet())) {
            if (!live.contains(version)) {
                close(connections.remove(version));
            }
        }
    }

    void burst(int count) {
        for (int i = 0; i < count; i++) {
            one(served());
        }
    }

    /** One write of an instance of one of these versions. */
    void one(List<String> versions) {
        if (versions.isEmpty()) {
            return;
        }
        String version = versions.get(random.nextInt(versions.size()));
        int table = random.nextInt(2);
        Shape shape = plain.versions().get(plain.position(version)).shapes().get(table);
        List<Long> there = List.copyOf(plain.ids(table));
        switch (there.isEmpty() ? 0 : random.nextInt(10)) {
            case 0, 1, 2 -> insert(version, table, shape);
            case 3 -> {
                long id = there.get(random.nextInt(there.size()));
                execute(version, "DELETE FROM " + shape.name() + " WHERE id = " + id);
                plain.delete(table, id);
            }
            case 4 -> {
                Map<Column, @Nullable Long> values = values(shape, false);
                long rest = random.nextInt(4);
                execute(version, update(shape, values) + " WHERE id % 4 = " + rest);
                there.stream().filter(id -> id % 4 == rest).forEach(id -> plain.update(version, table, id, values));
            }
            default -> {
                Map<Column, @Nullable Long> values = values(shape, false);
                long id = there.get(random.nextInt(there.size()));
                execute(version, update(shape, values) + " WHERE id = " + id);
                plain.update(version, table, id, values);
            }
        }
    }

    private void insert(String version, int table, Shape shape) {
        Map<Column, @Nullable Long> values = values(shape, true);
        long id = ++ids;
        String names = values.keySet().stream().map(c -> ", " + c.name()).collect(Collectors.joining());
        String literals = values.entrySet().stream()
                .map(e -> ", " + e.getKey().slot().kind().literal(e.getValue()))
                .collect(Collectors.joining());
        execute(version, "INSERT INTO " + shape.name() + " (id" + names + ") VALUES (" + id + literals + ")");
        plain.insert(version, table, id, values);
    }

    private static String update(Shape shape, Map<Column, @Nullable Long> values) {
        return "UPDATE " + shape.name() + " SET "
                + values.entrySet().stream()
                        .map(e -> e.getKey().name() + " = "
                                + e.getKey().slot().kind().literal(e.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** For some columns, at least one; for an insert, all that must have one. */
    private Map<Column, @Nullable Long> values(Shape shape, boolean insert) {
        Map<Column, @Nullable Long> values = new LinkedHashMap<>();
        for (Column column : shape.columns()) {
            boolean needed = insert && !column.nullable() && column.otherwise() == null;
            if (needed || random.nextInt(3) == 0) {
                values.put(column, value(column));
            }
        }
        if (values.isEmpty() && !insert) {
            Column column = shape.columns().get(random.nextInt(shape.columns().size()));
            values.put(column, value(column));
        }
        return values;
    }

    private @Nullable Long value(Column column) {
        return column.nullable() && random.nextInt(4) == 0 ? null : Long.valueOf(random.nextInt(200) - 100);
    }

    /** Every live version reads what the model says. */
    void check() {
        for (String version : served()) {
            List<Shape> shapes = plain.versions().get(plain.position(version)).shapes();
            for (int table = 0; table < shapes.size(); table++) {
                assertThat(read(version, shapes.get(table)))
                        .as("table %s of version %s", shapes.get(table), version)
                        .isEqualTo(plain.read(version, table));
            }
        }
    }

    private Map<Long, List<@Nullable Long>> read(String version, Shape shape) {
        String columns =
                shape.columns().stream().map(c -> ", (" + c.name() + ")::text").collect(Collectors.joining());
        Map<Long, List<@Nullable Long>> rows = new LinkedHashMap<>();
        try (Statement statement = connection(version).createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT id" + columns + " FROM " + shape.name() + " ORDER BY id")) {
            while (row.next()) {
                List<@Nullable Long> values = new ArrayList<>();
                for (int i = 0; i < shape.columns().size(); i++) {
                    String value = row.getString(i + 2);
                    values.add(value == null ? null : Long.valueOf(value));
                }
                rows.put(row.getLong(1), values);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String version, String sql) {
        count.incrementAndGet();
        try (Statement statement = connection(version).createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError("version " + version + ": " + sql, e);
        }
    }

    private Connection connection(String version) throws SQLException {
        Connection connection = connections.get(version);
        if (connection == null) {
            connection = database.dataSource(path.apply(version)).getConnection();
            connections.put(version, connection);
        }
        return connection;
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        connections.values().forEach(Writes::close);
        connections.clear();
    }
}
