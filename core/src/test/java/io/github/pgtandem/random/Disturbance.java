package io.github.pgtandem.random;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Random;
import org.postgresql.PGConnection;

/** Connections of a migrator beside whom others write whenever he holds no lock on a table, and who may die. */
final class Disturbance extends WatchedDataSource {

    private final Database database;
    private final int cutBefore;
    private final Random random;
    private final Runnable write;
    private int sent;
    private String last = "";
    private boolean cut;

    /**
     * @param cutBefore the number of the statement that does not arrive any more, or 0
     */
    Disturbance(Database database, int cutBefore, Random random, Runnable write) {
        super(database);
        this.database = database;
        this.cutBefore = cutBefore;
        this.random = random;
        this.write = write;
    }

    boolean isCut() {
        return cut;
    }

    String last() {
        return last;
    }

    @Override
    protected void before(Connection connection, String sql, boolean alone) throws SQLException {
        if (++sent == cutBefore) {
            last = "statement " + sent + ": " + sql.strip();
            cut = true;
            database.jdbc()
                    .queryForObject(
                            "SELECT pg_terminate_backend(?, 10000)",
                            Boolean.class,
                            connection.unwrap(PGConnection.class).getBackendPID());
        }
    }

    @Override
    protected void after(String sql, boolean alone) {
        boolean reads = sql.strip().toUpperCase(Locale.ROOT).startsWith("SELECT");
        if ((sql.equals(COMMIT) || alone && !reads) && random.nextInt(3) == 0) {
            write.run();
        }
    }
}
