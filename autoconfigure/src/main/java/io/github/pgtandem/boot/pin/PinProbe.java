package io.github.pgtandem.boot.pin;

import io.github.pgtandem.TransactionPooling;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a connection says about its pin.
 *
 * @param currentSchema the first schema of its path that is there and that it may use, or null
 * @param searchPath its path as it is set
 * @param replica whether it leads to a replica
 * @param exists whether the version schema is there
 * @param usable whether its role may use the version schema
 * @param proxied whether something is between it and the server
 */
record PinProbe(
        @Nullable String currentSchema,
        String searchPath,
        boolean replica,
        boolean exists,
        boolean usable,
        boolean proxied) {

    private static final String SQL = """
            SELECT current_schema(),
                   current_setting('search_path'),
                   pg_is_in_recovery(),
                   n.oid IS NOT NULL,
                   coalesce(has_schema_privilege(n.oid, 'USAGE'), false),
                   pg_catalog.pg_backend_pid()
            FROM (VALUES (?)) AS wanted (name)
            LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.name
            """;

    static PinProbe of(PinnedEntry entry) throws SQLException {
        try (Connection connection = entry.dataSource().getConnection()) {
            if (!entry.readOnly()) {
                return ask(connection, entry.pin().schema());
            }
            connection.setReadOnly(true);
            try {
                return ask(connection, entry.pin().schema());
            } finally {
                connection.setReadOnly(false);
            }
        }
    }

    private static PinProbe ask(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new PinProbe(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        TransactionPooling.isProxied(connection, row.getInt(6)));
            }
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }
}
