package io.github.pgtandem.crash;

import static org.awaitility.Awaitility.await;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Gives connections whose server process ends right before a chosen statement: the statement meets a connection that is
 * dead, like that of a process or network that died there. Keeps what was sent until then.
 */
final class CutDataSource extends WatchedDataSource {

    private final Database database;
    private final Predicate<List<Sent>> when;
    private final Runnable unnoticed;
    private final List<Sent> sent = new ArrayList<>();
    private boolean cut;

    /**
     * @param when asked with all statements so far, before the last of them is sent
     */
    CutDataSource(Database database, Predicate<List<Sent>> when) {
        this(database, when, () -> {});
    }

    /**
     * The same.
     *
     * @param unnoticed what happens when the server process is gone, with the migrator's lock, and the client has not
     *     found out yet
     */
    CutDataSource(Database database, Predicate<List<Sent>> when, Runnable unnoticed) {
        super(database);
        this.database = database;
        this.when = when;
        this.unnoticed = unnoticed;
    }

    static CutDataSource never(Database database) {
        return new CutDataSource(database, sent -> false);
    }

    /** All statements until the cut, with the one that did not arrive. */
    List<Sent> sent() {
        return sent;
    }

    boolean isCut() {
        return cut;
    }

    @Override
    protected void before(Connection connection, String sql, boolean alone) throws SQLException {
        sent.add(sql.equals(COMMIT) ? Sent.COMMIT : new Sent(sql, alone));
        if (!cut && when.test(sent)) {
            cut = true;
            end(connection.unwrap(PGConnection.class).getBackendPID());
            unnoticed.run();
        }
    }

    private void end(int pid) throws SQLException {
        try (Connection other = database.dataSource().getConnection()) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(other, true));
            jdbc.queryForObject("SELECT pg_terminate_backend(?)", Boolean.class, pid);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> jdbc.queryForList("SELECT 1 FROM pg_stat_activity WHERE pid = ?", pid)
                            .isEmpty());
        }
    }
}
