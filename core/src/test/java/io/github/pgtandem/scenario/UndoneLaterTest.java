package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.MigrationState;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An expand fails, what undoes it cannot go on, and neither can the next instance: the one after that can. */
@ExtendWith(DatabaseExtension.class)
class UndoneLaterTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_upper";
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
