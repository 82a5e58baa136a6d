package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P6, P7: a release that an author's SQL divides into parts is one expand and one rollback, wherever it is cut short. */
@ExtendWith(DatabaseExtension.class)
class PartsTest {

    private static final String FIRST = "0001_first";
    private static final String SECOND = "0002_second";

    private Fleet fleet;
    private Catalogue before;

    private void release(Database database) {
        fleet = Fleet.on(
                        database,
                        "CREATE TABLE a (id int PRIMARY KEY, n text)",
                        "CREATE TABLE b (id int PRIMARY KEY, n text)",
                        "INSERT INTO b VALUES (1, 'none')")
                .with(FIRST, """
                          - add_column: {table: a, column: {name: extra, type: int, nullable: true}}
                          - sql: {up: SELECT 1, down: SELECT 1}
                        """)
                .with(SECOND, "\n  - alter_column: {table: b, column: n, type: int, up: n::int, down: n::text}");
        before = fleet.catalogue();
    }

    private void nothingIsLeft() {
        assertThat(fleet.catalogue().difference(before)).isEmpty();
        assertThat(fleet.build(Fleet.BASE).status().versions())
                .extracting(Status.Version::name)
                .containsExactly(Fleet.BASE);
    }

    private void canBeExpandedAndCompleted(Database database) {
        database.execute("UPDATE b SET n = '1'");
        PgTandem next = fleet.build(SECOND);
        assertThat(next.start(Fleet.TEST).expanded()).isNotNull();
        assertThat(fleet.row(SECOND, "SELECT n FROM b")).containsEntry("n", 1);
        assertThat(next.complete(null, false, Fleet.TEST).version()).isEqualTo(SECOND);
    }

    @Test
    void aPartThatFailsTakesTheWholeReleaseBack(Database database) {
        release(database);
        assertThatThrownBy(() -> fleet.live(SECOND))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("invalid input syntax for type integer: \"none\"");

        nothingIsLeft();
        canBeExpandedAndCompleted(database);
    }

    @Test
    void aRollbackThatIsCutShortIsTheWholeReleases(Database database) throws SQLException {
        release(database);
        try (Connection reader = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            PgTandem hindered = fleet.build(
                    SECOND,
                    Fleet.waiting(Duration.ofMillis(50), Duration.ofMillis(200)),
                    Between.statements(database, (connection, sql, alone) -> {
                        if (sql.startsWith("UPDATE") && sql.contains("ctid")) {
                            reader.createStatement().execute("SELECT FROM b");
                        }
                    }));
            assertThatThrownBy(() -> hindered.start(Fleet.TEST))
                    .isInstanceOf(ActFailedException.class)
                    .hasMessageContaining("invalid input syntax for type integer: \"none\"")
                    .hasMessageContaining("Rolling it back was cut short")
                    .hasMessageContaining("The next instance that starts finishes the rollback.");
        }
        assertThat(database.jdbc().queryForList("SELECT act FROM pgtandem.act WHERE state = 'RUNNING'", String.class))
                .containsExactly("ROLLBACK");

        fleet.live(Fleet.BASE);

        nothingIsLeft();
        canBeExpandedAndCompleted(database);
    }

    @Test
    void aPartThatIsInterruptedIsLeftToWhoeverTakesItOver(Database database) throws SQLException {
        release(database);
        database.execute("UPDATE b SET n = '1'");
        try (Connection reader = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT FROM b");
            PgTandem interrupted =
                    fleet.build(SECOND, () -> Thread.currentThread().interrupt());
            assertThatThrownBy(() -> interrupted.start(Fleet.TEST))
                    .isInstanceOf(ActFailedException.class)
                    .hasMessageContaining("was cut short");
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(database.jdbc()
                        .queryForList("SELECT migrations[1] FROM pgtandem.act WHERE state = 'RUNNING'", String.class))
                .containsExactly(SECOND);

        fleet.live(Fleet.BASE);

        assertThat(fleet.build(Fleet.BASE).status().versions())
                .extracting(Status.Version::name)
                .contains(SECOND);
        assertThat(fleet.build(SECOND).start(Fleet.TEST).expanded()).isNull();
        assertThat(fleet.build(SECOND).complete(null, false, Fleet.TEST).version())
                .isEqualTo(SECOND);
    }

    @Test
    void aReleaseThatIsGoneOnWithAndFailsGoesBackToWhereItBegan(Database database) {
        release(database);
        AtomicInteger begun = new AtomicInteger();
        PgTandem killed = fleet.build(
                SECOND,
                Fleet.SETTINGS,
                Between.death(database, sql -> sql.contains("INTO pgtandem.act ") && begun.incrementAndGet() == 2));
        assertThatThrownBy(() -> killed.start(Fleet.TEST)).isInstanceOf(RuntimeException.class);
        assertThat(database.jdbc()
                        .queryForList("SELECT name FROM pgtandem.migration WHERE state = 'EXPANDED'", String.class))
                .containsExactly(FIRST);

        assertThatThrownBy(() -> fleet.live(SECOND))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("invalid input syntax for type integer: \"none\"");

        nothingIsLeft();
        canBeExpandedAndCompleted(database);
    }

    @Test
    void whatIsRefusedInALaterPartTakesTheWholeReleaseBack(Database database) {
        release(database);
        fleet.with("0003_third", "\n  - sql: {up: 'CREATE TABLE made (id int)', down: DROP TABLE made}")
                .with("0004_fourth", "\n  - add_column: {table: made, column: {name: id, type: int}}");
        database.execute("UPDATE b SET n = '1'");
        before = fleet.catalogue();

        assertThatThrownBy(() -> fleet.live("0004_fourth"))
                .isInstanceOf(PgTandemException.class)
                .hasMessageContaining("table \"made\" has a column \"id\" already");

        nothingIsLeft();
    }

    @Test
    void twoActsAtATimeCannotBeWrittenDown(Database database) {
        release(database);
        String act = "INSERT INTO pgtandem.act (schema, act, migrations, state, actor, source)"
                + " VALUES ('public', 'EXPAND', '{}', 'RUNNING', 'test', 'test')";
        database.execute(act);
        assertThatThrownBy(() -> database.execute(act)).hasMessageContaining("act_running");
    }
}
