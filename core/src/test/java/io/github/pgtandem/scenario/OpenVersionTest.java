package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.StartReport;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final String UNIQUE = "0002_visits";
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
    void whoeverWaitsForItsRowsDoesNotRepeatWhatFails() {
        fleet.with(UNIQUE, "\n  - create_index: {name: one_each, table: people, unique: true, columns: {flag: {}}}");
        database.execute("ALTER TABLE people ADD COLUMN flag int NOT NULL DEFAULT 1");
        PgTandem first = fleet.build(UNIQUE);
        first.open(Fleet.TEST);
        first.backfill(true, Map.of(), Fleet.TEST);
        CompletableFuture<StartReport> one = CompletableFuture.supplyAsync(() -> first.start(Fleet.TEST));
        await().until(() -> !backfills().isEmpty());
        CompletableFuture<StartReport> other =
                CompletableFuture.supplyAsync(() -> fleet.build(UNIQUE).start(Fleet.TEST));
        await().until(() -> database.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT v ->> %'",
                                Integer.class)
                > 0);
        first.backfill(false, Map.of(), Fleet.TEST);

        assertThatThrownBy(one::join).hasMessageContaining("could not create unique index");
        assertThatThrownBy(other::join)
                .hasMessageContaining("failed while this instance waited for it")
                .hasMessageContaining("could not create unique index");
        assertThat(database.jdbc()
                        .queryForList(
                                "SELECT state FROM pgtandem.act WHERE act = 'EXPAND'"
                                        + " AND migrations <> '{}' ORDER BY id",
                                String.class))
                .containsExactly("FAILED");
        // Whoever comes with a corrected file, or to corrected rows, is not held up.
        database.execute("UPDATE people SET flag = id");
        assertThat(fleet.build(UNIQUE).start(Fleet.TEST).ready()).isTrue();
    }

    @Test
    void aTranslationMayReadATableOfAnyName() {
        database.execute(
                "CREATE TABLE written (id int PRIMARY KEY, label text)", "INSERT INTO written VALUES (1, 'Ada')");
        String version = "0002_written";
        fleet.without(NEW).with(version, """
                          - alter_column:
                              table: people
                              column: name
                              type: varchar(100)
                              up: coalesce((SELECT written.label FROM written WHERE written.id = visits), name)
                              down: name
                        """);
        fleet.build(version).open(Fleet.TEST);

        fleet.at(OLD).update("UPDATE people SET visits = 1 WHERE id = 2");
        fleet.at(OLD).update("INSERT INTO people VALUES (2001, 'Bob', 1)");
        fleet.at(version).update("UPDATE people SET name = 'Eve' WHERE id = 3");

        assertThat(fleet.at(version)
                        .queryForList("SELECT name FROM people WHERE id IN (2, 3, 2001) ORDER BY id", String.class))
                .containsExactly("Ada", "Eve", "Ada");
        assertThat(fleet.row(OLD, "SELECT name FROM people WHERE id = 3")).containsEntry("name", "Eve");
    }

    @Test
    void aNullThatIsComputedOnTheWayBackIsWritten() {
        String second = "0002_dash";
        fleet.without(NEW).with(NEW, """
                          - alter_column:
                              table: people
                              column: name
                              type: varchar(100)
                              up: upper(name)
                              down: lower(name)
                        """).with(second, """
                          - alter_column:
                              table: people
                              column: name
                              type: varchar(90)
                              up: coalesce(name, '-')
                              down: nullif(name, '-')
                        """);
        fleet.build(second).open(Fleet.TEST);

        fleet.at(second).update("UPDATE people SET name = '-' WHERE id = 1");
        fleet.at(second).update("UPDATE people SET name = 'EVE' WHERE id = 2");
        fleet.at(second).update("UPDATE people SET visits = 7 WHERE id = 3");

        String names = "SELECT name FROM people WHERE id <= 3 ORDER BY id";
        assertThat(fleet.at(OLD).queryForList(names, String.class)).containsExactly(null, "eve", "First3 Last");
        fleet.build(second).start(Fleet.TEST);
        assertThat(fleet.at(OLD).queryForList(names, String.class)).containsExactly(null, "eve", "First3 Last");
        assertThat(fleet.at(second).queryForList(names, String.class)).containsExactly("-", "EVE", "FIRST3 LAST");
    }

    /** Two columns in a chain; the second's way back loses what it does not know. */
    private String marked() {
        String mark = "0002_mark";
        fleet.without(NEW)
                .with(
                        NEW,
                        "\n  - alter_column: {table: people, column: name, type: varchar(100), up: upper(name), down: lower(name)}")
                .with(
                        mark,
                        "\n  - alter_column: {table: people, column: name, type: text, up: \"name || '!'\", down: \"rtrim(name, '!')\"}");
        return mark;
    }

    private void openAndMark(String mark) {
        fleet.build(mark).open(Fleet.TEST);
        fleet.at(mark).update("UPDATE people SET name = 'FIRST1 LAST!!' WHERE id = 1");
        fleet.at(mark).update("UPDATE people SET name = 'EVE!!' WHERE id = 2");
    }

    @Test
    void whatTheWayBackMakesOfARowThatIsNotFilledIsComparedWithWhatFillsIt() {
        String mark = marked();
        openAndMark(mark);

        assertThat(fleet.at(OLD).queryForList("SELECT name FROM people WHERE id <= 2 ORDER BY id", String.class))
                .containsExactly("First1 Last", "eve");
    }

    @Test
    void whatDoesNotChangeOnTheWayBackIsLeftAsItIs() {
        String mark = marked();
        fleet.live(NEW);
        openAndMark(mark);

        String names = "SELECT name FROM people WHERE id <= 2 ORDER BY id";
        assertThat(fleet.at(OLD).queryForList(names, String.class)).containsExactly("First1 Last", "eve");
        assertThat(fleet.at(NEW).queryForList(names, String.class)).containsExactly("FIRST1 LAST", "EVE");
    }

    @Test
    void anInstanceThatComesWhileItIsMadeIsLetInWhenItIsOpen() {
        PgTandem first = fleet.build(NEW);
        first.backfill(true, Map.of(), Fleet.TEST);
        CompletableFuture<StartReport> one = CompletableFuture.supplyAsync(() -> {
            first.open(Fleet.TEST);
            return first.start(Fleet.TEST);
        });
        StartReport other = fleet.build(NEW).open(Fleet.TEST);

        assertThat(other.ready()).isFalse();
        assertThat(one).isNotDone();
        first.backfill(false, Map.of(), Fleet.TEST);
        assertThat(one.join().ready()).isTrue();
    }

    @Test
    void anInstanceThatIsInWaitsForAsLongAsAnotherFillsRows() {
        PgTandem first = fleet.build(NEW);
        first.open(Fleet.TEST);
        first.backfill(true, Map.of(), Fleet.TEST);
        CompletableFuture<StartReport> one = CompletableFuture.supplyAsync(() -> first.start(Fleet.TEST));
        await().until(() -> !backfills().isEmpty());
        CompletableFuture<StartReport> other = CompletableFuture.supplyAsync(
                () -> fleet.build(NEW, Fleet.patient(Duration.ZERO)).start(Fleet.TEST));
        assertThatThrownBy(() -> fleet.build(OLD, Fleet.patient(Duration.ZERO)).complete(null, false, Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("another instance has been working");
        assertThat(other).isNotDone();

        first.backfill(false, Map.of(), Fleet.TEST);
        assertThat(one.join().ready()).isTrue();
        assertThat(other.join().ready()).isTrue();
    }

    @Test
    void whoeverIsToStopLeavesTheRestToTheNext() throws Exception {
        PgTandem engine = fleet.build(NEW);
        engine.open(Fleet.TEST);
        AtomicReference<Thread> filling = new AtomicReference<>();
        AtomicReference<Throwable> end = new AtomicReference<>();
        PgTandem stopped = fleet.build(
                NEW,
                Fleet.SETTINGS.withBackfill(Fleet.SETTINGS.backfill().with(Map.of("window", "1"))),
                new PgTandemListener() {
                    @Override
                    public void backfill(String table, long done, long total) {
                        filling.get().interrupt();
                    }
                });
        filling.set(new Thread(() -> stopped.start(Fleet.TEST)));
        filling.get().setUncaughtExceptionHandler((thread, failure) -> end.set(failure));
        filling.get().start();
        filling.get().join();

        assertThat(end.get()).isInstanceOf(ActFailedException.class).hasMessageContaining("was cut short");
        assertThat(backfills())
                .singleElement()
                .satisfies(b -> assertThat(b.done()).isFalse());
        assertThat(engine.start(Fleet.TEST).ready()).isTrue();
    }

    @Test
    void aRoleIsPinnedToItBeforeRowsAreFilled() {
        database.role("shop_open");
        PgTandem engine = fleet.build(NEW);
        engine.open(Fleet.TEST);
        engine.pinRole("shop_open", List.of(Fleet.schema(NEW), "public"), Fleet.TEST);

        assertThat(engine.open(Fleet.TEST).ready()).isFalse();
    }

    @Test
    void oneOfSeveralNewColumnsMayBeWrittenBeforeTheOthersAreFilled() {
        database.execute(
                "CREATE TABLE staff (id int PRIMARY KEY, name text NOT NULL)",
                "INSERT INTO staff VALUES (1, 'Ada Lovelace'), (2, 'Mary Shelley'), (3, 'Jane Austen')");
        fleet.with("0002_names", """
                  - split_column:
                      table: staff
                      column: name
                      into:
                        - {name: first, type: text}
                        - {name: last, type: text}
                      up: {first: "split_part(name, ' ', 1)", last: "split_part(name, ' ', 2)"}
                      down: first || ' ' || last
                """);
        PgTandem engine = fleet.build("0002_names");
        assertThat(engine.open(Fleet.TEST).ready()).isFalse();
        JdbcTemplate newer = fleet.at("0002_names");
        newer.update("UPDATE staff SET first = 'Bob' WHERE id = 1");
        newer.update("UPDATE staff SET last = 'Godwin', first = NULL WHERE id = 2");
        newer.update("INSERT INTO staff VALUES (4, 'George', 'Sand')");
        String names = "SELECT name FROM staff ORDER BY id";
        List<String> seenByOld = List.of("Bob Lovelace", "Mary Godwin", "Jane Austen", "George Sand");
        assertThat(fleet.at(OLD).queryForList(names, String.class)).isEqualTo(seenByOld);

        engine.start(Fleet.TEST);
        assertThat(fleet.at(OLD).queryForList(names, String.class)).isEqualTo(seenByOld);
        assertThat(newer.queryForList("SELECT first || ' ' || last FROM staff ORDER BY id", String.class))
                .isEqualTo(seenByOld);
    }

    @Test
    void aNullThatIsWrittenBackAsItWasReadLosesNothing() {
        fleet.build(NEW).open(Fleet.TEST);
        JdbcTemplate newer = fleet.at(NEW);
        String read = newer.queryForObject("SELECT full_name FROM people WHERE id = 3", String.class);
        fleet.at(OLD).update("UPDATE people SET visits = 1 WHERE id = 3");
        newer.update("UPDATE people SET full_name = ?, visits = 7 WHERE id = 3", read);

        assertThat(read).isNull();
        assertThat(fleet.row(OLD, "SELECT name, visits FROM people WHERE id = 3"))
                .containsEntry("name", "First3 Last")
                .containsEntry("visits", 7);
        assertThat(fleet.row(NEW, "SELECT full_name FROM people WHERE id = 3"))
                .containsEntry("full_name", "FIRST3 LAST");
    }

    @Test
    void whatChangesAKeyIsWaitedFor() {
        database.execute(
                "CREATE TABLE owners (id int PRIMARY KEY, code text UNIQUE)",
                "CREATE TABLE pets (id int PRIMARY KEY, owner int REFERENCES owners)",
                "INSERT INTO owners VALUES (1, 'a')",
                "INSERT INTO pets VALUES (1, 1)");
        fleet.with("0002_key", "  - alter_column: {table: owners, column: id, type: bigint, up: id, down: id}\n")
                .with(
                        "0003_reference",
                        "  - alter_column: {table: pets, column: owner, type: bigint, up: owner, down: owner}\n")
                .with(
                        "0004_unique",
                        "  - alter_column: {table: owners, column: code, type: varchar(9), up: code, down: code}\n");
        for (String version : List.of("0002_key", "0003_reference", "0004_unique")) {
            assertThat(fleet.build(version).open(Fleet.TEST).ready())
                    .as(version)
                    .isTrue();
        }
    }

    @Test
    void whereItCannotComeToItsEndItsInstancesAreAnsweredAndTheNextTryOpensItAgain() {
        fleet.with(UNIQUE, """
                  - create_index: {name: people_visits_key, table: people, unique: true, columns: {visits: {}}}
                """);
        JdbcTemplate newer = fleet.at(UNIQUE);
        fleet.build(UNIQUE).open(Fleet.TEST);
        newer.update("INSERT INTO people (id, full_name, visits) VALUES (2001, 'FIRST1 LAST', 1)");

        PgTandem engine = fleet.build(UNIQUE);
        assertThatThrownBy(() -> engine.start(Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("failed and was rolled back")
                .hasMessageContaining("people_visits_key");
        assertThatThrownBy(() -> newer.queryForList("SELECT * FROM people"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("schema version " + UNIQUE + " was removed by rolling back to " + OLD);
        assertThatThrownBy(() -> newer.update("INSERT INTO people (id, full_name) VALUES (2002, 'X')"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("schema version " + UNIQUE + " was removed by rolling back to " + OLD);
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
