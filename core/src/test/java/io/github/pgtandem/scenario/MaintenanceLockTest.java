package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P1: vacuum, analyze and what else maintains a table may take long; nobody queues behind whoever waits for it. */
@ExtendWith(DatabaseExtension.class)
class MaintenanceLockTest {

    private static final String NEW = "0001_price";

    private static Fleet fleet(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE items (id int PRIMARY KEY, price int)",
                        "INSERT INTO items SELECT i, i FROM generate_series(1, 20000) i")
                .with(NEW, """
                          - alter_column: {table: items, column: price, type: bigint, up: price, down: price}
                        """);
    }

    @Test
    void writersGoThroughWhileItIsWaitedFor(Database database) throws Exception {
        Fleet fleet = fleet(database);
        try (Connection maintainer = database.dataSource().getConnection()) {
            maintainer.setAutoCommit(false);
            // As VACUUM, ANALYZE and CREATE INDEX CONCURRENTLY have it all the while.
            maintainer.createStatement().execute("LOCK TABLE items IN SHARE UPDATE EXCLUSIVE MODE");
            CompletableFuture<Void> expand =
                    CompletableFuture.runAsync(() -> fleet.build(NEW).start(Fleet.TEST));
            await().until(() -> database.jdbc()
                    .queryForObject(
                            "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'items'::regclass AND NOT granted"
                                    + " AND mode = 'ShareUpdateExclusiveLock')",
                            Boolean.class));

            database.execute("SET lock_timeout = '20ms'", "UPDATE items SET price = 7 WHERE id = 1");

            maintainer.rollback();
            expand.get();
        }
        assertThat(fleet.row(NEW, "SELECT price FROM items WHERE id = 1")).containsEntry("price", 7L);
    }

    @Test
    void anAutovacuumGivesWay(Database database) {
        Fleet fleet = fleet(database);
        // It would be at it for minutes.
        database.execute("""
                ALTER TABLE items SET (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,
                    autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0)
                """);
        database.execute("ALTER SYSTEM SET autovacuum_naptime = '1s'", "SELECT pg_reload_conf()");
        try {
            database.execute("UPDATE items SET price = price + 1");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> database.jdbc()
                            .queryForObject(
                                    "SELECT EXISTS (SELECT FROM pg_stat_progress_vacuum WHERE relid = 'items'::regclass)",
                                    Boolean.class));

            fleet.build(NEW, Fleet.waiting(Fleet.SETTINGS.lockTimeout(), Duration.ofSeconds(30)))
                    .start(Fleet.TEST);
        } finally {
            database.execute("ALTER SYSTEM RESET autovacuum_naptime", "SELECT pg_reload_conf()");
        }
        assertThat(fleet.row(NEW, "SELECT price FROM items WHERE id = 1")).containsEntry("price", 2L);
    }
}
