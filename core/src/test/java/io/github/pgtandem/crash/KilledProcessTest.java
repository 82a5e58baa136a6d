package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** P6 for processes: {@code kill -9} of the JVM that migrates, and another one that starts. */
@ExtendWith(DatabaseExtension.class)
class KilledProcessTest {

    private static final int ORDERS = 300_000;

    @Test
    void aBackfillGoesOnWhereItsCommittedPositionIsAndTheOldVersionWorksInBetween(Database database, Database whole) {
        ShopMigration.fill(database, ORDERS);
        ShopMigration.fill(whole, 100);
        ShopMigration.carryOut(Deed.EXPAND, whole.dataSource());

        try (InstanceProcess instance = InstanceProcess.start(database, Deed.EXPAND)) {
            waiting(instance).until(() -> position(database, "page") >= 3 * ShopMigration.WINDOW);
            instance.kill();
        }
        awaitNobodyMigrates(database);
        long page = position(database, "page");
        long stripe = position(database, "stripe");
        long done = position(database, "rows_done");
        assertThat(database.jdbc().queryForObject("SELECT bool_or(done) FROM pgtandem.backfill", Boolean.class))
                .isFalse();
        assertThat(done).isPositive().isLessThan(ORDERS);
        writeAsTheOldVersion(database);
        assertThat(position(database, "rows_done")).isEqualTo(done);

        CutDataSource recorded = CutDataSource.never(database);
        ShopMigration.carryOut(Deed.EXPAND, recorded);

        List<String> batches = recorded.sent().stream()
                .map(Sent::sql)
                .filter(s -> s.startsWith("UPDATE public.orders "))
                .toList();
        assertThat(batches.get(0)).contains("'(" + page + ",0)'", "= " + stripe);
        // The last sweep is in plain windows, without stripes.
        assertThat(batches.stream().filter(s -> s.contains("% 4")).mapToLong(KilledProcessTest::fromPage))
                .allMatch(from -> from >= page);
        assertEveryRowIsRight(database);
        assertSameCatalogues(database, whole);
        ShopMigration.carryOut(Deed.COMPLETE, database.dataSource());
        assertThat(database.jdbc().queryForMap("SELECT total, note FROM orders WHERE id = 7"))
                .isEqualTo(Map.of("total", 77_700L, "note", "in the gap"));
    }

    private static void writeAsTheOldVersion(Database database) {
        JdbcTemplate old = new JdbcTemplate(database.dataSource("\"%s\", \"public\"".formatted(ShopMigration.OLD)));
        old.update("UPDATE orders SET total = 777, note = 'in the gap' WHERE id = 7");
        old.update("UPDATE orders SET total = total + 1 WHERE id BETWEEN 1000 AND 1100 OR id > ?", ORDERS - 1000);
        old.update("INSERT INTO orders (total) SELECT n FROM generate_series(1, 500) AS n");
        old.update("DELETE FROM orders WHERE id IN (20, 21, ?)", ORDERS - 5);
        old.update("UPDATE items SET label = 'relabelled', spare = 'used' WHERE id = 1");
        assertThat(old.queryForObject("SELECT count(*) FROM orders", Integer.class))
                .isEqualTo(ORDERS + 500 - 3);
    }

