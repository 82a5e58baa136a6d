package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
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
        try (Connection inTheWay = idle(database, "SELECT FROM items")) {
            assertThatThrownBy(() ->
                            fleet.build(NEW, patient(Duration.ofSeconds(1))).start(Fleet.TEST))
                    .isInstanceOf(ActFailedException.class)
                    .hasMessageContaining("idle in transaction");
            assertThat(inTheWay.isValid(1)).isTrue();
        }
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
