package io.github.pgtandem.benchmark;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One version of an application that writes to a table of its own, or the user of a plain one. */
final class Writer {

    /** What is measured, and how much of a plain table's time it may take with one and with six synced columns. */
    enum Kind {
        INSERT("INSERT of one row", 1.25, 1.35),
        SYNCED("UPDATE of a synced column", 1.25, 1.35),
        OTHER("UPDATE of no synced column", 1.05, 1.05),
        MANY("UPDATE of 10,000 rows, per row", 1.8, 2.1);

        final String title;
        final double requiredOfOne;
        final double requiredOfSix;

        Kind(String title, double requiredOfOne, double requiredOfSix) {
            this.title = title;
            this.requiredOfOne = requiredOfOne;
            this.requiredOfSix = requiredOfSix;
        }

        String sql(String table) {
            return switch (this) {
                case INSERT -> "INSERT INTO %s (id, %s) VALUES (?, %s)".formatted(table, Writes.NAMES, Writes.VALUES);
                case SYNCED -> "UPDATE %s SET a1 = a1 + 1 WHERE id = ?".formatted(table);
                case OTHER -> "UPDATE %s SET b7 = b7 + 1 WHERE id = ?".formatted(table);
                case MANY -> "UPDATE %s SET a1 = a1 + 1 WHERE id BETWEEN ? AND ?".formatted(table);
            };
        }
    }

    private static final int STATEMENTS = 200;
    private static final int BULK = 10_000;

    final String variant;
    final String table;
    final Db database;
    private final String[] path;
    private @Nullable Session session;
    private long lastId = 1_000_000_000;

    Writer(String variant, String table, Db database, String... path) {
        this.variant = variant;
        this.table = table;
        this.database = database;
        this.path = path;
    }

    void connect() throws SQLException {
        if (session != null) {
            session.close();
        }
        session = database.session(path);
        session.connection().setAutoCommit(false);
    }

    Session session() {
        return Objects.requireNonNull(session);
    }

    /** Nanoseconds a statement, or a row of a statement that writes many. */
    double measured(Kind kind, int rows, Random random) throws SQLException {
        try (PreparedStatement statement = session().prepare(kind.sql(table))) {
            return kind == Kind.MANY ? many(statement, rows, random) : single(kind, statement, rows, random);
        }
    }

    private double many(PreparedStatement statement, int rows, Random random) throws SQLException {
        int count = Math.min(BULK, rows);
        int from = 1 + random.nextInt(rows - count + 1);
        statement.setLong(1, from);
        statement.setLong(2, from + count - 1L);
        long nanos = session().nanos(statement::executeUpdate);
        session().connection().commit();
        return (double) nanos / count;
    }

    private double single(Kind kind, PreparedStatement statement, int rows, Random random) throws SQLException {
        long nanos = session().nanos(() -> {
            for (int i = 0; i < STATEMENTS; i++) {
                statement.setLong(1, kind == Kind.INSERT ? ++lastId : 1 + random.nextInt(rows));
                statement.executeUpdate();
            }
        });
        session().connection().commit();
        return (double) nanos / STATEMENTS;
    }
}
