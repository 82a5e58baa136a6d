package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is idle in a transaction and in the way is ended where somebody wants it so, and nobody else ever is. */
@ExtendWith(DatabaseExtension.class)
class IdleBlockersTest {

    private static final String NEW = "0001_price";
    private static final Duration IDLE = Duration.ofMillis(100);

    private static Fleet fleet(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE items (id int PRIMARY KEY, price int)",
                        "CREATE TABLE others (id int PRIMARY KEY)",
                        "INSERT INTO items VALUES (1, 1)")
                .with(NEW, """
                          - alter_column: {table: items, column: price, type: bigint, up: price, down: price}
                        """);
    }

    private static Settings patient(Duration budget) {
        return Fleet.waiting(Duration.ofMillis(100), budget);
    }

    private static Connection idle(Database database, String sql) throws Exception {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    @Test
    void itIsEndedAfterItsTime(Database database) throws Exception {
        Fleet fleet = fleet(database);
        try (Connection inTheWay = idle(database, "SELECT FROM items");
                Connection elsewhere = idle(database, "SELECT FROM others")) {
            fleet.build(NEW, patient(Duration.ofMinutes(1)).endingIdleBlockersAfter(IDLE))
                    .start(Fleet.TEST);

            assertThat(inTheWay.isValid(1)).isFalse();
            assertThat(elsewhere.isValid(1)).isTrue();
        }
        assertThat(fleet.row(NEW, "SELECT price FROM items")).containsEntry("price", 1L);
    }

    @Test
    void nobodyIsEndedUnlessThatIsAskedFor(Database database) throws Exception {
        Fleet fleet = fleet(database);
        try (Connection inTheWay = idle(database, "SELECT\n  FROM items")) {
            assertThatThrownBy(() ->
                            fleet.build(NEW, patient(Duration.ofSeconds(1))).start(Fleet.TEST))
                    .isInstanceOf(ActFailedException.class)
                    .hasMessageContaining("idle in transaction")
                    .hasMessageContaining("SELECT FROM items");
            assertThat(inTheWay.isValid(1)).isTrue();
        }
    }

    @Test
    void itIsEndedAlsoOnTheOtherTableOfAForeignKey(Database database) throws Exception {
        Fleet fleet = withForeignKey(database);
        try (Connection inTheWay = idle(database, "INSERT INTO others VALUES (2)")) {
            fleet.build(NEW, patient(Duration.ofMinutes(1)).endingIdleBlockersAfter(IDLE))
                    .start(Fleet.TEST);
            assertThat(inTheWay.isValid(1)).isFalse();
        }
    }

    @Test
    void whoOnlyReadsIsNotWhereThatIsNotInTheWay(Database database) throws Exception {
        Fleet fleet = withForeignKey(database);
        AtomicInteger tries = new AtomicInteger();
        try (Connection reader = idle(database, "SELECT FROM items");
                Connection writer = database.dataSource().getConnection();
                Statement writes = writer.createStatement()) {
            writer.setAutoCommit(false);
            writes.execute("INSERT INTO items VALUES (2, 1)");
            CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
                try {
                    // It is not idle, so it is waited for.
                    while (tries.get() < 3) {
                        writes.execute("SELECT pg_sleep(0.05)");
                    }
                    writer.commit();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Settings settings = patient(Duration.ofMinutes(1)).endingIdleBlockersAfter(Duration.ofMillis(500));
            fleet.build(NEW, settings, new PgTandemListener() {
                        @Override
                        public void lockWait(Duration waited, boolean acquired) {
                            if (!acquired) {
                                tries.incrementAndGet();
                            }
                        }
                    })
                    .start(Fleet.TEST);
            work.join();
            assertThat(tries.get()).isPositive();
            assertThat(reader.isValid(1)).isTrue();
        }
    }

    /** The table has the same number in each copy. */
    @Test
    void nobodyOfAnotherDatabaseIs(Database database) throws Exception {
        database.execute(
                "CREATE TABLE items (id int PRIMARY KEY, price int)",
                "CREATE TABLE others (id int PRIMARY KEY)",
                "INSERT INTO items VALUES (1, 1)");
        try (Database copy = database.copy();
                Connection elsewhere = idle(copy, "UPDATE items SET price = 2");
                Connection inTheWay = idle(database, "SELECT FROM items")) {
            Fleet.unstarted(database)
                    .with(
                            NEW,
                            "\n  - alter_column: {table: items, column: price, type: bigint, up: price, down: price}")
                    .build(NEW, patient(Duration.ofMinutes(1)).endingIdleBlockersAfter(IDLE))
                    .start(Fleet.TEST);

            assertThat(inTheWay.isValid(1)).isFalse();
            assertThat(elsewhere.isValid(1)).isTrue();
        }
    }

    private static Fleet withForeignKey(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE items (id int PRIMARY KEY, other int)",
                        "CREATE TABLE others (id int PRIMARY KEY)",
                        "INSERT INTO others VALUES (1)",
                        "INSERT INTO items VALUES (1, 1)")
                .with(NEW, """
                          - create_constraint:
                              table: items
                              name: items_other
                              type: foreign_key
                              columns: [other]
                              references: {table: others, columns: [id]}
                              up: {other: other}
                              down: {other: other}
                        """);
    }

    @Test
    void whoWorksIsNot(Database database) throws Exception {
        Fleet fleet = fleet(database);
        Settings settings = patient(Duration.ofSeconds(1)).endingIdleBlockersAfter(Duration.ofMinutes(5));
        try (Connection inTheWay = idle(database, "SELECT FROM items")) {
            assertThatThrownBy(() -> fleet.build(NEW, settings).start(Fleet.TEST))
                    .isInstanceOf(ActFailedException.class);
            assertThat(inTheWay.isValid(1)).isTrue();
        }
    }
}
