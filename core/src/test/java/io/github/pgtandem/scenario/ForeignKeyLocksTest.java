package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P1: who writes to tables that foreign keys lead to is not in a knot with who drops the tables that they come from. */
@ExtendWith(DatabaseExtension.class)
class ForeignKeyLocksTest {

    private static final String NEW = "0001_notes";

    @Test
    void aNewTableIsTakenBackBesideDeletes(Database database) throws Exception {
        Fleet fleet = Fleet.on(database, "CREATE TABLE users (id int PRIMARY KEY)", "INSERT INTO users VALUES (1), (2)")
                .with(NEW, """
                          - create_table:
                              name: notes
                              columns:
                                - {name: id, type: int, pk: true}
                                - {name: user_id, type: int, references: {name: fk, table: users, column: id}}
                        """);
        fleet.live(NEW);
        deletesGoThrough(
                fleet,
                fleet.build(NEW, Fleet.waiting(Duration.ofSeconds(30))),
                engine -> engine.rollback(null, false, Fleet.TEST));
    }

    @Test
    void anOldTableGoesBesideDeletes(Database database) throws Exception {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE users (id int PRIMARY KEY)",
                        "INSERT INTO users VALUES (1), (2)",
                        "CREATE TABLE notes (id int PRIMARY KEY, user_id int REFERENCES users)")
                .with(NEW, "\n  - drop_table: {name: notes}");
        fleet.live(NEW);
        deletesGoThrough(
                fleet,
                fleet.build(NEW, Fleet.waiting(Duration.ofSeconds(30))),
                engine -> engine.complete(null, false, Fleet.TEST));
    }

    /** P1: one lock after the other, and none is waited for with the whole of it. */
    @Test
    void whoWritesToWhatTheKeysLeadToWaitsForTheLockTimeoutAtMost(Database database) throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE a (id int PRIMARY KEY)",
                        "CREATE TABLE b (id int PRIMARY KEY)",
                        "CREATE TABLE c (id int PRIMARY KEY)",
                        "CREATE TABLE notes (a int REFERENCES a, b int REFERENCES b, c int REFERENCES c)")
                .with(NEW, "\n  - drop_table: {name: notes}")
                .live(NEW);
        List<String> read = List.of("b", "c", "notes");
        List<Connection> readers = new ArrayList<>();
        for (String table : read) {
            Connection reader = database.dataSource().getConnection();
            reader.setAutoCommit(false);
            reader.createStatement().execute("LOCK TABLE " + table + " IN ACCESS SHARE MODE");
            readers.add(reader);
        }
        CompletableFuture<Void> act = CompletableFuture.runAsync(
                () -> fleet.build(NEW, Fleet.waiting(timeout)).complete(null, false, Fleet.TEST));
        awaitWaitingFor(database, "b", timeout.dividedBy(10));

        CompletableFuture<Integer> write = CompletableFuture.supplyAsync(() -> {
            database.execute("SET lock_timeout = " + timeout.toMillis(), "INSERT INTO a VALUES (1)");
            return 1;
        });
        for (int i = 0; i < read.size(); i++) {
            awaitWaitingFor(database, read.get(i));
            Thread.sleep(timeout.toMillis() * 2 / 5);
            readers.get(i).close();
        }

        assertThat(write.get()).isEqualTo(1);
        act.get();
    }

    private static void awaitWaitingFor(Database database, String table) {
        awaitWaitingFor(database, table, Duration.ZERO);
    }

    /** A try that has waited for so long already: the first ones are short. */
    private static void awaitWaitingFor(Database database, String table, Duration already) {
        await().until(() -> database.jdbc()
                .queryForObject(
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = ?::regclass AND NOT granted"
                                + " AND waitstart <= clock_timestamp() - make_interval(secs => ?))",
                        Boolean.class,
                        table,
                        already.toMillis() / 1000.0));
    }

    private interface Ending {
        void of(PgTandem engine);
    }

    private static void deletesGoThrough(Fleet fleet, PgTandem engine, Ending ending) throws Exception {
        try (Connection writer = fleet.database().dataSource().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            // As a DELETE has it before it looks for rows that lead to its own.
            statement.execute("LOCK TABLE users IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> act = CompletableFuture.runAsync(() -> ending.of(engine));
            awaitWaitingFor(fleet.database(), "users", Duration.ofMillis(300));

            statement.execute("SET lock_timeout = '200ms'");
            assertThat(statement.executeUpdate("DELETE FROM users WHERE id = 2"))
                    .isEqualTo(1);

            writer.commit();
            act.get();
        }
        assertThat(fleet.database().jdbc().queryForObject("SELECT to_regclass('public.notes') IS NULL", Boolean.class))
                .isTrue();
    }
}
