package io.github.pgtandem.scenario;

import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One instance's thread that executes the statements of a case in turn, again and again. None may fail, or give other
 * columns than before, until its version is being retired.
 */
final class Worker implements AutoCloseable {

    private static final String RETIRED = "PGT01";
    private static final String INTEGRITY = "23";
    private static final String NUMBER = "{n}";

    private final String version;
    private final List<String> statements;
    private final AtomicLong numbers;
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<String, List<String>> columns = new HashMap<>();
    private final AtomicLong rounds = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean retiring;
    private volatile @Nullable Exception failure;

    /**
     * Starts one.
     *
     * @param statements where {@value #NUMBER} stands for a number that no other round has
     * @param numbers the numbers given so far
     */
    Worker(Fleet fleet, String version, List<String> statements, AtomicLong numbers) throws SQLException {
        this.version = version;
        this.statements = statements;
        this.numbers = numbers;
        PGSimpleDataSource source = (PGSimpleDataSource) fleet.pinned(version);
        // What is the same in each round is prepared on the server at once.
        source.setPrepareThreshold(1);
        this.connection = source.getConnection();
        this.thread = new Thread(this::run, "worker of " + version);
        thread.start();
    }

    /** How often it has executed all statements. */
    long rounds() {
        return rounds.get();
    }

    @Nullable
    Exception failure() {
        return failure;
    }

    /** From now on it may be told that its version is retired. */
    void retire() {
        retiring = true;
    }

    /** Ends the thread behind the statement it is in. */
    @Override
    public void close() throws SQLException {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void run() {
        while (!stopped) {
            String number = String.valueOf(numbers.incrementAndGet());
            for (String statement : statements) {
                String sql = statement.replace(NUMBER, number);
                try {
                    execute(statement, sql);
                } catch (SQLException | RuntimeException e) {
                    if (!isExpected(e)) {
                        failure = new IllegalStateException("a statement of version " + version + " failed: " + sql, e);
                        return;
                    }
                    // What follows may need what was just refused.
                    break;
                }
            }
            rounds.incrementAndGet();
        }
    }

    /** While its version is being retired, keys between its tables are dropped before the tables answer for it. */
    private boolean isExpected(Exception e) {
        return retiring
                && e instanceof SQLException failed
                && (RETIRED.equals(failed.getSQLState()) || failed.getSQLState().startsWith(INTEGRITY));
    }

    private void execute(String statement, String sql) throws SQLException {
        if (!sql.equals(statement)) {
            try (PreparedStatement once = connection.prepareStatement(sql)) {
                execute(statement, once);
            }
            return;
        }
        PreparedStatement kept = prepared.get(sql);
        if (kept == null) {
            kept = connection.prepareStatement(sql);
            prepared.put(sql, kept);
        }
        execute(statement, kept);
    }

    private void execute(String statement, PreparedStatement sent) throws SQLException {
        if (sent.execute()) {
            try (ResultSet rows = sent.getResultSet()) {
                List<String> now = columns(rows.getMetaData());
                List<String> before = columns.computeIfAbsent(statement, s -> now);
                if (!now.equals(before)) {
                    throw new IllegalStateException("its columns are " + now + " and were " + before);
                }
            }
        }
    }

    private static List<String> columns(ResultSetMetaData result) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            // Not the type's name: the driver calls a column that counts up by itself otherwise in a view.
            JDBCType type = JDBCType.valueOf(result.getColumnType(i));
            columns.add("%s %s(%d)".formatted(result.getColumnLabel(i), type, result.getPrecision(i)));
        }
        return columns;
    }
}
