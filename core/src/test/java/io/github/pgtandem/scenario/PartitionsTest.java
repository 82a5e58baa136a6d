package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** What partitions add to a migration: rows that move between them, and partitions that come and go while it is in flight. */
@ExtendWith(DatabaseExtension.class)
class PartitionsTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_points";

    private static final String[] TASKS = {
        "CREATE TABLE tasks (id int, day date, title text, priority text NOT NULL DEFAULT 'low', PRIMARY KEY (id, day))"
                + " PARTITION BY RANGE (day)",
        "CREATE TABLE tasks_2025 PARTITION OF tasks FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
        "CREATE TABLE tasks_2026 PARTITION OF tasks FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "CREATE INDEX by_priority ON tasks (priority)",
        "INSERT INTO tasks VALUES (1, '2025-05-05', 'one', 'high'), (2, '2026-06-06', 'two', 'medium')"
    };

    /** Loses something each way, so that a value which is translated twice shows. */
    private static final String POINTS = """
              - alter_column:
                  table: tasks
                  column: priority
                  type: int
                  default: "1"
                  up: CASE priority WHEN 'high' THEN 10 ELSE 1 END
                  down: CASE WHEN priority > 5 THEN 'high' ELSE 'low' END
            """;

    private static Fleet fleet(Database database) {
        return Fleet.on(database, TASKS).with(NEW, POINTS).live(NEW);
    }

    private static Object priority(Fleet fleet, String version, int id) {
        return fleet.row(version, "SELECT priority FROM tasks WHERE id = ?", id).get("priority");
    }

    @PostgresVersions
    void aNewValueSurvivesAnOldUpdateThatMovesTheRowToAnotherPartition(Database database) {
        Fleet fleet = fleet(database);
        fleet.at(NEW).update("UPDATE tasks SET priority = 7 WHERE id = 1");

        fleet.at(OLD).update("UPDATE tasks SET day = '2026-05-05' WHERE id = 1");

        assertThat(priority(fleet, NEW, 1)).isEqualTo(7);
        assertThat(priority(fleet, OLD, 1)).isEqualTo("high");
    }

    @PostgresVersions
    void anOldValueSurvivesANewUpdateThatMovesTheRow(Database database) {
        Fleet fleet = fleet(database);

        fleet.at(NEW).update("UPDATE tasks SET day = '2025-06-06' WHERE id = 2");

        assertThat(priority(fleet, OLD, 2)).isEqualTo("medium");
        assertThat(priority(fleet, NEW, 2)).isEqualTo(1);
    }

    @PostgresVersions
    void whatAnUpdateChangesAsItMovesARowIsTranslatedOnce(Database database) {
        Fleet fleet = fleet(database);

        fleet.at(OLD).update("UPDATE tasks SET day = '2025-06-06', priority = 'high' WHERE id = 2");
        fleet.at(NEW).update("UPDATE tasks SET day = '2026-06-07', priority = 8 WHERE id = 2");
        fleet.at(OLD).update("INSERT INTO tasks VALUES (3, '2026-06-07', 'three', 'high')");

        assertThat(priority(fleet, NEW, 2)).isEqualTo(8);
        assertThat(priority(fleet, OLD, 2)).isEqualTo("high");
        assertThat(priority(fleet, NEW, 3)).isEqualTo(10);
    }

    @PostgresVersions
    void aWriteStraightToAPartitionIsOneOfTheOldVersion(Database database) {
        Fleet fleet = fleet(database);

        fleet.at(OLD).update("INSERT INTO public.tasks_2025 (id, day, priority) VALUES (4, '2025-01-02', 'high')");

        assertThat(priority(fleet, NEW, 4)).isEqualTo(10);
    }

    @PostgresVersions
    void aPartitionMadeInFlightTakesPartAndIsLikeTheOthersAfterComplete(Database database) {
        Fleet fleet = fleet(database);
        String more = "CREATE TABLE tasks_2027 PARTITION OF tasks FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')";
        database.execute(more, "DROP TABLE tasks_2025");
        fleet.at(OLD).update("INSERT INTO tasks VALUES (5, '2027-01-01', 'five', 'high')");
        fleet.at(NEW).update("INSERT INTO tasks (id, day) VALUES (6, '2027-01-01')");

        assertThat(priority(fleet, NEW, 5)).isEqualTo(10);
        assertThat(priority(fleet, OLD, 6)).isEqualTo("low");
        fleet.build(NEW).complete(null, true, Fleet.TEST);
        assertThat(indexes(database))
                .containsExactly(
                        "by_priority",
                        "tasks_2026_pkey",
                        "tasks_2026_priority_idx",
                        "tasks_2027_pkey",
                        "tasks_2027_priority_idx",
                        "tasks_pkey");
    }

    @PostgresVersions
    void aKeyIsCompletedOverAPartitionMadeInFlight(Database database) {
        Fleet fleet = Fleet.on(database, TASKS)
                .with(NEW, " - alter_column: {table: tasks, column: id, type: bigint, up: id, down: id::int}\n")
                .live(NEW);
        database.execute("CREATE TABLE tasks_rest PARTITION OF tasks DEFAULT");
        fleet.at(OLD).update("INSERT INTO tasks VALUES (5, '2030-01-01', 'five', 'high')");

        fleet.build(NEW).complete(null, true, Fleet.TEST);

        assertThat(indexes(database))
                .containsExactly(
                        "by_priority",
                        "tasks_2025_pkey",
                        "tasks_2025_priority_idx",
                        "tasks_2026_pkey",
                        "tasks_2026_priority_idx",
                        "tasks_pkey",
                        "tasks_rest_pkey",
                        "tasks_rest_priority_idx");
        assertThat(fleet.at(NEW).update("UPDATE tasks SET id = 30000000000 WHERE id = 5"))
                .isOne();
    }

    @PostgresVersions
    void aPartitionOnAnotherServerIsRefused(Database database) {
        Fleet fleet = Fleet.on(database, TASKS).with(NEW, POINTS);
        database.execute(
                "CREATE FOREIGN DATA WRAPPER elsewhere",
                "CREATE SERVER other FOREIGN DATA WRAPPER elsewhere",
                "DROP INDEX by_priority",
                "ALTER TABLE tasks DROP CONSTRAINT tasks_pkey",
                "CREATE FOREIGN TABLE tasks_far PARTITION OF tasks DEFAULT SERVER other");

        assertThatThrownBy(() -> fleet.live(NEW))
                .hasMessageContaining("table \"tasks\" has a partition that is a foreign table");
    }

    @PostgresVersions
    void aForeignKeyLeadsToAPartitionedTable(Database database) {
        Fleet fleet = Fleet.on(database, TASKS).with(NEW, """
                          - create_constraint:
                              table: marks
                              name: marked
                              type: foreign_key
                              columns: [id, day]
                              up: {id: id, day: day}
                              down: {id: id, day: day}
                              references: {table: tasks, columns: [id, day], on_delete: CASCADE}
                        """);
        database.execute("CREATE TABLE marks (id int, day date)", "INSERT INTO marks VALUES (1, '2025-05-05')");
        fleet.live(NEW).build(NEW).complete(null, true, Fleet.TEST);

        database.execute("DELETE FROM tasks WHERE id = 1");

        assertThat(database.jdbc().queryForObject("SELECT count(*) FROM marks", int.class))
                .isZero();
        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT convalidated FROM pg_constraint WHERE conname = 'marked'", boolean.class))
                .isTrue();
    }

    @PostgresVersions
    void aForeignKeyToAPartitionedTableIsCarried(Database database) {
        Fleet fleet = Fleet.on(database, TASKS)
                .with(NEW, " - alter_column: {table: marks, column: id, type: bigint, up: id, down: id::int}\n");
        database.execute(
                "CREATE TABLE marks (id int, day date, CONSTRAINT marked FOREIGN KEY (id, day)"
                        + " REFERENCES tasks (id, day) ON DELETE CASCADE)",
                "INSERT INTO marks VALUES (1, '2025-05-05')");
        fleet.live(NEW);

        fleet.at(OLD).update("DELETE FROM tasks WHERE id = 1");
        fleet.build(NEW).complete(null, true, Fleet.TEST);

        assertThat(database.jdbc().queryForObject("SELECT count(*) FROM marks", int.class))
                .isZero();
        assertThat(database.jdbc()
                        .queryForList(
                                "SELECT conname FROM pg_constraint WHERE conrelid = 'marks'::regclass"
                                        + " AND contype = 'f' AND conparentid = 0 AND convalidated",
                                String.class))
                .containsExactly("marked");
    }

    private static List<String> indexes(Database database) {
        return database.jdbc()
                .queryForList(
                        "SELECT relname FROM pg_index JOIN pg_class i ON i.oid = indexrelid"
                                + " WHERE relnamespace = 'public'::regnamespace AND indisvalid ORDER BY relname",
                        String.class);
    }
}
