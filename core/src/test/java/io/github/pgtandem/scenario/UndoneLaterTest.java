package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An expand fails, what undoes it cannot go on, and neither can the next instance: the one after that can. */
@ExtendWith(DatabaseExtension.class)
class UndoneLaterTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_upper";
    private static final String FIRST = "0001_first";
    private static final String SECOND = "0002_second";
    private static final Settings SETTINGS = Fleet.waiting(Duration.ofMillis(100), Duration.ofMillis(300));

    private final AtomicBoolean busy = new AtomicBoolean();
    private final PgTandemListener standby = new PgTandemListener() {
        @Override
        public Optional<String> whyLockWaits(List<String> tables) {
            return busy.get() ? Optional.of("a standby reads " + tables) : Optional.empty();
        }
    };
    private Fleet fleet;
    private Catalogue before;

    @BeforeEach
    void people(Database database) {
        fleet = Fleet.on(
                        database,
                        "CREATE TABLE people (id int PRIMARY KEY, name text)",
                        "INSERT INTO people SELECT n, 'First' || n FROM generate_series(1, 1000) AS n")
                .with(NEW, """
                          - alter_column:
                              table: people
                              column: name
                              type: varchar(100)
                              nullable: false
                              up: upper(name)
                              down: lower(name)
                        """);
        before = fleet.catalogue();
    }

    @Test
    void oneThatHasChangedNothingNeedsNoUndoing() {
        busy.set(true);
        fails(NEW, "failed and was rolled back");

        assertThat(fleet.build(OLD, SETTINGS, standby).start(Fleet.TEST).ready())
                .isTrue();
        assertThat(state()).isEqualTo(MigrationState.FAILED);
        worksIn(fleet);
    }

    @Test
    void oneThatWasOpenToItsInstancesIsUndoneByWhoeverCan() {
        fleet.build(NEW, SETTINGS, standby).open(Fleet.TEST);
        fleet.at(NEW).update("INSERT INTO people VALUES (2001, 'ADA')");
        busy.set(true);
        fails(NEW, "Rolling it back was cut short");
        fails(NEW, "rolling back the failed expand of [" + NEW + "] was cut short");
        // An old one is in use all the same.
        assertThat(fleet.build(OLD, SETTINGS, standby).start(Fleet.TEST).ready())
                .isTrue();

        busy.set(false);
        fleet.build(OLD, SETTINGS, standby).start(Fleet.TEST);
        assertThat(before.difference(fleet.catalogue())).isEmpty();
        assertThat(state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(fleet.row(OLD, "SELECT name FROM people WHERE id = 2001")).containsEntry("name", "ada");
        worksIn(fleet);
    }

    @Test
    void somebodysObjectInTheWayIsNamedUntilItIsGone() {
        AtomicBoolean once = new AtomicBoolean();
        fleet.database().execute("ALTER TABLE people ADD COLUMN flag int DEFAULT 1");
        fleet.with(SECOND, "\n  - create_index: {name: one_each, table: people, unique: true, columns: {flag: {}}}");
        PgTandemListener filling = new PgTandemListener() {
            @Override
            public void backfill(String table, long done, long total) {
                if (once.compareAndSet(false, true)) {
                    fleet.database().execute("CREATE INDEX mine ON people (_pgtandem_name)");
                }
            }
        };
        String drop = "Drop it and try again. Make it again when it is done. The live versions go on working.";
        assertThatThrownBy(() -> fleet.build(SECOND, SETTINGS, filling).start(Fleet.TEST))
                .hasMessageContaining("could not create unique index")
                .hasMessageContaining("index mine uses")
                .hasMessageContaining(drop);
        fails(NEW, drop);

        fleet.database().execute("DROP INDEX mine");
        worksIn(fleet);
    }

    @Test
    void thePartsBeforeTheOneThatFailedAreTakenBackByTheNextWhereTheirInstanceDies() {
        Fleet parts = diedBetweenParts();
        assertThat(states(parts)).containsExactly(MigrationState.EXPANDED, MigrationState.FAILED);

        parts.build(OLD).start(Fleet.TEST);
        partsAreBack(parts);
    }

    @Test
    void theyAreAlsoTakenBackWhereTheirTableIsBusy() {
        Fleet parts = inParts();
        PgTandemListener hindered = new PgTandemListener() {
            @Override
            public void finished(Act act, List<String> migrations, Duration duration, boolean done) {
                busy.set(!done || busy.get());
            }

            @Override
            public Optional<String> whyLockWaits(List<String> tables) {
                return standby.whyLockWaits(tables);
            }
        };
        assertThatThrownBy(() -> parts.build(SECOND, SETTINGS, hindered).start(Fleet.TEST))
                .hasMessageContaining("the part of the release before it could not be rolled back");

        busy.set(false);
        parts.build(OLD).start(Fleet.TEST);
        partsAreBack(parts);
    }

    @Test
    void aRollbackThatTakesThemBackSaysSo() {
        Fleet parts = diedBetweenParts();

        ActReport report = parts.build(OLD).rollback(null, false, Fleet.TEST);

        assertThat(report.act()).isEqualTo(Act.ROLLBACK);
        assertThat(report.migrations()).containsExactly(FIRST);
        assertThat(report.version()).isEqualTo(OLD);
        partsAreBack(parts);
    }

    /** The instance dies when the part that failed is undone, and the part before it is not. */
    private Fleet diedBetweenParts() {
        Fleet parts = inParts();
        AtomicInteger begun = new AtomicInteger();
        PgTandem killed = parts.build(
                SECOND,
                Fleet.SETTINGS,
                Between.death(
                        parts.database(), sql -> sql.contains("INTO pgtandem.act ") && begun.incrementAndGet() == 4));
        assertThatThrownBy(() -> killed.start(Fleet.TEST)).hasMessageContaining("This connection has been closed");
        return parts;
    }

    private Fleet inParts() {
        fleet.database()
                .execute("CREATE TABLE visits (id int PRIMARY KEY, n text)", "INSERT INTO visits VALUES (1, 'none')");
        before = fleet.catalogue();
        return fleet.without(NEW)
                .with(FIRST, """
                          - add_column: {table: people, column: {name: extra, type: int, nullable: true}}
                          - sql: {up: SELECT 1}
                        """)
                .with(SECOND, "\n  - alter_column: {table: visits, column: n, type: int, up: n::int, down: n::text}");
    }

    private void partsAreBack(Fleet parts) {
        assertThat(before.difference(parts.catalogue())).isEmpty();
        assertThat(states(parts)).containsExactly(MigrationState.ROLLED_BACK, MigrationState.FAILED);
        // Its files may be corrected, so nobody has to repair anything.
        parts.without(FIRST)
                .without(SECOND)
                .with(FIRST, "\n  - add_column: {table: people, column: {name: better, type: int, nullable: true}}")
                .live(FIRST);
        assertThat(parts.row(FIRST, "SELECT count(better) AS n FROM people")).containsEntry("n", 0L);
    }

    private static List<MigrationState> states(Fleet parts) {
        return parts.build(OLD).status().migrations().stream()
                .filter(m -> m.name().equals(FIRST) || m.name().equals(SECOND))
                .map(Status.Migration::state)
                .toList();
    }

    private void fails(String version, String message) {
        assertThatThrownBy(() -> fleet.build(version, SETTINGS, standby).start(Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining(message);
    }

    private MigrationState state() {
        return fleet.build(NEW).status().migrations().stream()
                .filter(m -> m.name().equals(NEW))
                .map(Status.Migration::state)
                .findFirst()
                .orElseThrow();
    }

    private void worksIn(Fleet builds) {
        busy.set(false);
        assertThat(builds.build(NEW, SETTINGS, standby).start(Fleet.TEST).ready())
                .isTrue();
        assertThat(builds.row(NEW, "SELECT name FROM people WHERE id = 1")).containsEntry("name", "FIRST1");
    }
}
