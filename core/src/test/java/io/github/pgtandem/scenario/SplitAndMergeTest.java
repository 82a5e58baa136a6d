package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.PostgresVersions;

/** P2 and P3 for split_column and merge_columns, which lose something each way here. */
class SplitAndMergeTest {

    private static final String OLD = Fleet.BASE;
    private static final String SPLIT = "0001_split";
    private static final String MERGED = "0002_merge";

    private static final String PEOPLE = """
            CREATE TABLE people (id bigint PRIMARY KEY, full_name text NOT NULL, city text);
            INSERT INTO people VALUES (1, 'Ada King Lovelace', 'London'), (2, 'Plato', 'Athens');
            """;

    /** Middle names are lost one way, white space the other. */
    private static final String NAMES = """
              - split_column:
                  table: people
                  column: full_name
                  into:
                    - {name: first_name, type: text}
                    - {name: last_name, type: text, nullable: true}
                  up:
                    first_name: split_part(full_name, ' ', 1)
                    last_name: nullif(substring(full_name from ' ([^ ]*)$'), '')
                  down: first_name || coalesce(' ' || trim(last_name), '')
            """;

    private static final String ONE_NAME = """
              - merge_columns:
                  table: people
                  columns: [first_name, last_name]
                  into: {name: sort_name, type: text}
                  up: upper(concat_ws(', ', last_name, first_name))
                  down:
                    first_name: initcap(split_part(sort_name, ', ', -1))
                    last_name: CASE WHEN sort_name LIKE '%, %' THEN initcap(split_part(sort_name, ', ', 1)) END
            """;

    private static Fleet fleet(Database database) {
        return Fleet.on(database, PEOPLE).with(SPLIT, NAMES).with(MERGED, ONE_NAME);
    }

    private static String fullName(Fleet fleet, int id) {
        return text(fleet, OLD, "full_name", id);
    }

    private static String names(Fleet fleet, int id) {
        return text(fleet, SPLIT, "first_name || '/' || coalesce(last_name, '-')", id);
    }

    private static String sortName(Fleet fleet, int id) {
        return text(fleet, MERGED, "sort_name", id);
    }

    private static String text(Fleet fleet, String version, String expression, int id) {
        return String.valueOf(fleet.row(version, "SELECT " + expression + " AS text FROM people WHERE id = ?", id)
                .get("text"));
    }

    @PostgresVersions
    void eachVersionReadsWhatTheOtherWrites(Database database) {
        Fleet fleet = fleet(database).live(SPLIT);
        assertThat(names(fleet, 1)).isEqualTo("Ada/Lovelace");
        assertThat(names(fleet, 2)).isEqualTo("Plato/-");

        fleet.at(SPLIT).update("INSERT INTO people (id, first_name, last_name) VALUES (3, 'Alan', 'Turing')");
        fleet.at(OLD).update("INSERT INTO people (id, full_name) VALUES (4, 'Grace Brewster Hopper')");

        assertThat(fullName(fleet, 3)).isEqualTo("Alan Turing");
        assertThat(names(fleet, 4)).isEqualTo("Grace/Hopper");
    }

    @PostgresVersions
    void whatASplitHasLostIsNotLostByWritesOfOtherColumns(Database database) {
        Fleet fleet = fleet(database).live(SPLIT);

        fleet.at(SPLIT).update("UPDATE people SET city = 'Paris' WHERE id = 1");
        assertThat(fullName(fleet, 1)).isEqualTo("Ada King Lovelace");

        fleet.at(SPLIT).update("UPDATE people SET last_name = ' Byron ' WHERE id = 1");
        assertThat(fullName(fleet, 1)).isEqualTo("Ada Byron");

        fleet.at(OLD).update("UPDATE people SET city = 'Rome', full_name = full_name WHERE id = 1");
        assertThat(names(fleet, 1)).isEqualTo("Ada/ Byron ");

        fleet.at(OLD).update("UPDATE people SET full_name = 'Augusta Ada Byron' WHERE id = 1");
        assertThat(names(fleet, 1)).isEqualTo("Augusta/Byron");
        assertThat(fullName(fleet, 1)).isEqualTo("Augusta Ada Byron");
    }

    @PostgresVersions
    void whatAMergeHasLostIsNotLostByWritesOfOtherColumns(Database database) {
        Fleet fleet = fleet(database).live(MERGED).live(SPLIT);
        fleet.at(SPLIT).update("UPDATE people SET first_name = 'ada' WHERE id = 1");
        assertThat(sortName(fleet, 1)).isEqualTo("LOVELACE, ADA");

        fleet.at(MERGED).update("UPDATE people SET city = 'Paris', sort_name = sort_name WHERE id = 1");
        assertThat(names(fleet, 1)).isEqualTo("ada/Lovelace");

        fleet.at(MERGED).update("UPDATE people SET sort_name = 'De Morgan, Augustus' WHERE id = 1");
        fleet.at(SPLIT).update("UPDATE people SET city = 'London' WHERE id = 1");
        assertThat(sortName(fleet, 1)).isEqualTo("De Morgan, Augustus");
        assertThat(names(fleet, 1)).isEqualTo("Augustus/De Morgan");
        assertThat(fullName(fleet, 1)).isEqualTo("Augustus De Morgan");

        fleet.at(SPLIT).update("UPDATE people SET last_name = NULL WHERE id = 1");
        assertThat(sortName(fleet, 1)).isEqualTo("AUGUSTUS");
        assertThat(fullName(fleet, 1)).isEqualTo("Augustus");
    }

    @PostgresVersions
    void aChainOfBothIsRunThrough(Database database) {
        Fleet fleet = fleet(database).live(MERGED);

        fleet.at(MERGED).update("INSERT INTO people (id, sort_name) VALUES (3, 'TURING, ALAN')");
        fleet.at(OLD).update("UPDATE people SET full_name = 'Aristocles of Athens' WHERE id = 2");

        assertThat(fullName(fleet, 3)).isEqualTo("Alan Turing");
        assertThat(sortName(fleet, 2)).isEqualTo("ATHENS, ARISTOCLES");

        fleet.build(MERGED).complete(SPLIT, true, Fleet.TEST);
        fleet.at(MERGED).update("UPDATE people SET sort_name = 'HOPPER, GRACE' WHERE id = 3");
        assertThat(database.jdbc().queryForMap("SELECT first_name, last_name FROM people WHERE id = 3"))
                .containsEntry("first_name", "Grace")
                .containsEntry("last_name", "Hopper");
    }
}
