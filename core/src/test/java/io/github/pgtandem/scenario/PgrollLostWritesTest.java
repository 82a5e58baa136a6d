package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written stays: docs/pgroll.md, 5 to 10. */
@ExtendWith(DatabaseExtension.class)
class PgrollLostWritesTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";
    private static final String PRODUCTS =
            "CREATE TABLE products (id int PRIMARY KEY, name text NOT NULL, price int NOT NULL)";
    private static final String ROWS =
            "INSERT INTO products SELECT n, 'Product ' || n, n FROM generate_series(1, 50) n";
    private static final String DESCRIPTION =
            "  - add_column: {table: products, column: {name: description, type: text}, up: lower(name)}\n";
    private static final String CENTS =
            "  - alter_column: {table: products, column: price, type: bigint, up: price * 100, down: price / 100}\n";

    @Test
    @DisplayName("#5: an old update of another column leaves the new version's value alone")
    void upIsNotRunForAnotherColumn(Database database) {
        Fleet fleet = Fleet.on(database, PRODUCTS, ROWS)
                .with(NEW, DESCRIPTION + CENTS)
                .live(NEW);

        fleet.at(NEW).update("UPDATE products SET description = 'mine', price = 150 WHERE id = 1");
        fleet.at(OLD).update("UPDATE products SET name = name, price = price WHERE id = 1");

        assertThat(fleet.row(NEW, "SELECT description, price FROM products WHERE id = 1"))
                .containsEntry("description", "mine")
                .containsEntry("price", 150L);
        fleet.at(OLD).update("UPDATE products SET price = 2 WHERE id = 1");
        assertThat(fleet.row(NEW, "SELECT description, price FROM products WHERE id = 1"))
                .containsEntry("description", "mine")
                .containsEntry("price", 200L);
    }

    @Test
    @DisplayName("#6: no new version can write before the backfill is done, so the backfill overwrites nothing of it")
    void theNewVersionIsThereAfterTheBackfill(Database database) {
        Fleet fleet = Fleet.on(database, PRODUCTS, ROWS).with(NEW, DESCRIPTION);
        List<Integer> missing = new ArrayList<>();

        fleet.build(NEW, Fleet.SETTINGS, Between.steps(database, () -> {
                    if (isThere(database, Fleet.schema(NEW))) {
                        missing.add(fleet.at(NEW)
                                .queryForObject(
                                        "SELECT count(*) FROM products WHERE description IS NULL", Integer.class));
                    }
                }))
                .start(Fleet.TEST);

        assertThat(missing).isNotEmpty().containsOnly(0);
    }

    private static boolean isThere(Database database, String schema) {
        return Boolean.TRUE.equals(
                database.jdbc().queryForObject("SELECT to_regnamespace(?) IS NOT NULL", Boolean.class, schema));
    }

    @Test
    @DisplayName("#7: two columns of one table are kept in step from the same moment on")
    void noWriteFallsBetweenTwoTriggers(Database database) {
        Fleet fleet = Fleet.on(database, PRODUCTS, ROWS).with(NEW, DESCRIPTION + CENTS);
        int[] id = {0};

        fleet.build(NEW, Fleet.SETTINGS, Between.steps(database, () -> {
                    id[0]++;
                    fleet.at(OLD).update("UPDATE products SET name = 'Other', price = price + 1 WHERE id = ?", id[0]);
                    fleet.at(OLD).update("INSERT INTO products VALUES (?, 'Later', 7)", 1000 + id[0]);
                }))
                .start(Fleet.TEST);

        assertThat(id[0]).isGreaterThan(5);
        assertThat(database.jdbc()
                        .queryForList("SELECT id FROM products WHERE description IS DISTINCT FROM lower(name)"
                                + " OR _pgtandem_price IS DISTINCT FROM price * 100"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'TODO: Implement SQL data migration", "lower(", "lower(nme)", "no_such_function(name)"})
    @DisplayName("#8: an up that PostgreSQL does not compile is refused before anything changes")
    void aWrongUpIsRefused(String up, Database database) {
        Fleet fleet = Fleet.on(database, PRODUCTS, ROWS);
        Catalogue before = fleet.catalogue();
        fleet.with(NEW, " - add_column: {table: products, column: {name: x, type: text}, up: \"" + up + "\"}\n");

        assertThatThrownBy(() -> fleet.live(NEW))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageContaining("add_column products.x: up: ");
        assertThat(fleet.catalogue().difference(before)).isEmpty();
    }

    @Test
    @DisplayName("#9: a table's name may have all 63 bytes, and two columns of it may change at once")
    void aNameMayBeAsLongAsNamesGo(Database database) {
        String table = "t".repeat(63);
        String a = "a".repeat(63);
        String b = "a".repeat(62) + "b";
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE %s (id int PRIMARY KEY, %s int, %s int)".formatted(table, a, b),
                        "INSERT INTO %s VALUES (1, 1, 1)".formatted(table))
                .with(NEW, """
                          - alter_column: {table: %1$s, column: %2$s, type: bigint, up: %2$s * 2, down: %2$s / 2}
                          - alter_column: {table: %1$s, column: %3$s, type: bigint, up: %3$s * 3, down: %3$s / 3}
                        """.formatted(table, a, b))
                .live(NEW);
        String read = "SELECT %s AS a, %s AS b FROM %s WHERE id = ".formatted(a, b, table);

        assertThat(fleet.row(NEW, read + 1)).containsEntry("a", 2L).containsEntry("b", 3L);
        fleet.at(NEW).update("INSERT INTO %s VALUES (2, 10, 12)".formatted(table));
        assertThat(fleet.row(OLD, read + 2)).containsEntry("a", 5).containsEntry("b", 4);
        fleet.build(NEW).complete(null, false, Fleet.TEST);
        assertThat(fleet.row(NEW, read + 2)).containsEntry("a", 10L).containsEntry("b", 12L);
    }

    @Test
    @DisplayName("#10: columns may be called as anything in a trigger function is")
    void columnsMayBeCalledLikeVariables(Database database) {
        List<String> names = List.of("search_path", "latest_schema", "new", "old", "tg_op", "return", "current_schema");
        String columns = String.join("\" int, \"", names);
        StringBuilder operations = new StringBuilder();
        names.forEach(n -> operations.append("  - alter_column: {table: odd, column: \"" + n
                + "\", type: bigint, up: '\"" + n + "\" + 1', down: '\"" + n + "\" - 1'}\n"));
        Fleet fleet = Fleet.on(database, "CREATE TABLE odd (id int PRIMARY KEY, \"" + columns + "\" int)")
                .with(NEW, operations.toString())
                .live(NEW);

        fleet.at(OLD).update("INSERT INTO odd VALUES (1, 1, 1, 1, 1, 1, 1, 1)");
        fleet.at(NEW).update("INSERT INTO odd VALUES (2, 2, 2, 2, 2, 2, 2, 2)");

        assertThat(fleet.row(NEW, "SELECT * FROM odd WHERE id = 1")).containsAllEntriesOf(values(names, 2L));
        assertThat(fleet.row(OLD, "SELECT * FROM odd WHERE id = 2")).containsAllEntriesOf(values(names, 1));
    }

    private static Map<String, Object> values(List<String> names, Object value) {
        return names.stream().collect(Collectors.toMap(n -> n, n -> value));
    }

    @Test
    @DisplayName("#10: unique needs no up and no down, and writers go on")
    void uniqueNeedsNoUp(Database database) {
        Fleet fleet = Fleet.on(database, PRODUCTS)
                .with(NEW, " - alter_column: {table: products, column: name, unique: {name: one_name}}")
                .live(NEW);

        assertThat(fleet.at(OLD).update("INSERT INTO products VALUES (1, 'a', 1)"))
                .isOne();
        assertThatThrownBy(() -> fleet.at(NEW).update("INSERT INTO products VALUES (2, 'a', 1)"))
                .hasMessageContaining("one_name");
    }
}
