package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What an instance meets in its version's schema: docs/pgroll.md, 22 to 27. */
@ExtendWith(DatabaseExtension.class)
class PgrollViewsTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";
    private static final String PRODUCTS = "CREATE TABLE products (id int PRIMARY KEY, price int DEFAULT 7, name text)";
    private static final String CENTS =
            " - alter_column: {table: products, column: price, type: bigint, up: price * 100, down: price / 100}\n";

    @Test
    @DisplayName("#22: columns come in one order, which complete does not change")
    void columnsKeepTheirOrder(Database database) {
        Fleet fleet = Fleet.on(database, PRODUCTS).with(NEW, CENTS).live(NEW);

        fleet.at(OLD).update("INSERT INTO products VALUES (1, 2, 'a')");
        fleet.at(NEW).update("INSERT INTO products VALUES (2, 'b', 300)");
        assertThat(fleet.row(OLD, "SELECT * FROM products WHERE id = 2").entrySet())
                .extracting(e -> e.getKey() + " " + e.getValue())
                .containsExactly("id 2", "price 3", "name b");
        assertThat(fleet.row(NEW, "SELECT * FROM products WHERE id = 1").keySet())
                .containsExactly("id", "name", "price");
        fleet.build(NEW).complete(null, false, Fleet.TEST);
        assertThat(fleet.row(NEW, "SELECT * FROM products WHERE id = 1").keySet())
                .containsExactly("id", "name", "price");
    }

    @Test
    @DisplayName("#23: a table that no migration touches takes every statement; an altered column has its default")
    void untouchedTablesTakeEverything(Database database) throws SQLException {
        Fleet fleet = Fleet.on(database, PRODUCTS, "CREATE TABLE logs (id int CONSTRAINT logs_key PRIMARY KEY)")
                .with(NEW, CENTS)
                .live(NEW);
        for (String version : List.of(OLD, NEW)) {
            fleet.at(version)
                    .update("INSERT INTO logs VALUES (1) ON CONFLICT ON CONSTRAINT logs_key DO UPDATE SET id = 2");
            assertThat(fleet.at(version).queryForList("SELECT ctid, xmin FROM logs"))
                    .hasSize(1);
            try (Connection connection = fleet.pinned(version).getConnection()) {
                long rows = connection
                        .unwrap(org.postgresql.PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY logs FROM STDIN", new java.io.StringReader("5\n6\n"));
                assertThat(rows).isEqualTo(2);
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
            fleet.at(version).execute("TRUNCATE logs");
        }

        fleet.at(NEW).update("INSERT INTO products (id, price) VALUES (1, 100)");
        fleet.at(NEW).update("UPDATE products SET price = DEFAULT");
        assertThat(fleet.row(NEW, "SELECT price FROM products")).containsEntry("price", 7L);
        fleet.at(OLD).update("UPDATE products SET price = DEFAULT");
        assertThat(fleet.row(OLD, "SELECT price FROM products")).containsEntry("price", 7);
    }

    @Test
    @DisplayName("#24: views, sequences, functions and types of the base schema are there in every version")
    void otherObjectsAreThere(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        PRODUCTS,
                        "CREATE SEQUENCE numbers",
                        "CREATE TYPE mood AS ENUM ('good')",
                        "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                        "CREATE VIEW ones AS SELECT one() AS one",
                        "CREATE MATERIALIZED VIEW kept AS SELECT 2 AS two",
                        "CREATE TABLE parts (id int) PARTITION BY LIST (id)",
                        "CREATE TABLE parts_1 PARTITION OF parts DEFAULT")
                .with(NEW, CENTS)
                .live(NEW);

        for (String version : List.of(OLD, NEW)) {
            assertThat(
                            fleet.row(
                                    version,
                                    "SELECT nextval('numbers') > 0 AS number, 'good'::mood::text AS mood, one, two FROM ones, kept"))
                    .containsEntry("number", true)
                    .containsEntry("mood", "good")
                    .containsEntry("one", 1)
                    .containsEntry("two", 2);
            fleet.at(version).update("INSERT INTO parts VALUES (1)");
        }
        assertThat(fleet.at(NEW).queryForList("SELECT id FROM parts_1")).hasSize(2);
    }

    @Test
    @DisplayName("#25: other roles keep their privileges, and row-level security holds for them")
    void privilegesAndPoliciesHold(Database database) {
        DataSource role = database.role("clerk");
        Fleet fleet = Fleet.on(
                        database,
                        PRODUCTS,
                        "INSERT INTO products VALUES (1, 1, 'mine'), (2, 2, 'theirs')",
                        "ALTER TABLE products ENABLE ROW LEVEL SECURITY",
                        "CREATE POLICY own ON products USING (id = 1)",
                        "GRANT SELECT, UPDATE ON products TO clerk")
                .with(NEW, CENTS)
                .live(NEW);

        assertThat(as(role, OLD, "SELECT price FROM products", Integer.class)).containsExactly(1);
        assertThat(as(role, NEW, "UPDATE products SET price = 500 RETURNING price", Long.class))
                .containsExactly(500L);
        assertThat(fleet.at(OLD).queryForList("SELECT price FROM products ORDER BY id", Integer.class))
                .containsExactly(5, 2);
        assertThatThrownBy(() -> as(role, NEW, "DELETE FROM products RETURNING id", Integer.class))
                .hasStackTraceContaining("permission denied for view products");
    }

    private static <T> List<T> as(DataSource role, String version, String sql, Class<T> type) {
        try (Connection connection = role.getConnection()) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            jdbc.execute("SET search_path = \"" + Fleet.schema(version) + "\", public");
            return jdbc.queryForList(sql, type);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("#26: a default may call a function of the base schema, and one that means nothing is refused")
    void aDefaultMayCallAFunction(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE FUNCTION seven() RETURNS int LANGUAGE sql AS 'SELECT 7'",
                        "CREATE TABLE products (id int PRIMARY KEY, price int DEFAULT seven())")
                .with(NEW, CENTS)
                .live(NEW)
                .with("0002_more", " - alter_column: {table: products, column: price, default: eight()}");

        fleet.at(NEW).update("INSERT INTO products (id) VALUES (1)");
        assertThat(fleet.row(NEW, "SELECT price FROM products")).containsEntry("price", 7L);
        assertThatThrownBy(() -> fleet.live("0002_more"))
                .hasMessageContaining("default")
                .hasMessageContaining("eight()");
        assertThat(fleet.build(NEW).status().versions()).hasSize(2);
    }

    @Test
    @DisplayName("#27: a subquery in up means what it says, whatever the writer's path; unclear names are refused")
    void aSubqueryDoesNotDependOnThePath(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL)",
                        "INSERT INTO users VALUES (1, 'ann')",
                        "CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL)",
                        "INSERT INTO posts VALUES (1, 1)")
                .with(NEW, """
                          - add_column:
                              table: posts
                              column: {name: author, type: text}
                              up: (SELECT u.name FROM users u WHERE u.id = posts.user_id)
                        """)
                .live(NEW)
                .with("0002_unclear", """
                          - add_column:
                              table: posts
                              column: {name: other, type: text}
                              up: (SELECT name FROM users WHERE id = user_id)
                        """);

        new JdbcTemplate(database.dataSource("\"" + Fleet.schema(OLD) + "\""))
                .update("INSERT INTO posts VALUES (2, 1)");

        assertThat(fleet.at(NEW).queryForList("SELECT author FROM posts", String.class))
                .containsExactly("ann", "ann");
    }
}
