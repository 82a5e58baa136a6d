package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.Postgres;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hangs on tables and columns: docs/pgroll.md, 28 to 35. */
@ExtendWith(DatabaseExtension.class)
class PgrollSchemaShapeTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";

    private static String alter(String table, String column) {
        return "  - alter_column: {table: %1$s, column: %2$s, type: bigint, up: %2$s, down: \"%2$s::int\"}\n"
                .formatted(table, column);
    }

    /** Completes, and compares with what the same tables are when somebody changes the types by hand. */
    private static Fleet completed(Database database, String operations, String byHand, String... tables) {
        Fleet fleet = Fleet.on(database, tables).with(NEW, operations).live(NEW);
        fleet.build(NEW).complete(null, false, Fleet.TEST);
        try (Database other = database.postgres().database()) {
            other.execute(tables);
            other.execute(byHand);
            Catalogue wanted = fleet.shape(other);

            assertThat(fleet.shape(database).difference(wanted)).isEmpty();
        }
        return fleet;
    }

    @Test
    @DisplayName("#28: indexes and composite foreign keys keep their columns in order, and what is only included")
    void theOrderOfColumnsIsKept(Database database) {
        completed(
                database,
                alter("t", "b") + alter("t", "zip") + alter("towns", "code"),
                "ALTER TABLE t ALTER b TYPE bigint, ALTER zip TYPE bigint; ALTER TABLE towns ALTER code TYPE bigint",
                "CREATE TABLE towns (title text, code int, UNIQUE (code, title))",
                "CREATE TABLE t (id int PRIMARY KEY, a int, b int, c text, name text, zip int,"
                        + " FOREIGN KEY (zip, name) REFERENCES towns (code, title))",
                "CREATE INDEX ba ON t (b, a)",
                "CREATE UNIQUE INDEX including ON t (b) INCLUDE (a)",
                "CREATE INDEX expressions ON t (lower(c), b)",
                "INSERT INTO towns VALUES ('Bonn', 53111)",
                "INSERT INTO t VALUES (1, 2, 3, 'c', 'Bonn', 53111)");
    }

    @Test
    @DisplayName("#29: a partial unique index makes no column unique, and a backfill needs no key")
    void aBackfillNeedsNoKey(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE t (code int NOT NULL, gone boolean)",
                        "CREATE UNIQUE INDEX living ON t (code) WHERE NOT gone",
                        "INSERT INTO t SELECT n % 5, true FROM generate_series(1, 3000) n")
                .with(NEW, alter("t", "code").replace("up: code", "up: code + 1"))
                .live(NEW);

        assertThat(fleet.row(NEW, "SELECT count(*) AS rows, sum(code) AS codes FROM t"))
                .containsEntry("rows", 3000L)
                .extractingByKey("codes")
                .hasToString("9000");
    }

    @Test
    @DisplayName("#30: a table whose key is GENERATED ALWAYS is backfilled")
    void aGeneratedKeyIsNoObstacle(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, x int)",
                        "INSERT INTO t (x) VALUES (5)")
                .with(NEW, " - add_column: {table: t, column: {name: y, type: int}, up: x * 2}")
                .live(NEW);

        assertThat(fleet.row(NEW, "SELECT y FROM t")).containsEntry("y", 10);
        fleet.at(OLD).update("INSERT INTO t (x) VALUES (6)");
        assertThat(fleet.row(NEW, "SELECT y FROM t WHERE x = 6")).containsEntry("y", 12);
    }

    @Test
    @DisplayName("#31: an identity column can be altered, and goes on counting")
    void anIdentityColumnGoesOnCounting(Database database) {
        Fleet fleet = completed(
                database,
                alter("t", "id"),
                "ALTER TABLE t ALTER id TYPE bigint",
                "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (START WITH 40 INCREMENT BY 2) PRIMARY KEY, x int)",
                "INSERT INTO t (x) VALUES (1)");

        assertThat(fleet.at(NEW).queryForObject("INSERT INTO t (x) VALUES (2) RETURNING id", Long.class))
                .isEqualTo(42);
    }

    @Test
    @DisplayName("#32: a primary key may be called anything, also after its table was renamed")
    void aPrimaryKeyMayBeCalledAnything(Database database) {
        completed(
                database,
                alter("t", "id") + alter("renamed", "id"),
                "ALTER TABLE t ALTER id TYPE bigint; ALTER TABLE renamed ALTER id TYPE bigint",
                "CREATE TABLE t (id int CONSTRAINT the_key PRIMARY KEY)",
                "CREATE TABLE named (id int PRIMARY KEY)",
                "ALTER TABLE named RENAME TO renamed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE VIEW uses AS SELECT x FROM t | uses
            CREATE MATERIALIZED VIEW uses AS SELECT x FROM t | uses
            CREATE POLICY uses ON t USING (x = 1) | uses
            CREATE TRIGGER uses BEFORE UPDATE OF x ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger() | uses
            CREATE PUBLICATION uses FOR TABLE t (id, x) | uses
            """)
    @DisplayName("#33: what complete could not drop because something uses it is refused, and that is named")
    void whatUsesTheColumnIsNamed(String user, String named) {
        for (String operation : new String[] {alter("t", "x"), " - drop_column: {table: t, column: x}"}) {
            try (Database database = Postgres.current().database()) {
                Fleet fleet = Fleet.on(database, "CREATE TABLE t (id int PRIMARY KEY, x int)", user);
                Catalogue before = fleet.catalogue();
                fleet.with(NEW, operation);

                assertThatThrownBy(() -> fleet.live(NEW))
                        .isInstanceOf(InvalidMigrationException.class)
                        .hasMessageContaining(named);
                assertThat(fleet.catalogue().difference(before)).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("#33: a table that a foreign key leads to is not dropped")
    void aReferencedTableIsNotDropped(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE t (id int PRIMARY KEY)",
                        "CREATE TABLE other (t_id int CONSTRAINT leads_there REFERENCES t)")
                .with(NEW, " - drop_table: {name: t}");

        assertThatThrownBy(() -> fleet.live(NEW))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageContaining("leads_there");
    }

    @Test
    @DisplayName("#33: extended statistics, a generated column and grants on the table stay")
    void statisticsAndGrantsStay(Database database) {
        database.role("reader");
        completed(
                database,
                alter("t", "x"),
                "DROP INDEX doubled; ALTER TABLE t DROP COLUMN twice, ALTER x TYPE bigint;"
                        + " ALTER TABLE t ADD twice bigint GENERATED ALWAYS AS (x * 2) STORED; CREATE INDEX doubled ON t (twice)",
                "CREATE TABLE t (id int PRIMARY KEY, x int, twice bigint GENERATED ALWAYS AS (x * 2) STORED)",
                "CREATE INDEX doubled ON t (twice)",
                "CREATE STATISTICS both_of_them ON id, x FROM t",
                "GRANT SELECT ON t TO reader");
    }

    @Test
    @DisplayName("#34: a partitioned table gets indexes, foreign keys and other types as any table does")
    void aPartitionedTableIsLikeAnyOther(Database database) {
        completed(
                database,
                "  - create_index: {table: p, name: by_x, columns: [{column: x}]}\n"
                        + "  - create_constraint: {table: p, name: p_town, type: foreign_key, columns: [town],"
                        + " references: {table: towns, columns: [id]}, up: {town: town}, down: {town: town}}\n"
                        + alter("p", "x"),
                "ALTER TABLE p ALTER x TYPE bigint; CREATE INDEX by_x ON p (x);"
                        + " ALTER TABLE p ADD CONSTRAINT p_town FOREIGN KEY (town) REFERENCES towns (id)",
                "CREATE TABLE towns (id int PRIMARY KEY)",
                "CREATE TABLE p (day date, x int, town int) PARTITION BY RANGE (day)",
                "CREATE TABLE p_2026 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "CREATE TABLE p_rest PARTITION OF p DEFAULT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " - alter_column: {table: p, column: day, type: timestamp, up: day, down: day}",
                " - drop_column: {table: p, column: day}"
            })
    @DisplayName("#34: what cannot be done to a partition key is refused before anything changes")
    void aPartitionKeyIsNamed(String operation, Database database) {
        Fleet fleet = Fleet.on(
                database,
                "CREATE TABLE p (day date, x int) PARTITION BY RANGE (day)",
                "CREATE TABLE p_rest PARTITION OF p DEFAULT");
        Catalogue before = fleet.catalogue();
        fleet.with(NEW, operation);

        assertThatThrownBy(() -> fleet.live(NEW))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageContaining("partition");
        assertThat(fleet.catalogue().difference(before)).isEmpty();
    }

    @Test
    @DisplayName("#35: a NOT NULL column is not dropped without a down, as the new version could not insert")
    void aDroppedColumnIsInNobodysWay(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE t (id int PRIMARY KEY, x int NOT NULL)",
                        "CREATE TABLE other (id int PRIMARY KEY, x int NOT NULL)")
                .with(NEW, " - drop_column: {table: t, column: x, down: '-1'}")
                .with("0002_without", " - drop_column: {table: other, column: x}");

        assertThatThrownBy(() -> fleet.live("0002_without"))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageContaining("drop_column other.x: column is NOT NULL and has no default");
        fleet.live(NEW);
        fleet.at(NEW).update("INSERT INTO t (id) VALUES (1)");
        assertThat(fleet.row(OLD, "SELECT x FROM t")).containsEntry("x", -1);
    }
}
