package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.LockNotAcquiredException;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionRetiredException;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P4 and P7: SQL of the author's, and later migrations that go on with what it has made. */
@ExtendWith(DatabaseExtension.class)
class ScriptsInFlightTest {

    private static final String A = "0001_a";
    private static final String B = "0002_b";
    private static final String C = "0003_c";
    private static final String TAGS =
            "[{sql: {up: 'CREATE TABLE tags (id int PRIMARY KEY, n int)', down: DROP TABLE tags}}]";
    private static final String LONGER = """
              - alter_column: {table: tags, column: n, type: bigint, up: n, down: n}
              - rename_column: {table: tags, from: id, to: key}
              - sql: {up: ALTER TABLE items ADD COLUMN tag int, down: ALTER TABLE items DROP COLUMN tag}
            """;
    private static final String ITEMS = """
              - alter_column: {table: items, column: tag, type: bigint, up: tag, down: tag}
              - rename_table: {from: tags, to: labels}
            """;

    private static Fleet items(Database database) {
        return Fleet.on(database, "CREATE TABLE items (id int PRIMARY KEY, n int)", "INSERT INTO items VALUES (1, 1)");
    }

    private static Fleet tags(Database database) {
        return items(database).with(A, TAGS).with(B, LONGER).with(C, ITEMS);
    }

    @Test
    void aRollbackTakesBackWhatLaterMigrationsMadeOfItBeforeTheSqlItself(Database database) {
        Fleet fleet = tags(database);
        Catalogue before = fleet.catalogue();

        fleet.live(C);
        fleet.at(C).execute("INSERT INTO labels VALUES (1, 2)");
        fleet.build(C).rollback(null, false, Fleet.TEST);

        assertThat(before.difference(fleet.catalogue())).isEmpty();
    }

    /** It may have worked for minutes, all of which a short try for a lock would throw away. */
    @Test
    void aScriptHasTheWholeLockTimeoutOnItsFirstTry(Database database) throws Exception {
        Fleet fleet = items(database).with(A, """
                          - sql:
                              up: SELECT nextval('tries'); UPDATE items SET n = 2
                              down: UPDATE items SET n = 1
                        """);
        database.execute("CREATE SEQUENCE tries");
        try (Connection inTheWay = database.dataSource().getConnection()) {
            inTheWay.setAutoCommit(false);
            inTheWay.createStatement().execute("SELECT FROM items FOR UPDATE");
            CompletableFuture<Void> expand = CompletableFuture.runAsync(
                    () -> fleet.build(A, Fleet.waiting(Duration.ofSeconds(30))).start(Fleet.TEST));
            await().until(() -> database.jdbc()
                    .queryForObject(
                            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
                                    + " AND waitstart < clock_timestamp() - interval '200 ms')",
                            Boolean.class));
            inTheWay.rollback();
            expand.get();
        }
        // What a sequence gives is not taken back with the transaction.
        assertThat(database.jdbc().queryForObject("SELECT last_value FROM tries", Long.class))
                .isEqualTo(1);
    }

    @Test
    void aRollbackOverSeveralReleasesMayStopAtAnyOfThem(Database database) {
        Fleet fleet = tags(database);
        Catalogue before = fleet.catalogue();
        Catalogue atA = fleet.live(A).catalogue();
        fleet.live(B).live(C);

        fleet.build(C).rollback(A, false, Fleet.TEST);
        assertThat(atA.difference(fleet.catalogue())).isEmpty();

        fleet.live(B).live(C).build(C).rollback(null, false, Fleet.TEST);
        assertThat(before.difference(fleet.catalogue())).isEmpty();
    }

