package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * P1, P2, P3 and P7: the life of two releases over the same tables and columns, with five writers of each live version.
 * {@code -Dpgtandem.test.writes} says how many writes at least, 30,000 by default.
 */
@ExtendWith(DatabaseExtension.class)
class ThreeVersionsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ThreeVersionsTest.class);
    private static final int WRITES = Integer.getInteger("pgtandem.test.writes", 30_000);
    private static final int ROWS = 30_000;
    private static final int EACH = 5;
    private static final List<Dialect> VERSIONS = List.of(Dialect.OLD, Dialect.NEW, Dialect.NEWEST);
    /** Of writers: five, then ten, fifteen, ten, five, ten, five. */
    private static final int PHASES_TIMES_WRITERS = 60;

    private final Ledger ledger = new Ledger(ROWS);
    private final List<List<Writer>> writers = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    @Test
    void threeVersionsServeThroughCompleteInBetweenAndRollbackToIt(Database database) throws SQLException {
        Fleet fleet = Dialect.moreMigrations(Dialect.migrations(Fleet.on(
                database,
                UnderLoadTest.ITEMS,
                "INSERT INTO items (name, price) SELECT 'Item ' || i, (i / 10.0)::numeric(20, 2)::text"
                        + " FROM generate_series(1, " + ROWS + ") i")));
        try {
            write(fleet, 0);
            goOn();
            fleet.live(Dialect.NEW.version());
            write(fleet, 1);
            goOn();
            fleet.live(Dialect.NEWEST.version());
            write(fleet, 2);
            goOn();
            all(fleet);
            // Complete to the version in the middle, while the newest is in flight.
            stop(0);
            fleet.build(Dialect.NEWEST.version()).complete(Dialect.NEW.version(), false, Fleet.TEST);
            goOn();
            stop(2);
            fleet.build(Dialect.NEW.version()).rollback(Dialect.NEW.version(), false, Fleet.TEST);
            goOn();
            fleet.live(Dialect.NEWEST.version());
            write(fleet, 2);
            goOn();
            stop(1);
            fleet.build(Dialect.NEWEST.version()).complete(null, false, Fleet.TEST);
            goOn();
        } finally {
            for (List<Writer> each : writers) {
                Writer.stop(each);
            }
        }

        ledger.check(fleet.at(Dialect.NEWEST.version()), Dialect.NEWEST.totals());
        LOG.info("{} writes, the slowest statement took {} ms", ledger.writes, ledger.slowestMillis());
        assertThat(ledger.writes.get()).isGreaterThanOrEqualTo(WRITES);
    }

    private void write(Fleet fleet, int version) throws SQLException {
        for (int i = 0; i < EACH; i++) {
            writers.get(version)
                    .add(new Writer(
                            fleet,
                            VERSIONS.get(version),
                            ledger,
                            version * EACH + i,
                            VERSIONS.size() * EACH,
                            // As the driver does by default, and prepared at once.
                            i % 2 == 0 ? 5 : 1));
        }
    }

    private void stop(int version) throws SQLException {
        Writer.stop(writers.get(version));
        assertThat(writers.get(version)).extracting(Writer::failure).containsOnlyNulls();
        writers.get(version).clear();
    }

    private void goOn() {
        List<Writer> alive = writers.stream().flatMap(List::stream).toList();
        // A round is one write at least.
        Writer.goOn(alive, WRITES / PHASES_TIMES_WRITERS + 1);
    }

    /** While nobody writes, each version reads what all have written. */
    private void all(Fleet fleet) throws SQLException {
        for (int version = 0; version < writers.size(); version++) {
            stop(version);
        }
        for (Dialect each : VERSIONS) {
            ledger.check(fleet.at(each.version()), each.totals());
        }
        for (int version = 0; version < writers.size(); version++) {
            write(fleet, version);
        }
        goOn();
    }
}
