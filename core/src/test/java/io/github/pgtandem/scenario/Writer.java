package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** One instance's thread: writes and reads as fast as it can over one connection, with statements prepared once. */
final class Writer implements AutoCloseable {

    private final Dialect dialect;
    private final Ledger ledger;
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Random random;
    private final int own;
    private final int writers;
    private final AtomicLong done = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    /**
     * Starts one.
     *
     * @param own which of the rows are its own, of as many parts as there are writers
     * @param threshold after how many executions the driver prepares a statement on the server
     */
    Writer(Fleet fleet, Dialect dialect, Ledger ledger, int own, int writers, int threshold) throws SQLException {
        this.dialect = dialect;
        this.ledger = ledger;
        this.own = own;
        this.writers = writers;
        this.random = new Random(own);
        PGSimpleDataSource source = (PGSimpleDataSource) fleet.pinned(dialect.version());
        source.setPrepareThreshold(threshold);
        this.connection = source.getConnection();
        this.thread = new Thread(this::run, "writer " + own + " of " + dialect.version());
        thread.start();
    }

    /** Each of them gets through so many more rounds from here on. */
    static void goOn(List<Writer> writers, int rounds) {
        List<Long> goals = writers.stream().map(w -> w.done() + rounds).toList();
        await().atMost(Duration.ofMinutes(10)).untilAsserted(() -> {
            for (int i = 0; i < goals.size(); i++) {
                Exception failure = writers.get(i).failure();
                if (failure != null) {
                    throw new IllegalStateException("a writer of a live version failed", failure);
                }
                assertThat(writers.get(i).done()).isGreaterThanOrEqualTo(goals.get(i));
            }
        });
    }

    static void stop(List<Writer> writers) throws SQLException {
        for (Writer writer : writers) {
            writer.stopped = true;
        }
        for (Writer writer : writers) {
            writer.close();
        }
    }

    /** How many rounds went through so far. */
    long done() {
        return done.get();
    }

    /** What has ended it before it was asked to. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** Ends the thread behind the round it is in. */
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
            try {
                round();
                done.incrementAndGet();
            } catch (SQLException | RuntimeException e) {
                failure = e;
                return;
            }
        }
    }

    private void round() throws SQLException {
        switch (random.nextInt(5)) {
            case 0 -> {
                int id = any();
                one(dialect.count(), id);
                ledger.counts.incrementAndGet(id);
            }
            case 1 -> {
                int id = any();
                one(dialect.upsert(), id);
                ledger.counts.incrementAndGet(id);
            }
            case 2 -> price();
            case 3 -> transaction();
            default -> comeAndGo();
        }
    }

    private void price() throws SQLException {
        int id = mine();
        long cents = random.nextInt(1_000_000);
        one(dialect.price(), dialect.cents().apply(cents), id);
        ledger.prices.set(id, cents);
        ledger.counts.incrementAndGet(id);
    }

    /** In the order of ids, so that writers do not lock each other out. */
    private void transaction() throws SQLException {
        int first = mine();
        int second = first + 1 + random.nextInt(50);
        long cents = random.nextInt(1_000_000);
        connection.setAutoCommit(false);
        one(dialect.select(), first);
        one(dialect.price(), dialect.cents().apply(cents), first);
        if (second <= ledger.rows) {
            one(dialect.count(), second);
        }
        one(dialect.select(), first);
        connection.commit();
        connection.setAutoCommit(true);
        ledger.prices.set(first, cents);
        ledger.counts.incrementAndGet(first);
        if (second <= ledger.rows) {
            ledger.counts.incrementAndGet(second);
        }
    }

    private void comeAndGo() throws SQLException {
        long id = one(dialect.insert(), dialect.cents().apply(random.nextInt(1000)));
        one(dialect.select(), id);
        one(dialect.count(), id);
        if (random.nextBoolean()) {
            one(dialect.delete(), id);
        }
    }

    /** Executes a statement that must be about one row. */
    private long one(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        long began = System.nanoTime();
        boolean answers = statement.execute();
        ledger.took(System.nanoTime() - began);
        if (!sql.equals(dialect.select())) {
            ledger.writes.incrementAndGet();
        }
        if (!answers) {
            expect(sql, statement.getUpdateCount() == 1);
            return 0;
        }
        try (ResultSet row = statement.getResultSet()) {
            expect(sql, row.next());
            expect(sql, !sql.equals(dialect.select()) || row.getMetaData().getColumnCount() == dialect.columns());
            return sql.equals(dialect.insert()) ? row.getLong(1) : 0;
        }
    }

    private static void expect(String sql, boolean holds) {
        if (!holds) {
            throw new IllegalStateException("not one row, or not its columns: " + sql);
        }
    }

    private int any() {
        return 1 + random.nextInt(ledger.rows);
    }

    /** Rows are owned in turn, so that owners meet in every page. */
    private int mine() {
        return 1 + own + writers * random.nextInt(ledger.rows / writers);
    }
}
