package io.github.pgtandem.benchmark;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients of the table items that send requests at a fixed rate: point reads, updates and inserts of one row. A latency
 * counts from when its request was due, so that those that wait behind a stall count, too.
 */
final class Load implements AutoCloseable {

    private static final int CLIENTS = 16;
    private static final int READS_PERCENT = 60;
    private static final int UPDATES_PERCENT = 30;
    private static final AtomicLong LAST_ID = new AtomicLong(1_000_000_000);

    /** @param failed whether the server refused it */
    private record Outcome(long due, long nanos, boolean failed) {}

    private final Db database;
    private final String[] path;
    private final int rows;
    private final long interval;
    private final long began = System.nanoTime();
    private final AtomicLong tickets = new AtomicLong();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile long end = Long.MAX_VALUE;

    private Load(Db database, String[] path, int rows, int perSecond) {
        this.database = database;
        this.path = path;
        this.rows = rows;
        this.interval = 1_000_000_000L / perSecond;
    }

    static Load start(Db database, String[] path, int rows, int perSecond) {
        Load load = new Load(database, path, rows, perSecond);
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(load::serve, "client-" + i);
            client.setDaemon(true);
            load.clients.add(client);
            client.start();
        }
        return load;
    }

    /** Milliseconds of each request that was due between two times of {@link System#nanoTime()}; after {@link #close}. */
    List<Double> millis(long from, long to) {
        return outcomes.stream()
                .filter(outcome -> outcome.due >= from && outcome.due <= to)
                .map(outcome -> outcome.nanos / 1e6)
                .toList();
    }

    long failures() {
        return outcomes.stream().filter(Outcome::failed).count();
    }

    private void serve() {
        while (true) {
            try (Session session = database.session(path);
                    PreparedStatement read = session.prepare("SELECT id, amount, name FROM items WHERE id = ?");
                    PreparedStatement update = session.prepare("UPDATE items SET amount = amount + 1 WHERE id = ?");
                    PreparedStatement insert =
                            session.prepare("INSERT INTO items (id, amount, name) VALUES (?, 1, 'new')")) {
                serve(read, update, insert);
                return;
            } catch (SQLException e) {
                // Refused; the application's pool would give the next request another connection.
            }
        }
    }

    private void serve(PreparedStatement read, PreparedStatement update, PreparedStatement insert) throws SQLException {
        while (true) {
            long due = began + tickets.getAndIncrement() * interval;
            if (due > end) {
                return;
            }
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            boolean failed = true;
            try {
                int kind = ThreadLocalRandom.current().nextInt(100);
                PreparedStatement request =
                        kind < READS_PERCENT ? read : kind < READS_PERCENT + UPDATES_PERCENT ? update : insert;
                request.setLong(
                        1,
                        request == insert
                                ? LAST_ID.incrementAndGet()
                                : ThreadLocalRandom.current().nextLong(1, rows + 1L));
                request.execute();
                failed = false;
            } finally {
                outcomes.add(new Outcome(due, System.nanoTime() - due, failed));
            }
        }
    }

    /** Sends no more, and waits for those that are on their way. */
    @Override
    public void close() {
        end = System.nanoTime();
        clients.forEach(Threads::join);
    }
}
