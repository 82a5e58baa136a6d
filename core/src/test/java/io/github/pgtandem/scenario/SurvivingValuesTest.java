package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** P3: nothing is overwritten by accident; and who counts as which writer. P12: triggers of the user's. */
@ExtendWith(io.github.pgtandem.fixture.DatabaseExtension.class)
class SurvivingValuesTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_points";
    private static final String NEWEST = "0002_ratio";

    private static final String TASKS = """
            CREATE TABLE tasks (
                id bigint PRIMARY KEY,
                title text NOT NULL,
                priority text NOT NULL,
                updated_at timestamptz NOT NULL DEFAULT 'epoch'
            )
            """;
    private static final String ROWS = "INSERT INTO tasks VALUES (1, 'one', 'high'), (2, 'two', 'medium')";

    /** Loses something each way: many points are one word, and words that it does not know are one number. */
    private static final String POINTS = """
              - alter_column:
                  table: tasks
                  column: priority
                  type: int
                  up: CASE priority WHEN 'high' THEN 10 ELSE 1 END
                  down: CASE WHEN priority > 5 THEN 'high' ELSE 'low' END
            """;

    private static final String RATIO = """
              - alter_column:
                  table: tasks
                  column: priority
                  type: numeric
                  up: priority / 10.0
                  down: round(priority * 10)::int
            """;

    private static Fleet fleet(Database database, String... more) {
        Fleet fleet = Fleet.on(database, TASKS, ROWS).with(NEW, POINTS).with(NEWEST, RATIO);
        database.execute(more);
        return fleet.live(NEW);
    }

    private static Object priority(Fleet fleet, String version, int id) {
        return fleet.row(version, "SELECT priority FROM tasks WHERE id = ?", id).get("priority");
    }

    @PostgresVersions
    void aNewValueSurvivesAnOldUpdateOfAnotherColumn(Database database) {
        Fleet fleet = fleet(database);
        fleet.at(NEW).update("UPDATE tasks SET priority = 7 WHERE id = 1");

        fleet.at(OLD).update("UPDATE tasks SET title = 'uno' WHERE id = 1");

        assertThat(priority(fleet, NEW, 1)).isEqualTo(7);
        assertThat(priority(fleet, OLD, 1)).isEqualTo("high");
    }

    @PostgresVersions
    void aNewValueSurvivesAnOldUpdateThatSetsEveryColumnToWhatItWas(Database database) {
        Fleet fleet = fleet(database);
        fleet.at(NEW).update("UPDATE tasks SET priority = 7 WHERE id = 1");

        fleet.at(OLD).update("UPDATE tasks SET title = 'uno', priority = 'high', updated_at = updated_at WHERE id = 1");
        fleet.at(OLD)
                .update("INSERT INTO tasks (id, title, priority) VALUES (1, 'eins', 'high')"
                        + " ON CONFLICT (id) DO UPDATE SET title = excluded.title, priority = tasks.priority");

        assertThat(priority(fleet, NEW, 1)).isEqualTo(7);
        assertThat(fleet.row(NEW, "SELECT title FROM tasks WHERE id = 1")).containsEntry("title", "eins");

        fleet.at(OLD).update("UPDATE tasks SET priority = 'low' WHERE id = 1");
        assertThat(priority(fleet, NEW, 1)).isEqualTo(1);
    }

    @PostgresVersions
    void anOldValueSurvivesANewUpdateOfAnotherColumn(Database database) {
        Fleet fleet = fleet(database);

        fleet.at(NEW).update("UPDATE tasks SET title = 'zwei', priority = 1 WHERE id = 2");
        assertThat(priority(fleet, OLD, 2)).isEqualTo("medium");

        fleet.at(NEW).update("UPDATE tasks SET priority = 2 WHERE id = 2");
        assertThat(priority(fleet, OLD, 2)).isEqualTo("low");
    }

    @PostgresVersions
    void aChainOfTwoVersionsIsRunOnlyAsFarAsSomethingChanges(Database database) {
        Fleet fleet = fleet(database).live(NEWEST);

        fleet.at(NEWEST).update("UPDATE tasks SET priority = 0.72 WHERE id = 1");
        assertThat(priority(fleet, NEW, 1)).isEqualTo(7);
        assertThat(priority(fleet, OLD, 1)).isEqualTo("high");

        fleet.at(NEWEST).update("UPDATE tasks SET priority = 0.74 WHERE id = 1");
        fleet.at(NEW).update("UPDATE tasks SET title = 'x', priority = 7 WHERE id = 1");
        fleet.at(OLD).update("UPDATE tasks SET title = 'y', priority = 'high' WHERE id = 1");
        assertThat(fleet.row(NEWEST, "SELECT priority::text FROM tasks WHERE id = 1"))
                .containsEntry("priority", "0.74");

        fleet.at(NEW).update("UPDATE tasks SET priority = 3 WHERE id = 1");
        assertThat(priority(fleet, OLD, 1)).isEqualTo("low");
        assertThat(fleet.row(NEWEST, "SELECT round(priority, 2)::text AS p FROM tasks WHERE id = 1"))
                .containsEntry("p", "0.30");

        fleet.at(OLD).update("UPDATE tasks SET priority = 'high' WHERE id = 1");
        assertThat(priority(fleet, NEW, 1)).isEqualTo(10);
        assertThat(fleet.row(NEWEST, "SELECT round(priority, 2)::text AS p FROM tasks WHERE id = 1"))
                .containsEntry("p", "1.00");
    }

    @PostgresVersions
    void aWriterInTheBaseSchemaIsOneOfTheBaseVersion(Database database) {
        Fleet fleet = fleet(database);

        database.jdbc().update("UPDATE tasks SET priority = 'high' WHERE id = 2");
        database.jdbc().update("INSERT INTO tasks (id, title, priority) VALUES (3, 'three', 'high')");

        assertThat(priority(fleet, NEW, 2)).isEqualTo(10);
        assertThat(priority(fleet, NEW, 3)).isEqualTo(10);
    }

    @PostgresVersions
    void aWriterOfNoKnownVersionChangesNothing(Database database) throws SQLException {
        Fleet fleet = fleet(database);

        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''");
            statement.execute("UPDATE public.tasks SET priority = 'restored' WHERE id = 1");
        }

        assertThat(priority(fleet, OLD, 1)).isEqualTo("restored");
        assertThat(priority(fleet, NEW, 1)).isEqualTo(10);
    }

    @PostgresVersions
    void whatATriggerOfTheUsersChangesIsTranslated(Database database) {
        Fleet fleet = fleet(
                database,
                "CREATE FUNCTION escalate() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF NEW.title LIKE 'urgent%' THEN NEW.priority := 'high'; END IF; RETURN NEW; END $$",
                "CREATE TRIGGER escalate BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION escalate()");

        fleet.at(OLD).update("UPDATE tasks SET title = 'urgent two' WHERE id = 2");
        fleet.at(OLD).update("INSERT INTO tasks (id, title, priority) VALUES (3, 'urgent three', 'low')");
        assertThat(priority(fleet, NEW, 2)).isEqualTo(10);
        assertThat(priority(fleet, NEW, 3)).isEqualTo(10);

        fleet.at(NEW).update("UPDATE tasks SET priority = 7 WHERE id = 1");
        fleet.at(OLD).update("UPDATE tasks SET title = 'uno' WHERE id = 1");
        assertThat(priority(fleet, NEW, 1)).isEqualTo(7);
    }

    @PostgresVersions
    void aBackfillDoesNotFireTriggersOfTheUsers(Database database) {
        Fleet fleet = fleet(
                database,
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN NEW.updated_at := '2001-01-01'; RETURN NEW; END $$",
                "CREATE TRIGGER touch BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION touch()");

        assertThat(priority(fleet, NEW, 1)).isEqualTo(10);
        assertThat(touched(fleet)).isZero();

        fleet.at(NEW).update("UPDATE tasks SET priority = 3 WHERE id = 1");
        assertThat(touched(fleet)).isOne();
        assertThat(priority(fleet, OLD, 1)).isEqualTo("low");
    }

    private static Long touched(Fleet fleet) {
        JdbcTemplate jdbc = fleet.database().jdbc();
        return jdbc.queryForObject("SELECT count(*) FROM tasks WHERE updated_at > 'epoch'", Long.class);
    }

    @Test
    void completeAndRollbackKeepWhatWasWrittenLast(Database database, Database other) {
        Fleet completed = writtenByBoth(database);
        completed.build(NEW).complete(null, false, Fleet.TEST);
        assertThat(database.jdbc().queryForList("SELECT priority FROM tasks ORDER BY id", Integer.class))
                .containsExactly(7, 1);

        Fleet rolledBack = writtenByBoth(other);
        rolledBack.build(NEW).rollback(null, false, Fleet.TEST);
        assertThat(other.jdbc().queryForList("SELECT priority FROM tasks ORDER BY id", String.class))
                .containsExactly("high", "urgent");
    }

    private static Fleet writtenByBoth(Database database) {
        Fleet fleet = fleet(database);
        fleet.at(NEW).update("UPDATE tasks SET priority = 7 WHERE id = 1");
        fleet.at(OLD).update("UPDATE tasks SET priority = 'urgent' WHERE id = 2");
        return fleet;
    }
}
