package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.PostgresVersions;
import java.util.List;

/** Serial, identity and generated columns that a table gets while it is in use, through several releases. */
class AddedNumbersTest {

    private static final String NEW = "0001_numbers";
    private static final String NEXT = "0002_next";
    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, name text)";
    private static final String ROWS = "INSERT INTO t SELECT n, 'name ' || n FROM generate_series(1, 20) n";

    private static final String IDENTITY = """
              - add_column:
                  table: t
                  column: {name: number, type: int, generated: {identity: {sequence_options: START 100}}}
            """;
    private static final String SERIAL = """
              - add_column: {table: t, column: {name: number, type: serial}}
            """;
    private static final String BIGGER = """
              - alter_column: {table: t, column: number, type: bigint, up: number, down: number}
            """;

    private static Fleet fleet(Database database, String... releases) {
        Fleet fleet = Fleet.on(database, TABLE, ROWS).with(NEW, releases[0]);
        return releases.length == 1 ? fleet : fleet.with(NEXT, releases[1]);
    }

    /** Each row has a number of its own. */
    private static void assertNumbered(Fleet fleet, String version, int rows) {
        assertThat(fleet.at(version).queryForList("SELECT DISTINCT number FROM t WHERE number IS NOT NULL"))
                .hasSize(rows);
    }

    private static void insert(Fleet fleet, String version, int id) {
        assertThat(fleet.at(version).update("INSERT INTO t (id, name) VALUES (?, 'new')", id))
                .isOne();
    }

    private static void assertShape(Fleet fleet, String... statements) {
        try (Database byHand = fleet.database().postgres().database()) {
            byHand.execute(TABLE);
            byHand.execute(statements);
            Catalogue wanted = fleet.shape(byHand).withNotNullNames();

            assertThat(fleet.catalogue().difference(wanted)).isEmpty();
        }
    }

    @PostgresVersions
    void anIdentityThatTheNextReleaseMakesBiggerGoesOnCounting(Database database) {
        Fleet fleet = fleet(database, IDENTITY, BIGGER).live(NEW).live(NEXT);
        insert(fleet, Fleet.BASE, 21);
        insert(fleet, NEW, 22);
        insert(fleet, NEXT, 23);
        assertNumbered(fleet, NEXT, 23);

        fleet.build(NEXT).complete(NEW, false, Fleet.TEST);
        insert(fleet, NEW, 24);
        insert(fleet, NEXT, 25);
        assertNumbered(fleet, NEW, 25);
        assertThatThrownBy(() -> fleet.at(NEW).update("INSERT INTO public.t VALUES (0, 'given', 7)"))
                .hasStackTraceContaining("GENERATED ALWAYS");

        fleet.build(NEXT).complete(null, false, Fleet.TEST);
        insert(fleet, NEXT, 26);
        assertNumbered(fleet, NEXT, 26);
        assertThat(fleet.row(NEXT, "SELECT min(number) AS least, max(number) AS most FROM t"))
                .containsEntry("least", 100L)
                .containsEntry("most", 125L);
        assertShape(
                fleet,
                "ALTER TABLE t ADD COLUMN number int GENERATED ALWAYS AS IDENTITY (START 100)",
                "ALTER TABLE t ALTER COLUMN number TYPE bigint");
    }

    @PostgresVersions
    void aSerialAndItsSuccessorAreCompletedAtOnce(Database database) {
        Fleet fleet = fleet(database, SERIAL, BIGGER).live(NEXT);
        insert(fleet, Fleet.BASE, 21);
        insert(fleet, NEXT, 22);

        fleet.build(NEXT).complete(null, false, Fleet.TEST);

        insert(fleet, NEXT, 23);
        assertNumbered(fleet, NEXT, 23);
        assertShape(
                fleet,
                "ALTER TABLE t ADD COLUMN number serial",
                "ALTER TABLE t ALTER COLUMN number TYPE bigint",
                "ALTER SEQUENCE t_number_seq AS bigint");
    }

    @PostgresVersions
    void anIdentityAndItsSuccessorAreCompletedAtOnce(Database database) {
        Fleet fleet = fleet(database, IDENTITY, BIGGER).live(NEXT);
        insert(fleet, Fleet.BASE, 21);

        fleet.build(NEXT).complete(null, false, Fleet.TEST);

        insert(fleet, NEXT, 22);
        assertNumbered(fleet, NEXT, 22);
        assertShape(
                fleet,
                "ALTER TABLE t ADD COLUMN number int GENERATED ALWAYS AS IDENTITY (START 100)",
                "ALTER TABLE t ALTER COLUMN number TYPE bigint");
    }

    @PostgresVersions
    void rollbackTakesTheSequenceAlong(Database database) {
        Fleet fleet = fleet(database, IDENTITY, BIGGER).live(NEW).live(NEXT);

        fleet.build(NEXT).rollback(NEW, false, Fleet.TEST);
        insert(fleet, NEW, 21);
        assertNumbered(fleet, NEW, 21);
        fleet.build(NEW).rollback(null, false, Fleet.TEST);

        assertShape(fleet);
    }

    @PostgresVersions
    void aNumberThatTheNextReleaseDropsTakesItsSequenceAlong(Database database) {
        Fleet fleet = fleet(database, IDENTITY, "  - drop_column: {table: t, column: number}\n")
                .live(NEW)
                .live(NEXT);
        insert(fleet, NEXT, 21);
        assertNumbered(fleet, NEW, 21);

        fleet.build(NEXT).complete(null, false, Fleet.TEST);

        assertShape(fleet);
    }

    @PostgresVersions
    void whoMayInsertMayDraw(Database database) {
        String role = "writer of " + database.name();
        database.role(role);
        Fleet fleet = fleet(database, IDENTITY);
        database.execute(
                "GRANT USAGE ON SCHEMA public TO \"" + role + '"', "GRANT INSERT (id, name) ON t TO \"" + role + '"');
        fleet.live(NEW);

        assertThat(fleet.at(Fleet.BASE, role).update("INSERT INTO t (id, name) VALUES (21, 'new')"))
                .isOne();

        assertNumbered(fleet, NEW, 21);
    }

    @PostgresVersions
    void whatAGeneratedColumnReadsMayChangeInTheNextRelease(Database database) {
        Fleet fleet = fleet(database, """
                          - add_column:
                              table: t
                              column: {name: loud, type: text, generated: {expression: upper(name)}, nullable: true}
                        """, """
                          - alter_column: {table: t, column: name, type: varchar(40), up: name, down: name}
                        """).live(NEW).live(NEXT);
        insert(fleet, Fleet.BASE, 21);
        fleet.at(NEXT).update("UPDATE t SET name = 'longer' WHERE id = 1");

        for (String version : List.of(NEW, NEXT)) {
            assertThat(fleet.row(version, "SELECT loud FROM t WHERE id = 1")).containsEntry("loud", "LONGER");
            assertThat(fleet.row(version, "SELECT loud FROM t WHERE id = 21")).containsEntry("loud", "NEW");
        }
        fleet.build(NEXT).complete(null, false, Fleet.TEST);

        assertShape(
                fleet,
                "ALTER TABLE t ALTER COLUMN name TYPE varchar(40)",
                "ALTER TABLE t ADD COLUMN loud text GENERATED ALWAYS AS (upper(name)) STORED");
    }
}
