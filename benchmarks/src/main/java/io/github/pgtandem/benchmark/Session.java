package io.github.pgtandem.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** A connection that knows how much CPU time its process on the server has taken. */
record Session(Connection connection, Path schedule) implements AutoCloseable {

    /** Something that is measured. */
    interface Work {
        void run() throws SQLException;
    }

    static Session open(String url, List<String> path, String application) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", application);
        if (!path.isEmpty()) {
            properties.setProperty(
                    "currentSchema",
                    path.stream().map(schema -> '"' + schema + '"').collect(Collectors.joining(",")));
        }
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement();
                ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
            pid.next();
            return new Session(connection, Path.of("/proc", pid.getString(1), "schedstat"));
        }
    }

    boolean measuresCpu() {
        return Files.isReadable(schedule);
    }

    /** Nanoseconds of the server's CPU for some work; of the clock where the server's process cannot be seen. */
    long nanos(Work work) throws SQLException {
        long before = nanos();
        work.run();
        return nanos() - before;
    }

    private long nanos() {
        if (!measuresCpu()) {
            return System.nanoTime();
        }
        try {
            String line = Files.readString(schedule);
            return Long.parseLong(line.substring(0, line.indexOf(' ')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** The one value that a query gives. */
    String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
