package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Columns that go to another table together with other changes of the two, and under unusual names. */
@ExtendWith(DatabaseExtension.class)
class MovedOnTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_move";
    private static final String NEXT = "0002_next";

    private static final String USERS = """
            CREATE TABLE users (id int PRIMARY KEY, town text);
            INSERT INTO users VALUES (1, 'London'), (2, 'Athens'), (3, null);
            """;

    private static final String CREATED = """
              - create_table: {name: homes, columns: [{name: user_id, type: int, pk: true}]}
              - move_columns: {table: users, columns: [town], to: homes, match: {user_id: id}, create: true}
            """;

    private static List<String> texts(Fleet fleet, String version, String sql) {
        return fleet.at(version).queryForList(sql, String.class);
    }

    /** In one release with the move, before and behind it, into a table that is there and on into a new one. */
    @Test
    void whatIsComputedFromColumnsThatMoveIsFilledAfterThem(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        USERS,
                        "CREATE TABLE homes (user_id int PRIMARY KEY, note text)",
                        "INSERT INTO homes (user_id) SELECT id FROM users")
                .with(NEW, """
                          - alter_column: {table: users, column: town, type: varchar(80), up: upper(town), down: initcap(town)}
                          - move_columns: {table: users, columns: [town], to: homes, match: {user_id: id}}
                        """)
                .with(NEXT, """
                          - add_column: {table: homes, column: {name: sign, type: text}, up: "coalesce('to ' || town, 'none')"}
                          - create_table: {name: signs, columns: [{name: user_id, type: int, pk: true}]}
                          - move_columns:
                              table: homes
                              columns: [sign]
                              to: signs
                              match: {user_id: user_id}
                              create: true
                              absent: {sign: "'none'"}
                          - add_column: {table: signs, column: {name: length, type: int}, up: length(sign)}
                        """)
                .live(NEXT);
        String signs = "SELECT s FROM signs s ORDER BY user_id";

        assertThat(texts(fleet, NEXT, signs))
                .containsExactly("(1,\"to LONDON\",9)", "(2,\"to ATHENS\",9)", "(3,none,4)");
        fleet.at(OLD).update("UPDATE users SET town = 'Rome' WHERE id = 3");
        assertThat(texts(fleet, NEXT, signs))
                .containsExactly("(1,\"to LONDON\",9)", "(2,\"to ATHENS\",9)", "(3,\"to ROME\",7)");
        fleet.build(NEXT).complete(null, false, Fleet.TEST);
        assertThat(texts(fleet, NEXT, signs))
                .containsExactly("(1,\"to LONDON\",9)", "(2,\"to ATHENS\",9)", "(3,\"to ROME\",7)");
    }

    @Test
    void whatIsComputedFromColumnsOfRowsThatAreMadeIsFilledAfterThem(Database database) {
        Fleet fleet = Fleet.on(database, USERS).with(NEW, CREATED + """
                          - alter_column: {table: homes, column: town, type: varchar(80), up: "coalesce(upper(town), '?')", down: town}
                        """).live(NEW);

        assertThat(texts(fleet, NEW, "SELECT town FROM homes ORDER BY user_id")).containsExactly("LONDON", "ATHENS");
    }

    /** A later version's constraint keeps the row of an older version's write from being made. */
    @Test
    void aValueForWhichNoRowCouldBeMadeIsNotLost(Database database) {
        Fleet fleet = Fleet.on(database, USERS)
                .with(NEW, CREATED)
                .with(NEXT, "  - create_constraint: {name: one_home, table: homes, type: unique, columns: [town]}\n")
                .live(NEW)
                .live(NEXT);

        fleet.at(OLD).update("INSERT INTO users VALUES (4, 'London')");
        assertThatThrownBy(() -> fleet.build(NEXT).complete(null, false, Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("1 rows of table users have values in columns that are moved to homes");
        fleet.at(OLD).update("UPDATE users SET town = 'Rome' WHERE id = 4");
        fleet.build(NEXT).complete(null, false, Fleet.TEST);
        assertThat(texts(fleet, NEXT, "SELECT town FROM homes ORDER BY user_id"))
                .containsExactly("London", "Athens", "Rome");
    }

    /** Nobody has made it a row, as nobody knew which version wrote it. */
    @Test
    void aValueThatAnUnknownWriterHasWrittenIsNotLost(Database database) {
        Fleet fleet = Fleet.on(database, USERS).with(NEW, CREATED).live(NEW);
        database.execute("SET search_path = ''; INSERT INTO public.users VALUES (4, 'Rome'), (5, null)");

        assertThatThrownBy(() -> fleet.build(NEW).complete(null, false, Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("1 rows of table users");
    }

    @Test
    void rollbackRemovesTablesThatHangOnTheOneWithTheMovedColumns(Database database) {
        Fleet fleet = Fleet.on(database, USERS).with(NEW, CREATED + """
                          - create_table:
                              name: rooms
                              columns: [{name: id, type: int, pk: true, references: {name: home, table: homes, column: user_id}}]
                        """).live(NEW);

        fleet.build(NEW).rollback(null, false, Fleet.TEST);
        assertThat(texts(fleet, OLD, "SELECT town FROM users WHERE id < 3 ORDER BY id"))
                .containsExactly("London", "Athens");
    }

    @Test
    void columnsAndTablesMayBeCalledLikeAnythingInTheFunctions(Database database) {
        for (String name : List.of("path", "held", "there", "new", "%s", "$pgtandem$", "x\"y'z")) {
            String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
            String yaml = "\"" + name.replace("\"", "\\\"") + "\"";
            try (Database own = database.postgres().database()) {
                Fleet fleet = Fleet.on(
                                own,
                                "CREATE TABLE %1$s (%1$s int PRIMARY KEY, moved text)".formatted(quoted),
                                "INSERT INTO %s VALUES (1, 'a')".formatted(quoted))
                        .with(NEW, """
                                  - create_table: {name: to, columns: [{name: id, type: int, pk: true}]}
                                  - move_columns: {table: @, columns: {moved: @}, to: to, match: {id: @}, create: true}
                                """.replace("@", yaml))
                        .live(NEW);

                fleet.at(OLD).update("INSERT INTO %s VALUES (2, 'b')".formatted(quoted));
                fleet.at(NEW).update("UPDATE \"to\" SET %s = 'c' WHERE id = 1".formatted(quoted));
                assertThat(texts(fleet, OLD, "SELECT moved FROM " + quoted))
                        .as(name)
                        .containsExactlyInAnyOrder("b", "c");
                fleet.build(NEW).complete(null, false, Fleet.TEST);
                assertThat(texts(fleet, NEW, "SELECT %s FROM \"to\" ORDER BY id".formatted(quoted)))
                        .as(name)
                        .containsExactly("c", "b");
            }
        }
    }
}
