package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.PostgresVersions;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** A role with privileges on single columns goes on working while versions see its table differently. */
class ColumnPrivilegesTest {

    private static final String NEW = "0001_new";

    private static String clerk(Database database) {
        return "clerk of " + database.name();
    }

    private static Fleet fleet(Database database) {
        database.role(clerk(database));
        String role = '"' + clerk(database) + '"';
        return Fleet.on(
                        database,
                        "CREATE TABLE staff (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, salary text,"
                                + " room text)",
                        "INSERT INTO staff (name, salary, room) VALUES ('Ada', '7000', '12')",
                        "GRANT USAGE ON SCHEMA public TO " + role,
                        "GRANT SELECT (id, name, room), INSERT (name, room), UPDATE (room) ON staff TO " + role)
                .with(NEW, """
                          - alter_column: {table: staff, column: room, type: int, up: room::int, down: room::text}
                          - alter_column: {table: staff, column: salary, type: int, up: salary::int, down: salary::text}
                          - rename_column: {table: staff, from: name, to: first_name}
                          - add_column: {table: staff, column: {name: note, type: text, nullable: true}}
                        """);
    }

    @PostgresVersions
    void itWorksInBothVersionsAndSeesNoMoreThanBefore(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        JdbcTemplate old = fleet.at(Fleet.BASE, clerk(database));

        assertThat(old.update("INSERT INTO staff (name, room) VALUES ('Bob', '13')"))
                .isOne();
        assertThat(old.update("UPDATE staff SET room = '14' WHERE name = 'Bob'"))
                .isOne();
        assertThat(old.queryForList("SELECT room FROM staff ORDER BY id", String.class))
                .containsExactly("12", "14");
        assertDenied(old, "SELECT salary FROM staff");
        assertDenied(old, "SELECT * FROM staff");
        assertDenied(old, "UPDATE staff SET name = 'Eve'");
        assertDenied(old, "DELETE FROM staff");

        JdbcTemplate next = fleet.at(NEW, clerk(database));
        assertThat(next.update("INSERT INTO staff (first_name, room) VALUES ('Cyd', 15)"))
                .isOne();
        assertThat(next.update("UPDATE staff SET room = 16 WHERE first_name = 'Cyd'"))
                .isOne();
        assertThat(next.queryForList("SELECT room FROM staff ORDER BY id", Integer.class))
                .containsExactly(12, 14, 16);
        assertDenied(next, "SELECT salary FROM staff");
        assertDenied(next, "SELECT note FROM staff");
        assertDenied(next, "UPDATE staff SET first_name = 'Eve'");

        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThat(next.queryForList("SELECT room FROM staff ORDER BY id", Integer.class))
                .containsExactly(12, 14, 16);
        assertDenied(next, "SELECT salary FROM staff");
        assertThatThrownBy(() -> old.queryForList("SELECT room FROM staff"))
                .rootCause()
                .hasMessageContaining("was retired by completing " + NEW);
    }

    @PostgresVersions
    void defaultPrivilegesForNewTablesOpenNoOverlay(Database database) {
        Fleet fleet = fleet(database);
        String role = '"' + clerk(database) + '"';
        database.execute(
                "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO PUBLIC",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO " + role,
                "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO " + role + " WITH GRANT OPTION");
        fleet.live(NEW);

        for (String version : List.of(Fleet.BASE, NEW)) {
            JdbcTemplate clerk = fleet.at(version, clerk(database));
            assertThat(clerk.queryForList("SELECT id, room FROM staff")).hasSize(1);
            assertDenied(clerk, "SELECT salary FROM staff");
            assertDenied(clerk, "UPDATE staff SET salary = NULL");
            assertDenied(clerk, "DELETE FROM staff");
        }
    }

    private static void assertDenied(JdbcTemplate jdbc, String sql) {
        assertThatThrownBy(() -> jdbc.execute(sql)).rootCause().hasMessageContaining("permission denied");
    }
}
