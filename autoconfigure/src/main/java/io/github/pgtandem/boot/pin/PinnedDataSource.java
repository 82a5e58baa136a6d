package io.github.pgtandem.boot.pin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Pins the connections of a DataSource that cannot be configured any more: a started pool, one from JNDI, one of a kind
 * that is not known. Each physical connection is pinned when it is first borrowed. PostgreSQL 18 tells the path that a
 * connection has, so there one that the application has changed is pinned again.
 */
final class PinnedDataSource extends DelegatingDataSource {

    private final String searchPath;
    private final Set<PGConnection> pinned = Collections.newSetFromMap(new WeakHashMap<>());

    PinnedDataSource(DataSource target, String searchPath) {
        super(target);
        this.searchPath = searchPath;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pin(obtainTargetDataSource().getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return pin(obtainTargetDataSource().getConnection(user, password));
    }

    private Connection pin(Connection connection) throws SQLException {
        try {
            PGConnection physical = connection.unwrap(PGConnection.class);
            if (!isPinned(physical)) {
                setPath(connection);
                remember(physical);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            close(connection, e);
            throw e;
        }
    }

    private boolean isPinned(PGConnection physical) {
        String reported = physical.getParameterStatus("search_path");
        if (reported != null) {
            return reported.equals(searchPath);
        }
        synchronized (pinned) {
            return pinned.contains(physical);
        }
    }

    private void remember(PGConnection physical) {
        synchronized (pinned) {
            pinned.add(physical);
        }
    }

    private void setPath(Connection connection) throws SQLException {
        // Not SET, as PostgreSQL would report the path in its own spelling.
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('search_path', ?, false)")) {
            statement.setString(1, searchPath);
            statement.execute();
        }
        if (!connection.getAutoCommit()) {
            // Or the application's first rollback would take the pin back.
            connection.commit();
        }
    }

    private static void close(Connection connection, Exception cause) {
        try {
            connection.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
