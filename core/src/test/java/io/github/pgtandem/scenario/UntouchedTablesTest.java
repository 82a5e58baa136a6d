package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.PostgresVersions;
import java.util.List;

/** P9: only what changed pays. */
class UntouchedTablesTest {

    private static final String NEW = "0001_new";

    private static Fleet fleet(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE changed (id bigint PRIMARY KEY, price text NOT NULL)",
                        "CREATE TABLE plain (id bigint PRIMARY KEY, changed_id bigint REFERENCES changed, note text)",
                        "CREATE TABLE other (id bigint GENERATED ALWAYS AS IDENTITY, note text)",
                        "INSERT INTO changed VALUES (1, '1')")
                .with(NEW, """
                          - alter_column:
                              {table: changed, column: price, type: int, up: price::int, down: price::text}
                          - create_table: {name: made, columns: [{name: id, type: int, pk: true}]}
                        """);
    }

    @PostgresVersions
    void aTableThatNoMigrationTouchesHasNoViewAndNoTrigger(Database database) {
        Fleet fleet = fleet(database).live(NEW);

        assertThat(views(database, Fleet.BASE)).containsExactly("changed");
        assertThat(views(database, NEW)).containsExactly("changed");
        assertThat(database.jdbc()
                        .queryForList(
                                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
                                String.class))
                .containsExactly("changed");
        for (String version : List.of(Fleet.BASE, NEW)) {
            assertThat(fleet.at(version)
                            .queryForObject("SELECT 'plain'::regclass = 'public.plain'::regclass", Boolean.class))
                    .isTrue();
        }
    }

    @PostgresVersions
    void aStatementOnAnUntouchedTableIsPlannedAsWithoutUs(Database database) {
        Fleet fleet = fleet(database);
        List<String> statements = List.of(
                "EXPLAIN (COSTS OFF, VERBOSE) SELECT * FROM plain WHERE id = 1",
                "EXPLAIN (COSTS OFF, VERBOSE) UPDATE plain SET note = 'x' WHERE id = 1",
                "EXPLAIN (COSTS OFF, VERBOSE) INSERT INTO other (note) VALUES ('x')",
                "EXPLAIN (COSTS OFF, VERBOSE) DELETE FROM other");
        List<List<String>> before = plans(fleet, Fleet.BASE, statements);

        fleet.live(NEW);

        assertThat(plans(fleet, Fleet.BASE, statements)).isEqualTo(before);
        assertThat(plans(fleet, NEW, statements)).isEqualTo(before);
        assertThat(fleet.at(Fleet.BASE).update("TRUNCATE plain")).isZero();
    }

    @PostgresVersions
    void nothingIsLeftOfAnyVersionOnceItIsCompleted(Database database) {
        Fleet fleet = fleet(database).live(NEW);

        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThat(views(database, NEW)).isEmpty();
        assertThat(views(database, Fleet.BASE)).containsExactly("changed");
        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
                                        + " AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)",
                                Long.class))
                .isZero();
        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace", Long.class))
                .isZero();
    }

    private static List<List<String>> plans(Fleet fleet, String version, List<String> statements) {
        return statements.stream()
                .map(s -> fleet.at(version).queryForList(s, String.class))
                .toList();
    }

    private static List<String> views(Database database, String version) {
        return database.jdbc()
                .queryForList(
                        "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = to_regnamespace(?) ORDER BY 1",
                        String.class,
                        '"' + Fleet.schema(version) + '"');
    }
}
