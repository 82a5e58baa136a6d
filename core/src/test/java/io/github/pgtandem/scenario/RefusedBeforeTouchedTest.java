package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P10: what could be expanded but not completed, or would break writers, is refused and changes nothing. */
class RefusedBeforeTouchedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create_table: {name: reports, columns: [{name: id, type: int, pk: true}]} | a relation "reports" exists already
            rename_table: {from: a, to: reports} | a relation "reports" exists already
            rename_table: {from: a, to: b_pkey} | a relation "b_pkey" exists already
            create_index: {table: a, name: numbers, columns: [x]} | a relation "numbers" exists already
            alter_column: {table: a, column: x, unique: {name: b_pkey}} | table "b" has an index "b_pkey" already
            alter_column: {table: a, column: x, type: bigint, up: x, down: sum(x)} | cannot be used here
            alter_column: {table: a, column: x, type: bigint, up: x, down: 'unnest(ARRAY[x])'} | cannot be used here
            alter_column: {table: a, column: x, type: bigint, up: row_number() OVER (), down: x} | cannot be used here
            add_column: {table: a, column: {name: y, type: int}, up: (SELECT min(new.id) FROM b new)} | it calls a table "new"
            alter_column: {table: p, column: x, type: text, up: 'x::text', down: 'x::int'} | inherits from a table or is inherited from
            """)
    void whatCannotBeCompleted(String operation, String problem) {
        refused("- " + operation, problem);
    }

    @Test
    void aRingOfTableNames() {
        refused("""
                - rename_table: {from: a, to: c}
                  - rename_table: {from: b, to: a}
                  - rename_table: {from: c, to: b}
                """, "in a ring");
    }

    @Test
    void aTableThatATranslationOfAnotherMigrationReads() {
        refused("""
                - add_column:
                      table: a
                      column: {name: y, type: int, nullable: true}
                      up: (SELECT max(b.id) FROM b WHERE b.id < a.x)
                  - rename_table: {from: b, to: c}
                """, "up or down of migration 0001_new reads table \"b\" in a subquery");
        refused("""
                - rename_column: {table: b, from: id, to: key}
                  - add_column:
                      table: a
                      column: {name: y, type: int, nullable: true}
                      up: (SELECT max(b.id) FROM b WHERE b.id < a.x)
                """, "up reads table \"b\", which a migration that is not completed renames");
    }

    @Test
    void aTableOfSomebodysInAVersionSchema() {
        try (Database database = Postgres.current().database()) {
            Fleet fleet = Fleet.on(database, "CREATE TABLE a (id int PRIMARY KEY, x int)");
            fleet.with("0001_new", "\n  - create_table: {name: b, columns: [{name: id, type: int, pk: true}]}");
            fleet.live("0001_new");
            database.execute("CREATE TABLE \"public_0001_new\".a (mine int)");
            fleet.with("0002_next", "\n  - drop_column: {table: a, column: x}");
            fleet.with("0003_more", "\n  - add_column: {table: a, column: {name: y, type: int, nullable: true}}");

            assertThatThrownBy(() -> fleet.live("0003_more"))
                    .hasMessageContaining("\"public_0001_new\".\"a\" was not made by pgtandem");
            assertThat(database.jdbc().queryForList("SELECT mine FROM \"public_0001_new\".a"))
                    .isEmpty();
        }
    }

    @Test
    void aColumnOfAKeyWithoutOverlaps() {
        assumeTrue(Postgres.current().version() >= 18, "PostgreSQL 18 was the first to have them");
        try (Database database = Postgres.current().database()) {
            Fleet fleet = Fleet.on(
                            database,
                            "CREATE TABLE r (id int4range, p daterange, CONSTRAINT rk UNIQUE (id, p WITHOUT OVERLAPS))")
                    .with("0001_new", "[{alter_column: {table: r, column: p, type: daterange, up: p * p, down: p}}]");

            assertThatThrownBy(() -> fleet.live("0001_new"))
                    .hasMessage(
                            "db/pgtandem/0001_new.yaml:1:48: alter_column r.p: column \"p\" is part of constraint \"rk\","
                                    + " which is WITHOUT OVERLAPS; its index cannot be built beside writers.\nDrop the"
                                    + " constraint with drop_multicolumn_constraint in an operation before this one, and add it"
                                    + " again with a sql operation.");
        }
    }

    private static void refused(String operations, String problem) {
        try (Database database = Postgres.current().database()) {
            Fleet fleet = Fleet.on(
                    database,
                    "CREATE TABLE a (id int PRIMARY KEY, x int)",
                    "CREATE TABLE b (id int PRIMARY KEY)",
                    "CREATE TABLE p (x int)",
                    "CREATE TABLE p_child () INHERITS (p)",
                    "CREATE VIEW reports AS SELECT 1 AS id",
                    "CREATE SEQUENCE numbers");
            Catalogue before = fleet.catalogue();
            fleet.with("0001_new", "\n  " + operations);

            assertThatThrownBy(() -> fleet.live("0001_new"))
                    .isInstanceOf(InvalidMigrationException.class)
                    .hasMessageContaining(problem);
            assertThat(fleet.catalogue().difference(before)).isEmpty();
        }
    }
}
