package io.github.pgtandem.test;

import io.github.pgtandem.Pin;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Pins each connection when it is taken, as it cannot be known whether the driver may still be configured. */
final class PinnedDataSource extends DelegatingDataSource {

    private final Pin pin;

    PinnedDataSource(DataSource target, Pin pin) {
        super(target);
        this.pin = pin;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pinned(super.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return pinned(super.getConnection(user, password));
    }

    private Connection pinned(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + pin.searchPath());
            if (!connection.getAutoCommit()) {
                // Or the first rollback would take the pin back.
                connection.commit();
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
