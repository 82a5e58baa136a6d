package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.cases.Case;
import io.github.pgtandem.fixture.WatchedDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Two workers of each version, all at work all the time. */
final class Hammer implements AutoCloseable {

    private static final int WORKERS = 2;
    /** The round that a worker is in may have begun before. */
    private static final int ROUNDS = 2;
    /** Far from the numbers that sequences get to. */
    private static final long FIRST_NUMBER = 1_000_000;

    private final Fleet fleet;
    private final Runnable whenLive;
    private final List<String> nextStatements;
    private final AtomicLong numbers = new AtomicLong(FIRST_NUMBER);
    private final List<Worker> old = new ArrayList<>();
    private final List<Worker> next = new ArrayList<>();

    private boolean live;

    /**
     * Starts the workers of the old version.
     *
     * @param statements of each version; none if it has nothing to do
     * @param whenLive to be done as soon as the new version's schema is there, before its workers start
     */
    Hammer(Fleet fleet, List<String> statements, List<String> nextStatements, Runnable whenLive) throws SQLException {
        this.fleet = fleet;
        this.whenLive = whenLive;
        this.nextStatements = nextStatements;
        start(old, Fleet.BASE, statements);
    }

    private void start(List<Worker> workers, String version, List<String> statements) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new Worker(fleet, version, statements, numbers));
        }
    }

    /** The old version's workers may be told from now on that they are too old. */
    void retire() {
        old.forEach(Worker::retire);
    }

    /** Stops the new version's workers, and checks that nothing was in their way. */
    void stopNext() throws SQLException {
        goOn();
        for (Worker worker : next) {
            worker.close();
        }
        next.clear();
    }

    /** Every worker executes every statement once more, and none has failed. */
    void goOn() {
        round();
        assertThat(workers().map(Worker::failure)).containsOnlyNulls();
    }

    /** Connections of a migrator that lets every worker execute every statement between any two things that last. */
    DataSource migrator() {
        return new WatchedDataSource(fleet.database()) {
            @Override
            protected void after(String sql, boolean alone) {
                boolean reads = sql.strip().toUpperCase(Locale.ROOT).startsWith("SELECT");
                if (sql.equals(COMMIT) || alone && !reads) {
                    round();
                    startNext();
                }
            }
        };
    }

    private void startNext() {
        if (live || !isThere(Fleet.schema(Case.MIGRATION))) {
            return;
        }
        live = true;
        whenLive.run();
        try {
            start(next, Case.MIGRATION, nextStatements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isThere(String schema) {
        return Boolean.TRUE.equals(fleet.database()
                .jdbc()
                .queryForObject("SELECT to_regnamespace(quote_ident(?)) IS NOT NULL", Boolean.class, schema));
    }

    private void round() {
        List<Worker> all = workers().toList();
        List<Long> goals = all.stream().map(w -> w.rounds() + ROUNDS).toList();
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    for (int i = 0; i < goals.size(); i++) {
                        Worker worker = all.get(i);
                        if (worker.failure() == null && worker.rounds() < goals.get(i)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private Stream<Worker> workers() {
        return Stream.concat(old.stream(), next.stream());
    }

    @Override
    public void close() throws SQLException {
        for (Worker worker : workers().toList()) {
            worker.close();
        }
    }
}
