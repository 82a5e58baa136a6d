package io.github.pgtandem.benchmark;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Somebody whose transactions read the table items, lock a row of it and are then idle for some seconds, again and again. */
final class Holder implements AutoCloseable {

    /** Between two transactions, so that a change finds a moment at all. */
    private static final long PAUSE_MILLIS = 700;

    private final Db database;
    private final String[] path;
    private final long holdMillis;
    private final Thread thread = new Thread(this::work, "holder");
    private volatile @Nullable SQLException failure;

    Holder(Db database, String[] path, long holdMillis) {
        this.database = database;
        this.path = path;
        this.holdMillis = holdMillis;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                // A connection each time: what the table has become is nothing to it.
                try (Session session = database.session(path)) {
                    session.connection().setAutoCommit(false);
                    session.execute("SELECT count(*) FROM items WHERE id < 0");
                    session.execute("UPDATE items SET name = 'held again' WHERE id = -1");
                    Thread.sleep(holdMillis);
                    session.connection().commit();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /** @throws SQLException where one of the transactions has failed */
    @Override
    public void close() throws SQLException {
        thread.interrupt();
        Threads.join(thread);
        SQLException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
