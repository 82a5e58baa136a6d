package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.cases.Case;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import io.github.pgtandem.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

/** P6 for the server: it crashes and recovers in the middle of an act, or runs out of disk or memory. */
@ExtendWith(DatabaseExtension.class)
class ServerTroubleTest {

    /** Of the statements that can fail for want of disk or memory, each so-manieth does. */
    private static final int EACH = 8;

    private static final String CASE = "release/everything_at_once";

    /** A statement of the given number, counted by a sequence, fails as on a full disk, or without memory. */
    private static final String[] TROUBLE = {
        "CREATE SCHEMA trouble",
        "CREATE SEQUENCE trouble.statement",
        "CREATE TABLE trouble.plan (at int, code text)",
        "INSERT INTO trouble.plan VALUES (0, '53100')",
        """
        CREATE FUNCTION trouble.strike() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('application_name') = 'pgtandem'
               AND nextval('trouble.statement') = (SELECT at FROM trouble.plan) THEN
                RAISE EXCEPTION 'no space left' USING ERRCODE = (SELECT code FROM trouble.plan);
            END IF;
        END $$
        """,
        "CREATE EVENT TRIGGER trouble ON ddl_command_end EXECUTE FUNCTION trouble.strike()"
    };

    private static Case everything() {
        return Case.all().stream()
                .filter(c -> c.name().equals(CASE))
                .findFirst()
                .orElseThrow();
    }

    @PostgresVersions
    void anActGoesOnOnceTheServerHasRecovered(Database before) {
        Case each = everything();
        before.execute(each.text("before.sql"));
        Deed.EXPAND.on(each.engine(before));
        int crashes = 0;
        for (Deed deed : List.of(Deed.COMPLETE, Deed.ROLLBACK)) {
            crashes += crashed(each, deed, before);
        }
        try (Database fresh = before.postgres().database()) {
            fresh.execute(each.text("before.sql"));
            crashes += crashed(each, Deed.EXPAND, fresh);
        }
        assertThat(crashes).isGreaterThan(10);
    }

    /** A copy that loses nothing when the server crashes, as others here may. */
    private static Database durable(Database before) {
        Database copy = before.copy();
        copy.execute(
                // Or this setting would be among what is lost.
                "SET synchronous_commit = on", "ALTER DATABASE %s SET synchronous_commit = on".formatted(copy.name()));
        return copy;
    }

    /** Of the statements that last, every third one. */
    private static int crashed(Case each, Deed deed, Database before) {
        CutDataSource source;
        Condition whole;
        try (Database uninterrupted = durable(before)) {
            source = CutDataSource.never(uninterrupted);
            deed.on(each, source);
            whole = Condition.of(uninterrupted);
        }
        List<Integer> moments = IntStream.rangeClosed(1, source.sent().size())
                .filter(n -> source.sent().get(n - 1).lasts())
                .boxed()
                .toList();
        int crashes = 0;
        for (int i = 0; i < moments.size(); i += 3) {
            int n = moments.get(i);
            try (Database database = durable(before)) {
                assertThatThrownBy(() -> deed.on(each, new Crash(database, n))).isInstanceOf(RuntimeException.class);
                deed.again(each, database.dataSource());
                Condition.of(database)
                        .assertEquals(
                                whole,
                                deed + " and a crash of the server before "
                                        + source.sent().get(n - 1));
                crashes++;
            }
        }
        return crashes;
    }

    /** Wherever an expand fails, it is rolled back; complete and rollback go on when the trouble is over. */
    @PostgresVersions
    void anActSurvivesAFullDiskAtEachStatement(Database before) {
        Case each = everything();
        before.execute(each.text("before.sql"));
        before.execute(TROUBLE);
        each.oldInstanceStarts(before);
        int failures = trouble(each, Deed.EXPAND, before, "53100");
        Deed.EXPAND.on(each.engine(before));
        failures += trouble(each, Deed.COMPLETE, before, "53100");
        failures += trouble(each, Deed.ROLLBACK, before, "53200");
        assertThat(failures).isGreaterThan(10);
    }

    private static int trouble(Case each, Deed deed, Database before, String code) {
        Condition begun = Condition.of(before);
        Condition whole;
        long statements;
        try (Database uninterrupted = before.copy()) {
            plan(uninterrupted, 0, code);
            deed.on(each.engine(uninterrupted));
            whole = Condition.of(uninterrupted);
            statements = uninterrupted.jdbc().queryForObject("SELECT last_value FROM trouble.statement", Long.class);
        }
        // Each version of PostgreSQL meets others.
        for (int n = 1 + before.postgres().version() % EACH; n <= statements; n += EACH) {
            try (Database database = before.copy()) {
                String when = "%s and an error %s at statement %d".formatted(deed, code, n);
                plan(database, n, code);
                assertThatThrownBy(() -> deed.on(each.engine(database)), when)
                        .as(when)
                        .hasMessageContaining("no space left")
                        .message()
                        .doesNotContain("Correct the migration");
                if (deed == Deed.EXPAND) {
                    Condition.of(database).assertTablesEqual(begun, when);
                }
                plan(database, 0, code);
                deed.again(each, database.dataSource());
                Condition.of(database).assertTablesEqual(whole, when);
            }
        }
        return (int) statements / EACH;
    }

    private static void plan(Database database, int statement, String code) {
        database.execute(
                "UPDATE trouble.plan SET at = %d, code = '%s'".formatted(statement, code),
                "ALTER SEQUENCE trouble.statement RESTART");
    }

    /** The server process of a connection is killed before a statement, whereupon all of them go, and the server recovers. */
    private static final class Crash extends WatchedDataSource {

        private final Database database;
        private final int before;
        private int sent;

        Crash(Database database, int before) {
            super(database);
            this.database = database;
            this.before = before;
        }

        @Override
        protected void before(Connection connection, String sql, boolean alone) throws SQLException {
            if (++sent == before) {
                ProcessHandle.of(connection.unwrap(PGConnection.class).getBackendPID())
                        .orElseThrow()
                        .destroyForcibly();
                await().pollInterval(Duration.ofMillis(20)).ignoreExceptions().until(() -> !connection.isValid(1));
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(50))
                        .ignoreExceptions()
                        .until(() -> database.jdbc().queryForObject("SELECT 1", Integer.class) == 1);
            }
        }
    }
}
