package io.github.pgtandem;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Poolers and proxies that give a server's connection to another client after each transaction, as PgBouncer does in
 * transaction mode. Session locks, settings and prepared statements are not a client's own there.
 */
public final class TransactionPooling {

    /** A pooler under load gives a client another connection sooner or later; an idle one gives both clients the same. */
    private static final int ROUNDS = 10;

    private TransactionPooling() {}

    /**
     * Whether something is between a connection and its server. The server names its process when a connection begins;
     * what is in between puts a number of its own there, for the requests to cancel.
     *
     * @param process what {@code pg_backend_pid()} gives on the connection
     */
    public static boolean isProxied(Connection connection, int process) throws SQLException {
        return !connection.isWrapperFor(PGConnection.class)
                || connection.unwrap(PGConnection.class).getBackendPID() != process;
    }

    /**
     * Whether connections are given away after each transaction. Opens one more, if the first one is proxied.
     *
     * @param connection in auto-commit mode, or without a transaction
     * @param source gives others that lead to the same place
     */
    public static boolean isFound(Connection connection, DataSource source) throws SQLException {
        int first = process(connection);
        if (!isProxied(connection, first)) {
            return false;
        }
        try (Connection other = source.getConnection()) {
            for (int round = 0; round < ROUNDS; round++) {
                if (process(other) == first || process(connection) != first) {
                    return true;
                }
            }
            return false;
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }
}
