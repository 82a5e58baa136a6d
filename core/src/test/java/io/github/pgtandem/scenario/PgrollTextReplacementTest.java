package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No word inside an expression is replaced: docs/pgroll.md, 11 to 16. */
@ExtendWith(DatabaseExtension.class)
class PgrollTextReplacementTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";

    private static Fleet fleet(Database database, String table, String row, String operations) {
        return Fleet.on(database, table, row).with(NEW, operations).live(NEW);
    }

    @Test
    @DisplayName("#11: a second operation on a column may leave up and down out")
    void aSecondOperationNeedsNoExpressions(Database database) {
        Fleet fleet = fleet(
                database, "CREATE TABLE t (id int PRIMARY KEY, name text)", "INSERT INTO t VALUES (1, 'ann')", """
                          - alter_column: {table: t, column: name, nullable: false, up: "coalesce(name, '?')"}
                          - alter_column: {table: t, column: name, unique: {name: one_name}}
                          - alter_column: {table: t, column: name, comment: who}
                        """);

        fleet.at(OLD).update("INSERT INTO t VALUES (2, NULL)");
        assertThat(fleet.at(NEW).queryForList("SELECT name FROM t ORDER BY id", String.class))
                .containsExactly("ann", "?");
        assertThatThrownBy(() -> fleet.at(NEW).update("INSERT INTO t VALUES (3, 'ann')"))
                .hasMessageContaining("one_name");
    }

    @Test
    @DisplayName("#12: names that hold a column's name, and literals, stay as they are")
    void namesAndLiteralsStay(Database database) {
        Fleet fleet = fleet(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, name text, surname text)",
                "INSERT INTO t VALUES (1, 'ann', 'lee')",
                """
                          - alter_column: {table: t, column: name, type: varchar(50), up: "upper(name)", down: name}
                          - add_column:
                              table: t
                              column: {name: label, type: text}
                              up: name || ' name=' || surname
                        """);

        assertThat(fleet.row(NEW, "SELECT label FROM t")).containsEntry("label", "ANN name=lee");
        fleet.at(OLD).update("UPDATE t SET surname = 'name' WHERE id = 1");
        assertThat(fleet.row(NEW, "SELECT label FROM t")).containsEntry("label", "ANN name=name");
    }

    @Test
    @DisplayName("#13: functions and columns may have a name that begins as the column's does")
    void aFunctionMayBeginLikeTheColumn(Database database) {
        Fleet fleet = fleet(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, a text, ab text, CONSTRAINT short CHECK (length(a) < length(ab)))",
                "INSERT INTO t VALUES (1, 'x', 'yy')",
                """
                          - alter_column:
                              {table: t, column: a, type: varchar(9), up: "replace(a, 'a', ab) || ascii(a)", down: a}
                          - alter_column: {table: t, column: ab, type: varchar(20), up: "ab || 'ab ab ab'", down: ab}
                        """);

        assertThat(fleet.row(NEW, "SELECT a, ab FROM t"))
                .containsEntry("a", "x120")
                .containsEntry("ab", "yyab ab ab");
    }

    @Test
    @DisplayName("#14: a check that calls a function named like the column is there after complete")
    void aCheckIsNotLost(Database database) {
        Fleet fleet = fleet(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, len text CONSTRAINT long CHECK (length(len) > 3))",
                "INSERT INTO t VALUES (1, 'long enough')",
                " - alter_column: {table: t, column: len, type: varchar(90), up: len, down: len}");

        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT pg_get_constraintdef(oid) || convalidated FROM pg_constraint WHERE conname = 'long'",
                                String.class))
                .startsWith("CHECK ((length((len)::text) > 3))")
                .endsWith("true");
    }

    @Test
    @DisplayName("#15: columns in mixed case may be NOT NULL and have defaults")
    void mixedCaseNeedsNoCare(Database database) {
        Fleet fleet = fleet(
                database,
                "CREATE TABLE t (id int PRIMARY KEY, \"userName\" text)",
                "INSERT INTO t VALUES (1, 'ann')",
                """
                          - alter_column: {table: t, column: userName, nullable: false, up: "coalesce(\\"userName\\", '?')"}
                          - alter_column: {table: t, column: userName, default: "'Nobody'"}
                          - add_column: {table: t, column: {name: shortName, type: text}, up: 'left("userName", 1)'}
                          - add_column: {table: t, column: {name: howMany, type: int, default: "7"}}
                        """);

        fleet.at(NEW).update("INSERT INTO t (id, \"shortName\") VALUES (2, 'N')");
        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThat(fleet.at(NEW)
                        .queryForList(
                                "SELECT concat_ws(' ', \"userName\", \"shortName\", \"howMany\") FROM t ORDER BY id",
                                String.class))
                .containsExactly("ann a 7", "Nobody N 7");
        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT bool_and(attnotnull) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0"
                                        + " AND NOT attisdropped",
                                Boolean.class))
                .isTrue();
    }

    @Test
    @DisplayName(
            "#16: the predicate of an index is on the column that the same migration altered, and outlives complete")
    void aPartialIndexOutlivesComplete(Database database) {
        Fleet fleet = fleet(
                database, "CREATE TABLE t (id int PRIMARY KEY, state text)", "INSERT INTO t VALUES (1, '2')", """
                          - alter_column: {table: t, column: state, type: int, up: "state::int", down: "state::text"}
                          - create_index: {table: t, name: open, columns: [{column: id}], predicate: state > 1}
                        """);

        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT pg_get_indexdef(indexrelid) || indisvalid FROM pg_index WHERE indexrelid = 'open'::regclass",
                                String.class))
                .isEqualTo("CREATE INDEX open ON public.t USING btree (id) WHERE (state > 1)true");
    }
}
