package io.github.pgtandem.sample.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The running {@link DatabaseServer}. */
final class Database implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final Child child;
    private final String url;

    private Database(Child child, String url) {
        this.child = child;
        this.url = url;
    }

    static Database start() {
        int port = freePort();
        List<Path> ownClassPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        Child child = Child.start(
                Installation.target().resolve("database.log"),
                ownClassPath,
                DatabaseServer.class.getName(),
                List.of(Integer.toString(port)));
        return new Database(child, "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
    }

    Database awaitReady() {
        Wait.until("PostgreSQL to be ready", START, child, () -> {
            try (Connection connection = connect()) {
                return connection.isValid(1);
            } catch (SQLException e) {
                return false;
            }
        });
        return this;
    }

    /** A connection that is pinned to no version. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    String url() {
        return url;
    }

    String version() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_version")) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new DemoFailed("PostgreSQL does not tell its version: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        child.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
