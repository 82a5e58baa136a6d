package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Locks and transactions: docs/pgroll.md, L1 to L6. */
@ExtendWith(DatabaseExtension.class)
class PgrollLocksTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";
    private static final Pattern DEFINITION =
            Pattern.compile("^\\s*(ALTER|CREATE|DROP|UPDATE|COMMENT|LOCK) .*", Pattern.DOTALL);

    private static Fleet fleet(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE towns (code int PRIMARY KEY)",
                        "CREATE TABLE t (id int PRIMARY KEY, x int NOT NULL REFERENCES towns, name text)",
                        "CREATE INDEX by_x ON t (x)",
                        "INSERT INTO towns SELECT generate_series(1, 5)",
                        "INSERT INTO t SELECT n, 1 + n % 5, 'name' FROM generate_series(1, 100) n")
                .with(NEW, """
                          - alter_column: {table: t, column: x, type: bigint, up: x, down: x}
                          - alter_column: {table: t, column: name, unique: {name: one_name}, up: name || id, down: name}
                        """);
    }

    @Test
    @DisplayName("L1: no statement of an act that could wait for a lock is sent without a lock_timeout")
    void everyStatementHasALockTimeout(Database database) {
        Fleet fleet = fleet(database);
        List<String> sent = new ArrayList<>();
        List<String> unbounded = new ArrayList<>();
        PgTandem engine = fleet.build(NEW, Fleet.SETTINGS, Between.statements(database, (connection, sql, alone) -> {
            if (DEFINITION.matcher(sql).matches() && sql.contains("\"t\"") && !sql.contains("pg_temp")) {
                sent.add(sql);
                if (timeout(connection).equals("0")) {
                    unbounded.add(sql);
                }
            }
        }));

        engine.start(Fleet.TEST);
        engine.rollback(null, false, Fleet.TEST);
        engine.start(Fleet.TEST);
        engine.complete(null, false, Fleet.TEST);

        assertThat(sent).hasSizeGreaterThan(20).anyMatch(s -> s.startsWith("CREATE OR REPLACE TRIGGER"));
        assertThat(unbounded).isEmpty();
    }

    private static String timeout(Connection connection) throws SQLException {
        // On the connection itself, not through the one that watches.
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW lock_timeout")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    @DisplayName(
            "L2, L3: an expand that meets a long transaction tries again until it is over, and its indexes are valid")
    void expandOutlastsALongTransaction(Database database) throws Exception {
        Fleet fleet = fleet(database);

        outlasting(database, "UPDATE t SET name = 'long' WHERE id = 1", fleet, e -> e.start(Fleet.TEST));

        assertThat(fleet.row(NEW, "SELECT x, name FROM t WHERE id = 1")).containsEntry("name", "long1");
        assertThat(database.jdbc().queryForList("SELECT 1 FROM pg_index WHERE NOT indisvalid"))
                .isEmpty();
    }

    @Test
    @DisplayName("L2: a complete that meets a long reader of a view tries again until that is done")
    void completeOutlastsALongReader(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);

        outlasting(
                database,
                "SELECT * FROM \"" + Fleet.schema(NEW) + "\".t",
                fleet,
                e -> e.complete(null, false, Fleet.TEST));

        assertThat(fleet.at(NEW).queryForList("SELECT id FROM t WHERE x > 0")).hasSize(100);
    }

    @Test
    @DisplayName("L2: so does a rollback")
    void rollbackOutlastsALongReader(Database database) throws Exception {
        // Without an index: dropped concurrently, it waits longer at a time, as nobody waits for it.
        Fleet fleet = Fleet.on(database, "CREATE TABLE t (id int PRIMARY KEY, x int)")
                .with(NEW, " - add_column: {table: t, column: {name: y, type: int, nullable: true}, up: x}")
                .live(NEW);

        outlasting(
                database,
                "SELECT * FROM \"" + Fleet.schema(OLD) + "\".t",
                fleet,
                e -> e.rollback(null, false, Fleet.TEST));

        assertThat(fleet.at(OLD).update("INSERT INTO t VALUES (1, 2)")).isOne();
    }

    /** The act is carried out while a transaction is open that ends only after the act has met it twice. */
    private static void outlasting(Database database, String held, Fleet fleet, Consumer<PgTandem> act)
            throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Connection longest = database.dataSource().getConnection();
                Statement statement = longest.createStatement()) {
            longest.setAutoCommit(false);
            statement.execute(held);
            CountDownLatch met = new CountDownLatch(2);
            Future<?> done = executor.submit(() -> act.accept(fleet.build(NEW, met::countDown)));
            assertThat(met.await(1, TimeUnit.MINUTES)).isTrue();
            longest.commit();
            done.get(1, TimeUnit.MINUTES);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("L4: a backfill that cannot have its first row goes on once it is free")
    void theBackfillOutlastsALockedRow(Database database) throws Exception {
        Fleet fleet = fleet(database);

        meetingABackfill(database, fleet, Fleet.SETTINGS, 1, owner -> {});

        assertThat(fleet.at(NEW).queryForList("SELECT id FROM t WHERE name = 'name' || id"))
                .hasSize(100);
    }

    @Test
    @DisplayName("L5: a foreign key is added NOT VALID, and validated in a transaction of its own")
    void foreignKeysAreValidatedApart(Database database) {
        Fleet fleet = fleet(database);
        List<String> sent = new ArrayList<>();

        fleet.build(NEW, Fleet.SETTINGS, Between.statements(database, (c, sql, alone) -> sent.add(sql)))
                .start(Fleet.TEST);

        List<String> keys = sent.stream()
                .filter(s -> s.contains("\"t\"") && s.contains("ADD CONSTRAINT") && s.contains("FOREIGN KEY"))
                .toList();
        assertThat(keys).isNotEmpty().allMatch(s -> s.contains("NOT VALID"));
        int added = sent.indexOf(keys.get(0));
        int validated = sent.indexOf(sent.stream()
                .filter(s -> s.contains("VALIDATE CONSTRAINT \"_pgtandem_t_x_fkey\""))
                .findFirst()
                .orElseThrow());
        assertThat(sent.subList(added, validated)).contains("COMMIT");
    }

    @Test
    @DisplayName("L6: a backfill gives way before there is a deadlock, and the other side does not notice")
    void theBackfillGivesWayBeforeADeadlock(Database database) throws Exception {
        Fleet fleet = fleet(database);
        // PostgreSQL looks for a deadlock once in a wait, so the backfill would find it.
        database.execute("ALTER DATABASE " + name(database) + " SET deadlock_timeout = '3s'");

        meetingABackfill(database, fleet, Fleet.waiting(Duration.ofMinutes(1)), 16, owner -> {
            owner.execute("SET deadlock_timeout = '10min'");
            // The same stripe of the backfill has this row by now.
            assertThat(owner.executeUpdate("UPDATE t SET x = 2 WHERE id = 8")).isOne();
        });

        // The sessions have ended, and told then what they counted.
        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
                                Integer.class))
                .isZero();
        assertThat(fleet.at(NEW).queryForList("SELECT id FROM t WHERE name = 'name' || id"))
                .hasSize(100);
        assertThat(fleet.row(NEW, "SELECT x FROM t WHERE id = 8")).containsEntry("x", 2L);
    }

    private static String name(Database database) {
        return database.jdbc().queryForObject("SELECT quote_ident(current_database())", String.class);
    }

    private interface Deed {
        void of(Statement owner) throws SQLException;
    }

    /** A transaction takes a row right before the first batch; when that waits for it, it does something and ends. */
    private static void meetingABackfill(Database database, Fleet fleet, Settings settings, int row, Deed deed)
            throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Connection owner = database.dataSource().getConnection();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            CountDownLatch met = new CountDownLatch(1);
            PgTandem engine = fleet.build(NEW, settings, Between.statements(database, (c, sql, alone) -> {
                if (sql.contains("AS new SET") && met.getCount() > 0) {
                    statement.execute("SELECT 1 FROM t WHERE id = " + row + " FOR UPDATE");
                    met.countDown();
                }
            }));
            Future<?> done = executor.submit(() -> engine.start(Fleet.TEST));
            assertThat(met.await(1, TimeUnit.MINUTES)).isTrue();
            await().until(() -> !database.jdbc()
                    .queryForList("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype IN ('tuple', 'transactionid')")
                    .isEmpty());
            deed.of(statement);
            owner.commit();
            done.get(1, TimeUnit.MINUTES);
        } finally {
            executor.shutdownNow();
        }
    }
}
