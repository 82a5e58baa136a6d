package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files as older pgroll releases take them, and as loosely written as pgroll takes them. */
@ExtendWith(DatabaseExtension.class)
class OldFormsTest {

    private static final String NEW = "0001_new";
    private static final String TABLE =
            "CREATE TABLE products (id int PRIMARY KEY, name text NOT NULL DEFAULT 'none', price int, note text)";

    private static void assertMakes(Database database, String file, String... byHand) {
        Fleet fleet = Fleet.on(database, TABLE, "COMMENT ON COLUMN products.note IS 'noted'")
                .withFile(NEW, file)
                .live(NEW);
        fleet.build(NEW).complete(null, false, Fleet.TEST);
        try (Database other = database.postgres().database()) {
            other.execute(TABLE, "COMMENT ON COLUMN products.note IS 'noted'");
            other.execute(byHand);

            assertThat(fleet.catalogue().difference(fleet.shape(other).withNotNullNames()))
                    .isEmpty();
        }
    }

    @Test
    void aNameInTheFileARenameByAlterColumnAndColumnsOfAnIndexAsAListOrByName(Database database) {
        assertMakes(
                database,
                """
                name: 0001_new
                operations:
                  - alter_column: {table: products, column: name, name: title}
                  - create_index: {table: products, name: by_title, columns: [title, price]}
                  - create_index: {table: products, name: by_price, columns: {price: {sort: DESC}, id: {}}}
                """,
                "ALTER TABLE products RENAME COLUMN name TO title",
                "CREATE INDEX by_title ON products (title, price)",
                "CREATE INDEX by_price ON products (price DESC, id)");
    }

    @Test
    void fieldsInAnyCaseNumbersAndFlagsAsSqlAndNullsThatTakeAway(Database database) {
        assertMakes(
                database,
                """
                OPERATIONS:
                  - add_column:
                      Table: products
                      column: {name: stock, type: int, Default: 100, comment: null}
                  - add_column: {table: products, column: {name: sold, type: boolean, default: false}}
                  - alter_column: {table: products, column: name, default: null}
                  - alter_column: {table: products, column: note, comment: null}
                """,
                "ALTER TABLE products ADD COLUMN stock int NOT NULL DEFAULT 100",
                "ALTER TABLE products ADD COLUMN sold boolean NOT NULL DEFAULT false",
                "ALTER TABLE products ALTER COLUMN name DROP DEFAULT",
                "COMMENT ON COLUMN products.note IS NULL");
    }

    @Test
    void severalChangesOfOneColumnInOneOperation(Database database) {
        assertMakes(
                database,
                """
                operations:
                  - alter_column:
                      table: products
                      column: price
                      type: numeric(10, 2)
                      nullable: false
                      default: "0.5"
                      comment: in euros
                      check: {name: positive, constraint: price > 0}
                      unique: {name: one_price}
                      up: coalesce(price, 1)
                      down: price::int
                """,
                "ALTER TABLE products ALTER COLUMN price TYPE numeric(10, 2)",
                "ALTER TABLE products ALTER COLUMN price SET NOT NULL, ALTER COLUMN price SET DEFAULT 0.5",
                "COMMENT ON COLUMN products.price IS 'in euros'",
                "ALTER TABLE products ADD CONSTRAINT positive CHECK (price > 0)",
                "ALTER TABLE products ADD CONSTRAINT one_price UNIQUE (price)");
    }
}
