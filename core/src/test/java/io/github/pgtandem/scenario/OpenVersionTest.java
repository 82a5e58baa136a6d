package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.StartReport;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** A version is open to its instances before rows are filled, and nothing that they write meanwhile is lost. */
@ExtendWith(DatabaseExtension.class)
class OpenVersionTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_split";
    private static final int ROWS = 1000;

    private Database database;
    private Fleet fleet;

    @BeforeEach
    void rows(Database fresh) {
        database = fresh;
        fleet = Fleet.on(
                        database,
                        "CREATE TABLE people (id int PRIMARY KEY, name text, visits int NOT NULL DEFAULT 0)",
                        "INSERT INTO people SELECT n, 'First' || n || ' Last', n FROM generate_series(1, " + ROWS
                                + ") AS n")
                .with(NEW, """
                          - rename_column: {table: people, from: name, to: full_name}
                          - alter_column:
                              table: people
                              column: full_name
                              nullable: false
                              unique: {name: people_full_name_key}
                              up: upper(full_name)
                              down: lower(full_name)
                        """);
    }

    @Test
    void writersOfBothVersionsAreTranslatedBeforeRowsAreFilled() {
        StartReport open = fleet.build(NEW).open(Fleet.TEST);
        assertThat(open.ready()).isFalse();
        assertThat(open.expanded()).isNull();
        assertThat(open.liveVersions()).containsExactly(NEW);
        assertThat(backfills()).isEmpty();
        assertThat(fleet.build(NEW).status().versions())
                .extracting(Status.Version::name, Status.Version::state)
                .contains(org.assertj.core.groups.Tuple.tuple(NEW, VersionState.EXPANDING));

        JdbcTemplate older = fleet.at(OLD);
        JdbcTemplate newer = fleet.at(NEW);
        assertThat(newer.queryForList("SELECT full_name FROM people WHERE id = 1", String.class))
                .containsExactly((String) null);
        newer.update("INSERT INTO people (id, full_name) VALUES (2001, 'ADA')");
        newer.update("UPDATE people SET full_name = 'BOB' WHERE id = 2");
        newer.update("UPDATE people SET visits = 30 WHERE id = 3");
        older.update("INSERT INTO people (id, name) VALUES (2002, 'Cleo')");
        older.update("UPDATE people SET name = 'Dora' WHERE id = 4");
        older.update("UPDATE people SET visits = 50 WHERE id = 5");
        newer.update("DELETE FROM people WHERE id = 6");
        // What the new version has written may be gone over by the old one, and the other way round.
        newer.update("UPDATE people SET full_name = 'EVE' WHERE id = 7");
        older.update("UPDATE people SET visits = 70 WHERE id = 7");
        older.update("UPDATE people SET name = 'Finn' WHERE id = 8");
        newer.update("UPDATE people SET visits = 80 WHERE id = 8");

        String names = "SELECT name FROM people WHERE id IN (2, 3, 4, 5, 7, 8, 2001, 2002) ORDER BY id";
        List<String> seenByOld = List.of("bob", "First3 Last", "Dora", "First5 Last", "eve", "Finn", "ada", "Cleo");
        assertThat(older.queryForList(names, String.class)).isEqualTo(seenByOld);

        assertThat(fleet.build(NEW).start(Fleet.TEST).ready()).isTrue();
        assertThat(older.queryForList(names, String.class)).isEqualTo(seenByOld);
        assertThat(newer.queryForList(names.replace("name", "full_name"), String.class))
                .containsExactly("BOB", "FIRST3 LAST", "DORA", "FIRST5 LAST", "EVE", "FINN", "ADA", "CLEO");
        assertThat(newer.queryForList("SELECT visits FROM people WHERE id IN (3, 5, 7, 8) ORDER BY id", Integer.class))
                .containsExactly(30, 50, 70, 80);
        assertThat(fleet.row(NEW, "SELECT count(*) AS n, count(full_name) AS filled FROM people"))
                .containsEntry("n", ROWS + 1L)
                .containsEntry("filled", ROWS + 1L);
        assertThat(backfills()).allMatch(Status.Backfill::done);
    }

    @Test
    void itEndsAsOneThatWasNotOpenedEarly() {
        fleet.build(NEW).open(Fleet.TEST);
        fleet.build(NEW).start(Fleet.TEST);
        Catalogue early = fleet.catalogue();
        fleet.build(NEW).rollback(null, false, Fleet.TEST);
        fleet.build(NEW).start(Fleet.TEST);

        assertThat(early.difference(fleet.catalogue())).isEmpty();
    }

    @Test
    void everyInstanceOfItIsLetInAtOnceAndOneFinishesIt() {
        fleet.build(NEW).open(Fleet.TEST);
        assertThat(fleet.build(NEW).open(Fleet.TEST).ready()).isFalse();
        assertThat(backfills()).isEmpty();

        // An old instance that starts meanwhile finds nobody at work, and does it.
        fleet.build(OLD).start(Fleet.TEST);
        assertThat(fleet.build(NEW).open(Fleet.TEST)).satisfies(report -> {
            assertThat(report.ready()).isTrue();
            assertThat(report.expanded()).isNull();
        });
        assertThat(fleet.row(NEW, "SELECT count(full_name) AS n FROM people")).containsEntry("n", (long) ROWS);
    }

    @Test
    void whereItCannotComeToItsEndItsInstancesAreAnsweredAndTheNextTryOpensItAgain() {
        JdbcTemplate newer = fleet.at(NEW);
        fleet.build(NEW).open(Fleet.TEST);
        newer.update("INSERT INTO people (id, full_name) VALUES (2001, 'FIRST1 LAST')");

        PgTandem engine = fleet.build(NEW);
        assertThatThrownBy(() -> engine.start(Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("failed and was rolled back")
                .hasMessageContaining("people_full_name_key");
        assertThatThrownBy(() -> newer.queryForList("SELECT * FROM people"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("schema version " + NEW + " was removed by rolling back to " + OLD);
        assertThatThrownBy(() -> newer.update("INSERT INTO people (id, full_name) VALUES (2002, 'X')"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("schema version " + NEW + " was removed by rolling back to " + OLD);
        // What it has written is seen by the old version.
        assertThat(fleet.row(OLD, "SELECT name FROM people WHERE id = 2001")).containsEntry("name", "first1 last");

        database.execute("DELETE FROM people WHERE id = 2001");
        assertThat(engine.open(Fleet.TEST).ready()).isFalse();
        assertThat(newer.update("INSERT INTO people (id, full_name) VALUES (2002, 'X')"))
                .isOne();
        assertThat(engine.start(Fleet.TEST).ready()).isTrue();
    }

    @Test
    void withoutRowsToFillThereIsNothingToWaitFor() {
        fleet.with("0002_index", """
                  - create_index: {name: people_visits, table: people, columns: {visits: {}}}
                """);
        assertThat(fleet.build("0002_index").open(Fleet.TEST).ready()).isFalse();
        fleet.build("0002_index").start(Fleet.TEST);
        fleet.with("0003_index", """
                  - create_index: {name: people_more_visits, table: people, columns: {visits: {}, id: {}}}
                """);

        StartReport report = fleet.build("0003_index").open(Fleet.TEST);
        assertThat(report.ready()).isTrue();
        assertThat(report.expanded()).isNotNull();
    }

    @Test
    void aVersionWithAnEnumTypeOfItsOwnIsWaitedFor() {
        database.execute(
                "CREATE TYPE state AS ENUM ('open', 'done')",
                "CREATE TABLE orders (id int PRIMARY KEY, state state NOT NULL)",
                "INSERT INTO orders VALUES (1, 'open'), (2, 'done')");
        fleet.with("0002_states", """
                  - alter_enum: {name: state, rename: [{from: done, to: closed}]}
                """);
        PgTandem engine = fleet.build("0002_states");
        assertThat(engine.open(Fleet.TEST).ready()).isTrue();
        fleet.at("0002_states").update("INSERT INTO orders VALUES (3, 'closed'::state)");
        assertThat(fleet.at("0002_states").queryForList("SELECT state FROM orders ORDER BY id", String.class))
                .containsExactly("open", "closed", "closed");
        assertThat(fleet.at(OLD).queryForList("SELECT state FROM orders ORDER BY id", String.class))
                .containsExactly("open", "done", "done");
    }

    private List<Status.Backfill> backfills() {
        return fleet.build(NEW).status().backfills();
    }
}
