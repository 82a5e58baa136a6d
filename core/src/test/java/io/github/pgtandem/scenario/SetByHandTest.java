package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P12: what somebody has given by hand to a column of a table in flight stays, unless a migration says otherwise. */
@ExtendWith(DatabaseExtension.class)
class SetByHandTest {

    private static final String A = "0001_a";
    private static final String B = "0002_b";
    private static final String C = "0003_c";

    private static Fleet items(Database database) {
        return Fleet.on(database, "CREATE TABLE items (id int PRIMARY KEY, name text, note text DEFAULT 'old')")
                .with(A, "\n  - add_column: {table: items, column: {name: colour, type: text, default: \"'red'\"}}")
                .with(B, "\n  - add_column: {table: items, column: {name: size, type: text, nullable: true}}");
    }

    private static void byHand(Database database) {
        database.execute(
                "ALTER TABLE items ALTER COLUMN name SET DEFAULT 'x', ALTER COLUMN name SET NOT NULL",
                "ALTER TABLE items ALTER COLUMN colour SET DEFAULT 'blue'",
                "COMMENT ON COLUMN items.name IS 'by hand'");
    }

    private static String column(Database database, String name) {
        return database.jdbc().queryForObject("""
                        SELECT coalesce(pg_get_expr(d.adbin, a.attrelid), '') || ' '
                               || CASE WHEN a.attnotnull THEN 'NOT NULL' ELSE 'NULL' END || ' '
                               || coalesce(col_description(a.attrelid, a.attnum), '')
                        FROM pg_attribute a
                        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                        WHERE a.attrelid = 'items'::regclass AND a.attname = ?
                        """, String.class, name);
    }

    private static void stays(Database database) {
        assertThat(column(database, "name")).isEqualTo("'x'::text NOT NULL by hand");
    }

    private static void complete(Fleet fleet, String build, String to) {
        fleet.build(build).complete(to, false, Fleet.TEST);
    }

    @Test
    void completeLeavesWhatWasSetByHand(Database database) {
        Fleet fleet = items(database).live(A);
        byHand(database);

        complete(fleet, A, A);

        stays(database);
        assertThat(column(database, "colour")).isEqualTo("'blue'::text NOT NULL ");
        fleet.at(A).update("INSERT INTO items (id) VALUES (1)");
        assertThat(fleet.row(A, "SELECT name, colour FROM items")).isEqualTo(Map.of("name", "x", "colour", "blue"));
    }

    @Test
    void soDoACompleteToAVersionInBetweenAndARollback(Database database) {
        Fleet fleet = items(database).live(B);
        byHand(database);

        complete(fleet, B, A);

        stays(database);
        fleet.at(B).update("INSERT INTO items (id) VALUES (1)");
        Catalogue before = fleet.catalogue();
        assertThat(fleet.row(B, "SELECT name, colour FROM items")).isEqualTo(Map.of("name", "x", "colour", "blue"));
        fleet.build(B).rollback(null, false, Fleet.TEST);
        stays(database);
        fleet.live(B);
        assertThat(fleet.catalogue().difference(before)).isEmpty();
        complete(fleet, B, B);
        stays(database);
    }

    @Test
    void theViewsOfALaterExpandShowIt(Database database) {
        Fleet fleet = items(database).live(A);
        byHand(database);

        fleet.live(B);

        fleet.at(Fleet.BASE).update("INSERT INTO items (id) VALUES (1)");
        fleet.at(A).update("INSERT INTO items (id) VALUES (2)");
        fleet.at(B).update("INSERT INTO items (id) VALUES (3)");
        assertThat(database.jdbc().queryForList("SELECT DISTINCT name FROM items", String.class))
                .containsExactly("x");
    }

    @Test
    void whatAMigrationSetsItselfIsSetByComplete(Database database) {
        Fleet fleet = items(database).with(C, """
                          - rename_column: {table: items, from: note, to: remark}
                          - alter_column: {table: items, column: remark, default: "'new'"}
                          - alter_column: {table: items, column: colour, default: "'green'"}
                        """).live(C);
        byHand(database);
        database.execute(
                "ALTER TABLE items ALTER COLUMN note SET DEFAULT 'mine'", "COMMENT ON COLUMN items.note IS 'mine'");

        complete(fleet, C, B);

        stays(database);
        assertThat(column(database, "note")).isEqualTo("'mine'::text NULL mine");
        assertThat(column(database, "colour")).isEqualTo("'blue'::text NOT NULL ");

        complete(fleet, C, C);

        stays(database);
        assertThat(column(database, "remark")).isEqualTo("'new'::text NULL mine");
        assertThat(column(database, "colour")).isEqualTo("'green'::text NOT NULL ");
    }

    /** What was set by hand takes part in what is carried, as if it had been there before. */
    @Test
    void aLaterMigrationCarriesIt(Database database) {
        Fleet fleet = items(database)
                .with(C, "\n  - alter_column: {table: items, column: name, type: varchar(20), up: name, down: name}")
                .live(B);
        byHand(database);

        fleet.live(C);
        complete(fleet, C, C);

        assertThat(column(database, "name")).isEqualTo("'x'::text NOT NULL by hand");
    }
}
