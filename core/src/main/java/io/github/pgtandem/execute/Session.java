package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.TransactionPooling;
import io.github.pgtandem.UnsupportedDatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One connection of our own. The migrator's lock and all its work are on the same one, so that nobody works without the
 * lock: a connection that dies takes both.
 */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** What a role or database may have set otherwise must not cut a scan short or read a literal differently. */
    private static final String SETTINGS = """
            SELECT set_config('search_path', '', false), set_config('pgtandem.own_schemas', '', false),
                   set_config('pgtandem.others', '', false), set_config('application_name', 'pgtandem', false),
                   set_config('statement_timeout', '0', false),
                   set_config('idle_in_transaction_session_timeout', '0', false),
                   set_config('idle_session_timeout', '0', false),
                   CASE WHEN current_setting('server_version_num')::int >= 170000
                        THEN set_config('transaction_timeout', '0', false) END,
                   set_config('default_transaction_isolation', 'read committed', false),
                   set_config('default_transaction_read_only', 'off', false),
                   set_config('standard_conforming_strings', 'on', false)""";

    /**
     * A process that dies while the server waits for a lock, or a host that vanishes, is noticed, and with it goes the
     * migrator's lock.
     */
    private static final String NOTICES_DEATH = """
            , set_config('client_connection_check_interval', '2s', false),
                   set_config('tcp_keepalives_idle', '30', false),
                   set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false)""";

    private final DataSource source;
    private final Connection connection;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    private Session(DataSource source, Connection connection) {
        this.source = source;
        this.connection = connection;
        DataSource single = new SingleConnectionDataSource(connection, true);
        this.jdbc = new JdbcTemplate(single) {
            @Override
            protected void handleWarnings(Statement statement) throws SQLException {
                for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                    // A mere notice has another state.
                    if (String.valueOf(w.getSQLState()).startsWith("01")) {
                        LOG.warn("PostgreSQL warns: {}", ServerMessages.text(w));
                    }
                }
            }
        };
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(single));
    }

    /** Opens one. Its search path is empty, so that every text the catalogue gives is fully qualified. */
    static Session open(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            refuseOthers(connection);
            connection.setAutoCommit(true);
            Session session = new Session(dataSource, connection);
            session.set();
            return session;
        } catch (RuntimeException | SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void refuseOthers(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!"PostgreSQL".equals(product)) {
            throw new UnsupportedDatabaseException(
                    "the database is " + product + ", not PostgreSQL.",
                    "Connect to PostgreSQL 15 or newer: check pgtandem.url, or the application's data source.");
        }
    }

    /**
     * A pooler that hands the connection on between two statements hands on the migrator's lock with it.
     *
     * @throws PgTandemException where there is one
     */
    void refuseTransactionPooling() {
        ConnectionCallback<Boolean> handedOn = c -> TransactionPooling.isFound(c, source);
        if (Boolean.TRUE.equals(jdbc.execute(handedOn))) {
            throw new PgTandemException(
                    "the connection for migrations goes through a pooler in transaction mode, which hands it on to others"
                            + " between two statements, with its locks and settings.",
                    "Give migrations a direct connection with pgtandem.url, pgtandem.user and pgtandem.password.");
        }
    }

    private void set() {
        try {
            jdbc.execute(SETTINGS + NOTICES_DEATH);
        } catch (DataAccessException e) {
            // A server on Windows cannot notice; it does at the end of a statement.
            jdbc.execute(SETTINGS);
        }
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Runs work in a transaction; a failure rolls it back. */
    void inTransaction(Runnable work) {
        transactions.executeWithoutResult(status -> work.run());
    }

    /** Runs work in a transaction that is always rolled back. */
    <T> T rolledBack(Supplier<T> work) {
        return transactions.execute(status -> {
            status.setRollbackOnly();
            return work.get();
        });
    }

    /** Lets statements of the author's find the base schema, for the transaction at hand. */
    void useBaseSchema(String schema) {
        jdbc.queryForObject("SELECT set_config('search_path', ?, true)", String.class, id(schema));
    }

    boolean isAlive() {
        try {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The lock and the transaction went with the connection already.
        }
    }
}
