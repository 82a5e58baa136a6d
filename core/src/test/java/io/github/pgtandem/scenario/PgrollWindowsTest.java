package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Between any two things that an act commits, everybody works: docs/pgroll.md, 36 to 38. */
@ExtendWith(DatabaseExtension.class)
class PgrollWindowsTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";

    private static Fleet fleet(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE towns (code int PRIMARY KEY)",
                        "CREATE TABLE t (id int PRIMARY KEY, x int NOT NULL REFERENCES towns, name text, UNIQUE (x, id))",
                        "CREATE INDEX by_x ON t (x)",
                        "INSERT INTO towns SELECT generate_series(1, 5)",
                        "INSERT INTO t SELECT n, 1 + n % 5, 'name' FROM generate_series(1, 100) n")
                .with(NEW, """
                          - alter_column: {table: t, column: x, type: bigint, up: x, down: x}
                          - alter_column: {table: t, column: name, nullable: false, up: "coalesce(name, '?')"}
                          - add_column: {table: t, column: {name: y, type: int}, up: x + 1}
                        """);
    }

    /** Counts what it does. */
    private static Runnable writer(Fleet fleet, String version, AtomicInteger id) {
        return () -> {
            int next = id.incrementAndGet();
            String others = version.equals(NEW) ? ", name, y) VALUES (?, 2, 'new', 3)" : ") VALUES (?, 2)";
            fleet.at(version).update("INSERT INTO t (id, x" + others, next);
            fleet.at(version).update("UPDATE t SET x = 3, name = 'changed' WHERE id = ?", next);
            fleet.at(version).update("UPDATE t SET x = 4 WHERE id = ?", next % 100);
        };
    }

    @Test
    @DisplayName("#36: old instances insert and update between any two steps of expand")
    void expandHasNoWindow(Database database) {
        Fleet fleet = fleet(database);
        AtomicInteger id = new AtomicInteger(1000);

        fleet.build(NEW, Fleet.SETTINGS, Between.steps(database, writer(fleet, OLD, id)))
                .start(Fleet.TEST);

        assertThat(id.get()).isGreaterThan(1010);
        assertThat(fleet.at(NEW).queryForObject("SELECT count(*) FROM t WHERE id > 1000 AND x = 3", Integer.class))
                .isEqualTo(id.get() - 1000);
    }

    @Test
    @DisplayName("#37: new instances insert and update between any two steps of complete")
    void completeHasNoWindow(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        AtomicInteger id = new AtomicInteger(1000);

        fleet.build(NEW, Fleet.SETTINGS, Between.steps(database, writer(fleet, NEW, id)))
                .complete(null, false, Fleet.TEST);

        assertThat(id.get()).isGreaterThan(1002);
        assertThat(fleet.at(NEW)
                        .queryForObject("SELECT count(*) FROM t WHERE id > 1000 AND x = 3 AND y = 3", Integer.class))
                .isEqualTo(id.get() - 1000);
    }

    @Test
    @DisplayName("#37: old instances insert and update between any two steps of rollback")
    void rollbackHasNoWindow(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        AtomicInteger id = new AtomicInteger(1000);

        fleet.build(NEW, Fleet.SETTINGS, Between.steps(database, writer(fleet, OLD, id)))
                .rollback(null, false, Fleet.TEST);

        assertThat(id.get()).isGreaterThan(1002);
        assertThat(fleet.at(OLD).queryForObject("SELECT count(*) FROM t WHERE id > 1000 AND x = 3", Integer.class))
                .isEqualTo(id.get() - 1000);
    }

    @Test
    @DisplayName("#38: who uses the tables without a pin never finds a column gone")
    void theBaseSchemaHasItsColumnsAtAnyMoment(Database database) {
        Fleet fleet = fleet(database);
        AtomicInteger moments = new AtomicInteger();
        Runnable reader = () -> {
            moments.incrementAndGet();
            assertThat(database.jdbc().queryForList("SELECT id, x, name FROM t WHERE id = 1"))
                    .hasSize(1);
        };

        fleet.build(NEW, Fleet.SETTINGS, Between.steps(database, reader)).start(Fleet.TEST);
        fleet.build(NEW, Fleet.SETTINGS, Between.steps(database, reader)).complete(null, false, Fleet.TEST);

        assertThat(moments.get()).isGreaterThan(12);
    }
}
