package io.github.pgtandem.scenario;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Connections of a migrator beside which something else happens. */
final class Between {

    private Between() {}

    /** Something is done whenever something new has become visible to others. */
    static DataSource steps(Database database, Runnable done) {
        return new WatchedDataSource(database) {
            @Override
            protected void after(String sql, boolean alone) {
                boolean reads = sql.strip().toUpperCase(Locale.ROOT).startsWith("SELECT");
                if (sql.equals(COMMIT) || alone && !reads) {
                    done.run();
                }
            }
        };
    }

    /** The server process ends, once, before a statement that is meant. */
    static DataSource death(Database database, Predicate<String> statement) {
        return new WatchedDataSource(database) {
            private boolean dead;

            @Override
            protected void before(Connection connection, String sql, boolean alone) throws SQLException {
                if (!dead && statement.test(sql)) {
                    dead = true;
                    database.jdbc()
                            .queryForObject(
                                    "SELECT pg_terminate_backend(?, 10000)",
                                    Boolean.class,
                                    connection.unwrap(PGConnection.class).getBackendPID());
                }
            }
        };
    }

    /** Each statement is shown with its connection before it is sent. */
    static DataSource statements(Database database, Look look) {
        return new WatchedDataSource(database) {
            @Override
            protected void before(Connection connection, String sql, boolean alone) throws SQLException {
                look.at(connection, sql, alone);
            }
        };
    }

    /** Looks at a statement. */
    interface Look {
        void at(Connection connection, String sql, boolean alone) throws SQLException;
    }
}
