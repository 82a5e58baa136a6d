package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** P8: a version that was closed with instances alive is closed to them until it is there again. */
@ExtendWith(DatabaseExtension.class)
class ClosedAgainTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_upper";
    private static final String UPPER =
            "\n  - alter_column: {table: people, column: name, type: varchar(100), up: upper(name), down: lower(name)}";
    private static final String UNIQUE =
            "\n  - create_index: {name: one_each, table: people, unique: true, columns: {visits: {}}}";
    private static final String RENAMED = "\n  - rename_column: {table: orders, from: total, to: sum}";

    private Database database;
    private Fleet fleet;
    private Catalogue before;
    private InstanceRegistration alive;

    @BeforeEach
    void closed(Database fresh) {
        database = fresh;
        fleet = Fleet.on(
                        database,
                        "CREATE TABLE people (id int PRIMARY KEY, name text, visits int)",
                        "CREATE TABLE orders (id int PRIMARY KEY, total int)",
                        "INSERT INTO orders VALUES (1, 5)",
                        "INSERT INTO people SELECT n, 'First' || n, n FROM generate_series(1, 1000) AS n")
                .with(NEW, UPPER + UNIQUE);
        before = fleet.catalogue();
    }

    @AfterEach
    void signOff() {
        alive.close();
    }

    private void rolledBackByForce() {
        fleet.live(NEW);
        alive = fleet.build(NEW).register("shop", "host-7");
        fleet.build(OLD).rollback(null, true, Fleet.TEST);
        isClosed();
    }

    @Test
    void whileItIsMadeAgain() {
        rolledBackByForce();
        AtomicInteger looks = new AtomicInteger();

        fleet.build(NEW, Fleet.SETTINGS, new PgTandemListener() {
                    @Override
                    public void backfill(String table, long done, long total) {
                        if (looks.getAndIncrement() == 0) {
                            isClosed();
                        }
                    }
                })
                .start(Fleet.TEST);

        assertThat(looks).hasPositiveValue();
        fleet.at(NEW).update("UPDATE people SET name = 'EVE' WHERE id = 1");
        assertThat(names()).isEqualTo("eve");
    }

    @Test
    void afterItCouldNotBeMadeAgain() {
        rolledBackByForce();
        database.execute("UPDATE people SET visits = 1");

        cannotBeMade();

        isClosed();
        database.execute("UPDATE people SET visits = id");
        isOpenAgain();
    }

    @Test
    void afterItWasOpenAndCouldNotBeMadeTwice() {
        database.execute("UPDATE people SET visits = 1");
        fleet.build(NEW).open(Fleet.TEST);
        alive = fleet.build(NEW).register("shop", "host-7");
        cannotBeMade();
        isClosed();

        cannotBeMade();

        isClosed();
        database.execute("UPDATE people SET visits = id");
        isOpenAgain();
    }

    @Test
    void whereAnotherTableIsChangedThisTime() {
        rolledBackByForce();
        fleet.without(NEW).with(NEW, RENAMED + "\n  - sql: {up: SELECT 1 / 0}");

        assertThatThrownBy(() -> fleet.live(NEW)).hasMessageContaining("division by zero");

        isClosed();
        assertThatThrownBy(() -> fleet.at(NEW).queryForList("SELECT * FROM orders"))
                .hasMessageContaining("schema version " + NEW + " was removed by rolling back to " + OLD);
        assertThat(before.difference(fleet.catalogue())).isEmpty();

        fleet.without(NEW).with(NEW, RENAMED).live(NEW);
        assertThat(fleet.row(NEW, "SELECT sum FROM orders")).containsEntry("sum", 5);
        // This time nothing is changed of it, so the version uses it as it is.
        assertThat(fleet.row(NEW, "SELECT name FROM people WHERE id = 1")).containsEntry("name", "First1");
        fleet.build(NEW).rollback(null, true, Fleet.TEST);
        assertThat(before.difference(fleet.catalogue())).isEmpty();
    }

    @Test
    void whereItsTablesHaveNamesThatWereOthersBefore() {
        closedAndFails(
                "\n  - rename_table: {from: people, to: persons}",
                "\n  - create_table: {name: persons, columns: [{name: id, type: int, pk: true}]}");

        assertThatThrownBy(() -> fleet.at(NEW).queryForList("SELECT * FROM persons"))
                .hasMessageContaining("was removed by rolling back to");
    }

    @Test
    void whereATableIsItselfAgain() {
        closedAndFails(
                "\n  - drop_table: {name: orders}\n  - create_table: {name: orders, columns: [{name: id, type: int, pk: true}]}",
                "\n  - add_column: {table: orders, column: {name: extra, type: int, nullable: true}}");

        assertThatThrownBy(() -> fleet.at(NEW).update("UPDATE orders SET total = 7"))
                .hasMessageContaining("was removed by rolling back to");
    }

    private void closedAndFails(String first, String second) {
        fleet.without(NEW).with(NEW, first);
        fleet.live(NEW);
        alive = fleet.build(NEW).register("shop", "host-7");
        fleet.build(OLD).rollback(null, true, Fleet.TEST);
        fleet.without(NEW).with(NEW, second + "\n  - sql: {up: SELECT 1 / 0}");

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> fleet.live(NEW)).hasMessageContaining("failed and was rolled back");
            assertThat(before.difference(fleet.catalogue())).isEmpty();
        }
    }

    @Test
    void whereAnotherVersionFailsOnItsWay() {
        rolledBackByForce();
        String two = "0002_two";
        fleet.without(NEW).with(two, """
                          - alter_column: {table: people, column: name, type: varchar(50), up: upper(name), down: lower(name)}
                          - alter_column: {table: orders, column: total, type: bigint, up: total * 10, down: total / 10}
                        """);
        AtomicBoolean once = new AtomicBoolean();
        assertThatThrownBy(() -> fleet.build(
                                two, Fleet.SETTINGS, Between.statements(database, (connection, sql, alone) -> {
                                    if (sql.startsWith("ALTER TABLE")
                                            && sql.contains("orders")
                                            && isExpanding()
                                            && once.compareAndSet(false, true)) {
                                        throw new SQLException("no space left", "53100");
                                    }
                                }))
                        .start(Fleet.TEST))
                .hasMessageContaining("no space left");
        assertThat(once).isTrue();

        fleet.live(two);
        DataSource closed = database.dataSource(Fleet.schema(NEW) + ", public");
        assertThatThrownBy(() -> new JdbcTemplate(closed).update("UPDATE orders SET total = 7"))
                .hasMessageContaining("was removed by rolling back to");
        assertThat(fleet.row(two, "SELECT total FROM orders")).containsEntry("total", 50L);
    }

    @Test
    void whatSomebodyHasMadeOverTheErrorsOfAnotherVersionIsInNobodysWay() {
        rolledBackByForce();
        database.execute("CREATE VIEW mine AS SELECT name FROM public_0001_upper.people");
        String two = "0002_two";
        fleet.without(NEW)
                .with(
                        two,
                        "\n  - alter_column: {table: people, column: name, type: varchar(50), up: upper(name), down: lower(name)}"
                                + UNIQUE);
        database.execute("UPDATE people SET visits = 1");

        assertThatThrownBy(() -> fleet.live(two)).hasMessageContaining("failed and was rolled back");

        database.execute("DROP VIEW mine", "UPDATE people SET visits = id");
        fleet.live(two);
        assertThat(fleet.row(two, "SELECT name FROM people WHERE id = 1")).containsEntry("name", "FIRST1");
    }

    private boolean isExpanding() {
        return Boolean.TRUE.equals(database.jdbc()
                .queryForObject(
                        "SELECT EXISTS (SELECT FROM pgtandem.act WHERE state = 'RUNNING' AND migrations <> '{}')",
                        Boolean.class));
    }

    private void cannotBeMade() {
        assertThatThrownBy(() -> fleet.live(NEW)).hasMessageContaining("could not create unique index");
        assertThat(before.difference(fleet.catalogue())).isEmpty();
    }

    private void isClosed() {
        for (String statement : new String[] {
            "UPDATE people SET name = 'ADA' WHERE id = 1",
            "INSERT INTO people (id, name, visits) VALUES (2001, 'BOB', 2001)",
            "DELETE FROM people WHERE id = 1",
            "SELECT name FROM people WHERE id = 1"
        }) {
            assertThatThrownBy(() -> fleet.at(NEW).execute(statement))
                    .hasMessageContaining("schema version " + NEW + " was removed by rolling back to " + OLD);
        }
        assertThat(names()).isEqualTo("First1");
    }

    private void isOpenAgain() {
        fleet.live(NEW);
        fleet.at(NEW).update("UPDATE people SET name = 'EVE' WHERE id = 1");
        assertThat(names()).isEqualTo("eve");
        fleet.build(OLD).rollback(null, true, Fleet.TEST);
        assertThat(before.difference(fleet.catalogue())).isEmpty();
    }

    private Object names() {
        return fleet.row(OLD, "SELECT name FROM people WHERE id = 1").get("name");
    }
}