    private static void assertEveryRowIsRight(Database database) {
        Map<String, Object> counts = database.jdbc().queryForMap("""
                        SELECT count(*) AS rows, count(*) FILTER (WHERE n.total IS DISTINCT FROM (o.total * 100)::bigint) AS wrong
                        FROM %s.orders o FULL JOIN %s.orders n USING (id)
                        """.formatted(ShopMigration.OLD, ShopMigration.NEW));
        assertThat(counts).isEqualTo(Map.of("rows", ORDERS + 500 - 3L, "wrong", 0L));
        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT total FROM %s.orders WHERE id = 7".formatted(ShopMigration.NEW), Long.class))
                .isEqualTo(77_700);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "ROLLBACK"})
    void anActThatIsKilledBetweenTwoTablesIsFinishedByAnotherProcess(Deed deed, Database database) throws SQLException {
        ShopMigration.fill(database, 1000);
        ShopMigration.carryOut(Deed.EXPAND, database.dataSource());
        try (Database whole = database.copy()) {
            ShopMigration.carryOut(deed, whole.dataSource());
            String table =
                    whole.jdbc().queryForList("""
                            SELECT body ->> 'table' FROM pgtandem.step JOIN pgtandem.act ON act.id = step.act
                            WHERE act.act = ? AND body ->> 'kind' = 'TRANSACTION' ORDER BY ordinal
                            """, String.class, deed.name()).get(1);
            try (InstanceProcess instance = InstanceProcess.start(database, deed);
                    Connection reader = database.dataSource().getConnection()) {
                reader.setAutoCommit(false);
                reader.createStatement().execute("SELECT FROM public." + table);
                waiting(instance)
                        .until(() -> steps(database, deed, "done_at IS NOT NULL") > 0 && migratorWaits(database));
                instance.kill();
                awaitNobodyMigrates(database);
                assertThat(steps(database, deed, "done_at IS NULL")).isPositive();
                reader.rollback();
            }
            try (InstanceProcess next = InstanceProcess.start(database, deed)) {
                assertThat(next.exit()).as(next::output).isZero();
                assertThat(next.output()).contains("Taking over the");
            }
            Condition.of(database).assertEquals(Condition.of(whole), "by kill -9");
        }
    }

    @Test
    void anIndexThatWasLeftInvalidIsDroppedAndBuiltAgain(Database database) throws SQLException {
        ShopMigration.fill(database, 1000);
        try (Database whole = database.copy()) {
            ShopMigration.carryOut(Deed.EXPAND, whole.dataSource());
            try (InstanceProcess instance = InstanceProcess.start(database, Deed.EXPAND);
                    Connection reader = database.dataSource().getConnection()) {
                reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                reader.setAutoCommit(false);
                reader.createStatement().execute("SELECT FROM pg_class");
                waiting(instance).until(() -> valid(database).equals(List.of(false)) && migratorWaits(database));
                instance.kill();
                // The server notices although it waits, so that the lock is free for the next instance.
                awaitNobodyMigrates(database);
                assertThat(valid(database)).containsExactly(false);
                reader.rollback();
            }
            ShopMigration.carryOut(Deed.EXPAND, database.dataSource());

            assertThat(valid(database)).containsExactly(true);
            Condition.of(database).assertEquals(Condition.of(whole), "by kill -9");
        }
    }

    private static List<Boolean> valid(Database database) {
        return database.jdbc()
                .queryForList(
                        "SELECT indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
                                + " WHERE relname = 'items_by_title'",
                        Boolean.class);
    }

    private static boolean migratorWaits(Database database) {
        return !database.jdbc()
                .queryForList("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = 'pgtandem' AND wait_event_type = 'Lock'")
                .isEmpty();
    }

    private static int steps(Database database, Deed deed, String condition) {
        String sql = "SELECT count(*) FROM pgtandem.step JOIN pgtandem.act ON act.id = step.act"
                + " WHERE act.act = ? AND act.state = 'RUNNING' AND " + condition;
        return database.jdbc().queryForObject(sql, Integer.class, deed.name());
    }

    /** A number of the backfill of orders, or -1 before it begins. */
    private static long position(Database database, String column) {
        boolean there = Boolean.TRUE.equals(
                database.jdbc().queryForObject("SELECT to_regclass('pgtandem.instance') IS NOT NULL", Boolean.class));
        return there
                ? database
                        .jdbc()
                        .queryForList(
                                "SELECT " + column + " FROM pgtandem.backfill WHERE relation = 'orders'", Long.class)
                        .stream()
                        .findFirst()
                        .orElse(-1L)
                : -1;
    }

    private static long fromPage(String batch) {
        return Long.parseLong(batch.replaceFirst("(?s).*ctid >= '\\((\\d+),0\\)'.*", "$1"));
    }

    private static ConditionFactory waiting(InstanceProcess instance) {
        return await().alias("the moment to kill")
                .atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .failFast("the instance ended by itself", () -> !instance.isAlive());
    }

    /** Until the server has noticed that the process is gone. */
    private static void awaitNobodyMigrates(Database database) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> database.jdbc()
                        .queryForList("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database ="
                                + " (SELECT oid FROM pg_database WHERE datname = current_database())")
                        .isEmpty());
    }

    private static void assertSameCatalogues(Database database, Database whole) {
        Stream.of("public", ShopMigration.OLD, ShopMigration.NEW)
                .forEach(schema -> assertThat(Catalogue.of(database, schema)
                                .withNotNullNames()
                                .difference(Catalogue.of(whole, schema).withNotNullNames()))
                        .isEmpty());
    }
}
