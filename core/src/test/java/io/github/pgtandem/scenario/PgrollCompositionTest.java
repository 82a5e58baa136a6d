package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several operations in one migration: docs/pgroll.md, 17 to 21. */
@ExtendWith(DatabaseExtension.class)
class PgrollCompositionTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";
    private static final String PRODUCTS =
            "CREATE TABLE products (id int PRIMARY KEY, name text NOT NULL, price int NOT NULL)";
    private static final String ROW = "INSERT INTO products VALUES (1, 'tea', 7)";

    private static Fleet fleet(Database database, String operations) {
        return Fleet.on(database, PRODUCTS, ROW).with(NEW, operations).live(NEW);
    }

    @Test
    @DisplayName("#17: two alters of a column are composed in both directions")
    void downIsComposed(Database database) {
        Fleet fleet = fleet(database, """
                  - alter_column: {table: products, column: price, type: bigint, up: price * 100, down: price / 100}
                  - alter_column:
                      {table: products, column: price, check: {name: positive, constraint: price > 0}, up: price, down: price}
                """);

        assertThat(fleet.row(NEW, "SELECT price FROM products")).containsEntry("price", 700L);
        fleet.at(NEW).update("UPDATE products SET price = 900");
        assertThat(fleet.row(OLD, "SELECT price FROM products")).containsEntry("price", 9);
        fleet.at(OLD).update("UPDATE products SET price = 3");
        assertThat(fleet.row(NEW, "SELECT price FROM products")).containsEntry("price", 300L);
    }

    @Test
    @DisplayName("#18: a comment before a change of type does not swallow it")
    void theTypeChangesBehindAComment(Database database) {
        Fleet fleet = fleet(database, """
                  - alter_column: {table: products, column: price, comment: in cents}
                  - alter_column: {table: products, column: price, type: bigint, up: price * 100, down: price / 100}
                """);
        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThat(fleet.row(NEW, "SELECT price FROM products")).containsEntry("price", 700L);
        assertThat(
                        database.jdbc()
                                .queryForMap(
                                        "SELECT format_type(atttypid, NULL) AS type, col_description(attrelid, attnum) AS comment"
                                                + " FROM pg_attribute WHERE attrelid = 'products'::regclass AND attname = 'price'"))
                .containsEntry("type", "bigint")
                .containsEntry("comment", "in cents");
    }

    @Test
    @DisplayName("#19: a column may be added and altered in one migration, which can be completed")
    void anAddedColumnCanBeAltered(Database database) {
        Fleet fleet = fleet(database, """
                  - add_column: {table: products, column: {name: x, type: int, nullable: true}, up: price}
                  - alter_column: {table: products, column: x, type: bigint, up: x + 1, down: "(x - 1)::int"}
                  - alter_column: {table: products, column: x, nullable: false, up: "coalesce(x, 0)"}
                """);
        fleet.at(OLD).update("INSERT INTO products VALUES (2, 'cup', 9)");
        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThat(fleet.at(NEW).queryForList("SELECT x FROM products ORDER BY id", Long.class))
                .containsExactly(8L, 10L);
        assertThat(database.jdbc()
                        .queryForList(
                                "SELECT attname FROM pg_attribute WHERE attrelid = 'products'::regclass AND attnum > 0"
                                        + " AND NOT attisdropped ORDER BY attnum",
                                String.class))
                .containsExactly("id", "name", "price", "x");
    }

    @Test
    @DisplayName("#20: an up may read a column that the same migration added")
    void upReadsAnAddedColumn(Database database) {
        Fleet fleet = fleet(database, """
                  - add_column: {table: products, column: {name: description, type: text}, up: "name || '!'"}
                  - add_column: {table: products, column: {name: category, type: text}, up: "description || '-cat'"}
                """);
        fleet.at(OLD).update("INSERT INTO products VALUES (2, 'cup', 9)");

        assertThat(fleet.at(NEW).queryForList("SELECT category FROM products ORDER BY id", String.class))
                .containsExactly("tea!-cat", "cup!-cat");
    }

    @Test
    @DisplayName("#21: what was renamed in a migration goes by its new name in the rest of it")
    void everyOperationKnowsTheNewName(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        PRODUCTS,
                        ROW,
                        "ALTER TABLE products ADD CONSTRAINT cheap CHECK (price < 100)",
                        "ALTER TABLE products ADD COLUMN note text")
                .with(NEW, """
                          - rename_table: {from: products, to: articles}
                          - alter_column: {table: articles, column: price, comment: in euros}
                          - drop_constraint: {table: articles, name: cheap, up: price, down: "least(price, 99)"}
                          - set_replica_identity: {table: articles, identity: {type: full}}
                          - rename_column: {table: articles, from: note, to: remark}
                          - drop_column: {table: articles, column: remark, down: "'no note'"}
                        """)
                .live(NEW);

        fleet.at(NEW).update("INSERT INTO articles (id, name, price) VALUES (2, 'pot', 500)");
        assertThat(fleet.row(OLD, "SELECT price, note FROM products WHERE id = 2"))
                .containsEntry("price", 99)
                .containsEntry("note", "no note");
        fleet.build(NEW).complete(null, false, Fleet.TEST);
        assertThat(fleet.row(NEW, "SELECT * FROM articles WHERE id = 2"))
                .containsEntry("price", 500)
                .doesNotContainKey("remark");
        assertThat(database.jdbc()
                        .queryForMap("SELECT relreplident::text, col_description(oid, 3) AS comment FROM pg_class"
                                + " WHERE oid = 'articles'::regclass"))
                .containsEntry("relreplident", "f");
    }
}