    @Test
    void sqlThatFailsAtCompleteKeepsNoLiveVersionFromStarting(Database database) {
        Fleet fleet = items(database)
                .with(A, """
                          - alter_column: {table: items, column: n, type: bigint, up: n, down: n}
                          - sql: {up: UPDATE items SET n = 1 / (n - 1), onComplete: true}
                        """)
                .with(B, "[{add_column: {table: items, column: {name: m, type: int, nullable: true}}}]");
        fleet.live(A);

        assertThatThrownBy(() -> fleet.build(A).complete(null, false, Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("division by zero")
                .hasMessageContaining("Some of its steps are done. Correct the cause and try again");
        fleet.live(A);
        fleet.build(A).register("shop", "host-1").close();
        assertThat(fleet.build(A).require().pin().version()).isEqualTo(A);
        assertThatThrownBy(() -> fleet.build(A).expand(Fleet.TEST)).hasMessageContaining("division by zero");
        // Half closed.
        assertThatThrownBy(() -> fleet.live(Fleet.BASE)).isInstanceOf(ActFailedException.class);
        assertThatThrownBy(() -> fleet.build(Fleet.BASE).register("shop", "host-1"))
                .isInstanceOf(VersionRetiredException.class);
        // What is to be expanded needs the act's end.
        assertThatThrownBy(() -> fleet.live(B)).hasMessageContaining("division by zero");

        fleet.at(A).update("UPDATE items SET n = 3");
        fleet.live(B);
        assertThat(fleet.row(B, "SELECT n, m FROM items"))
                .containsEntry("n", 0L)
                .containsEntry("m", null);
    }

    /** Whoever takes a failing expand over rolls it back, and is not to blame for it. */
    @Test
    void aBadMigrationOfANewerBuildKeepsNoOlderOneFromStarting(Database database) {
        Fleet fleet = items(database).with(A, """
                          - sql: {up: SELECT 1}
                          - alter_column: {table: items, column: n, type: int, up: n / (n - 1), down: n}
                        """);
        AtomicBoolean begun = new AtomicBoolean();
        DataSource dying = Between.death(database, sql -> {
            begun.compareAndSet(false, sql.startsWith("ALTER TABLE \"public\".\"items\" ADD COLUMN"));
            return begun.get() && sql.startsWith("UPDATE pgtandem.step");
        });
        assertThatThrownBy(() -> fleet.build(A, Fleet.SETTINGS, dying).start(Fleet.TEST))
                .isInstanceOf(RuntimeException.class);

        fleet.live(Fleet.BASE);

        assertThat(fleet.build(Fleet.BASE).status().migrations())
                .filteredOn(m -> m.name().equals(A))
                .extracting(Status.Migration::state)
                .containsExactly(MigrationState.FAILED);
    }

    @Test
    void anActThatGetsNoLockKeepsNoLiveVersionFromStarting(Database database) throws Exception {
        Fleet fleet =
                items(database).with(A, "[{alter_column: {table: items, column: n, type: bigint, up: n, down: n}}]");
        fleet.live(A);
        DataSource dying = Between.death(database, sql -> sql.contains("DROP COLUMN"));
        assertThatThrownBy(() -> fleet.build(A, Fleet.SETTINGS, dying).complete(null, false, Fleet.TEST))
                .isInstanceOf(RuntimeException.class);
        Settings impatient = Fleet.waiting(Duration.ofMillis(50), Duration.ofMillis(300));
        try (Connection reader = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT * FROM items");
            fleet.build(A, impatient).start(Fleet.TEST);
            // Nothing of it was done, so it is called off, and the older version is not being closed any more.
            fleet.build(Fleet.BASE, impatient).start(Fleet.TEST);
            assertThatThrownBy(() -> fleet.build(A, impatient).complete(null, false, Fleet.TEST))
                    .isInstanceOf(LockNotAcquiredException.class);
        }
        fleet.build(A).complete(null, false, Fleet.TEST);
        assertThat(fleet.build(A).status().versions())
                .filteredOn(v -> v.state() == VersionState.BASE)
                .extracting(Status.Version::name)
                .containsExactly(A);
    }

    @Test
    void sqlThatWaitsForCompleteFindsTheTablesInTheShapeOfItsMigration(Database database) {
        Fleet fleet = items(database).with(A, """
                          - alter_column: {table: items, column: n, type: bigint, up: n, down: n}
                          - sql: {up: UPDATE items SET n = n * 10, onComplete: true}
                        """).with(B, """
                          - rename_table: {from: items, to: things}
                          - alter_column: {table: things, column: n, type: text, up: n::text, down: n::bigint}
                        """).with(C, """
                          - rename_column: {table: things, from: n, to: m}
                          - sql: {up: ALTER TABLE things ALTER m SET STORAGE EXTERNAL, onComplete: true}
                        """);

        fleet.live(B).live(C).build(C).complete(null, false, Fleet.TEST);

        assertThat(fleet.row(C, "SELECT * FROM things")).containsEntry("m", "10");
    }

    @Test
    void aDownThatFailsDoesNotHideWhyTheReleaseFailed(Database database) {
        Fleet fleet = items(database)
                .with(A, "[{sql: {up: CREATE TABLE tags (), down: DROP TABLE nonesuch}}]")
                .with(B, "[{sql: {up: INSERT INTO items VALUES (1)}}]");

        assertThatThrownBy(() -> fleet.live(B))
                .isInstanceOf(ActFailedException.class)
                .hasMessage("""
                        expand of [0002_b] failed and was rolled back: 0002_b, step 1/2 (run SQL): duplicate key value violates unique constraint "items_pkey" (Key (id)=(1) already exists.). Then the part of the release before it could not be rolled back: rollback of [0001_a] failed: 0001_a, step 1/2 (run SQL): table "nonesuch" does not exist.
                        Nothing has changed. Correct the cause and try again.\
                        """);
        fleet.build(Fleet.BASE).start(Fleet.TEST);
        assertThat(fleet.at(Fleet.BASE).queryForList("SELECT n FROM items")).hasSize(1);
    }

    @PostgresVersions
    void sqlMayDropSeveralAtOnce(Database database) {
        Fleet fleet = items(database).with(A, """
                          - sql:
                              up: |
                                ALTER TABLE items ADD COLUMN a int, ADD COLUMN b int;
                                CREATE TABLE tags (id int); CREATE TABLE labels (id int);
                                CREATE VIEW v AS SELECT; CREATE VIEW w AS SELECT
                              down: DROP TABLE IF EXISTS tags, labels; DROP VIEW v, w; ALTER TABLE items DROP COLUMN a, DROP COLUMN b
                        """).with(B, """
                          - sql: {up: SELECT, down: "ALTER TABLE items DROP COLUMN IF EXISTS c, DROP COLUMN IF EXISTS d"}
                          - sql: {up: "DROP VIEW IF EXISTS v, w", onComplete: true}
                          - sql: {up: DROP TABLE IF EXISTS tags CASCADE, onComplete: true}
                          - sql: {up: "ALTER TABLE items DROP COLUMN a, DROP COLUMN b", onComplete: true}
                        """);
        Catalogue before = fleet.catalogue();
        fleet.live(A).live(B).build(B).rollback(null, false, Fleet.TEST);
        assertThat(before.difference(fleet.catalogue())).isEmpty();

        fleet.live(B).build(B).complete(null, false, Fleet.TEST);

        assertThat(database.jdbc()
                        .queryForList(
                                "SELECT relname FROM pg_class WHERE relname IN ('tags', 'labels', 'v', 'w')",
                                String.class))
                .containsExactly("labels");
        assertThat(database.jdbc().queryForList("SELECT * FROM items").get(0)).containsOnlyKeys("id", "n");
    }
}
