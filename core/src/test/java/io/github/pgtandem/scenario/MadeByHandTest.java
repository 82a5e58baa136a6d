package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.GateShutException;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P10, P12: what somebody hangs on a table in flight is named before it would be lost, and nothing else is. */
@ExtendWith(DatabaseExtension.class)
class MadeByHandTest {

    private static final String A = "0001_a";
    private static final String B = "0002_b";
    private static final String C = "0003_c";
    private static final String COLOUR =
            "\n  - add_column: {table: items, column: {name: colour, type: text, nullable: true}}";
    private static final String PRICE =
            "\n  - alter_column: {table: items, column: price, type: int, up: price::int, down: price::text}";
    private static final String CUSTOMERS =
            "\n  - create_table: {name: customers, columns: [{name: id, type: bigint, pk: true}]}";

    private static Fleet items(Database database) {
        return Fleet.on(
                database,
                "CREATE TABLE items (id bigint PRIMARY KEY, price text NOT NULL)",
                "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint)",
                "INSERT INTO items VALUES (1, '1')");
    }

    private static Fleet keyed(Database database) {
        return Fleet.on(
                database,
                "CREATE TABLE customers (id bigint PRIMARY KEY)",
                "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT fk REFERENCES customers (id))");
    }

    private static void complete(Fleet fleet, String version) {
        fleet.build(version).complete(null, false, Fleet.TEST);
    }

    private static void rollback(Fleet fleet, String version) {
        fleet.build(version).rollback(null, false, Fleet.TEST);
    }

    private static List<String> indexes(Database database) {
        return database.jdbc()
                .queryForList("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1", String.class);
    }

    @Test
    void whatSqlHasMadeIsItsDownsToDrop(Database database) {
        Fleet fleet = items(database)
                .with(A, COLOUR + CUSTOMERS)
                .with(B, """
                          - sql: {up: CREATE INDEX by_colour ON items (colour), down: DROP INDEX by_colour}
                        """)
                .with(C, """
                          - sql:
                              up: ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id)
                              down: ALTER TABLE orders DROP CONSTRAINT fk
                        """)
                .with("0004_d", """
                          - sql:
                              up: "CREATE TABLE notes (id int PRIMARY KEY, customer_id bigint REFERENCES customers (id))"
                              down: DROP TABLE notes
                        """);
        fleet.live("0004_d");

        rollback(fleet, "0004_d");

        assertThat(indexes(database)).containsExactly("items_pkey", "orders_pkey");
    }

    @Test
    void aForeignKeyThatGoesWithALaterPartOfCompleteIsNotMadeByHand(Database database) {
        Fleet fleet = keyed(database)
                .with(A, "\n  - rename_table: {from: orders, to: purchases}")
                .with(B, "\n  - sql: {up: SELECT 1, onComplete: true}")
                .with(C, """
                          - drop_column: {table: purchases, column: customer_id}
                          - drop_table: {name: customers}
                        """);
        fleet.live(C);

        complete(fleet, C);

        assertThat(indexes(database)).containsExactly("orders_pkey");
    }

    @Test
    void aColumnOfALaterPartOfCompleteIsAnotherOne(Database database) {
        Fleet fleet = Fleet.on(database, "CREATE TABLE items (id int PRIMARY KEY, a text, b text)")
                .with(A, """
                          - rename_column: {table: items, from: b, to: c}
                          - rename_column: {table: items, from: a, to: b}
                        """)
                .with(B, "\n  - sql: {up: SELECT 1, onComplete: true}")
                .with(C, "\n  - drop_column: {table: items, column: b}");
        fleet.live(C);
        database.execute("CREATE INDEX mine ON items (b)");

        complete(fleet, C);

        assertThat(indexes(database)).containsExactly("items_pkey", "mine");
    }

    @Test
    void sqlMayDropWhatIsInTheWay(Database database) {
        Fleet fleet = keyed(database).with(A, """
                          - sql: {up: ALTER TABLE orders DROP CONSTRAINT fk}
                          - sql: {up: 'DROP TABLE IF EXISTS "public"."customers"'}
                        """);
        fleet.live(A);
        complete(fleet, A);

        assertThat(indexes(database)).containsExactly("orders_pkey");
    }

    @Test
    void sqlThatWaitsForCompleteMayDropWhatWasMadeByHand(Database database) {
        Fleet fleet = items(database)
                .with(A, COLOUR)
                .with(B, "\n  - sql: {up: DROP INDEX by_price, onComplete: true}")
                .with(C, "\n  - drop_column: {table: items, column: price, down: \"'0'\"}");
        fleet.live(A);
        database.execute("CREATE INDEX by_price ON items (price)");
        fleet.live(C);

        complete(fleet, C);

        assertThat(indexes(database)).containsExactly("items_pkey", "orders_pkey");
    }

    /** Of a version that is in flight it is not known, so it would not be carried. */
    @Test
    void anExpandThatWouldNotCarryAnIndexIsRefused(Database database) {
        Fleet fleet = items(database).with(A, COLOUR).with(B, PRICE);
        fleet.live(A);
        database.execute("CREATE INDEX by_price ON items (price)");

        assertThatThrownBy(() -> fleet.live(B))
                .isInstanceOf(PgTandemException.class)
                .hasMessage("""
                        cannot expand to 0002_b: a column whose place another one takes was used by hand meanwhile: \
                        index by_price uses "public"."items"."price".
                        Complete what is in flight first, or drop it and ship an operation that makes it.""");
        complete(fleet, A);
        fleet.live(B);
        complete(fleet, B);
        assertThat(indexes(database)).containsExactly("by_price", "items_pkey", "orders_pkey");
    }

    @Test
    void aNameThatOursHasElsewhereDoesNotHideWhatWasMadeByHand(Database database) {
        Fleet fleet = items(database).with(A, COLOUR + PRICE + """

                          - create_constraint:
                              {name: positive, table: orders, type: check, columns: [id], check: id > 0, up: {id: id}, down: {id: id}}
                        """);
        fleet.live(A);
        database.execute(
                "CREATE INDEX colour ON items (price)",
                "ALTER TABLE items ADD CONSTRAINT positive CHECK (price <> '0')");

        assertThatThrownBy(() -> complete(fleet, A))
                .isInstanceOf(GateShutException.class)
                .hasMessageContaining(
                        "index colour uses \"public\".\"items\".\"price\"; constraint positive of table items"
                                + " uses \"public\".\"items\".\"price\".");
        database.execute("DROP INDEX colour", "ALTER TABLE items DROP CONSTRAINT positive");
        complete(fleet, A);
    }

    /** Of what an operation says only the names of indexes are names of indexes. */
    @Test
    void whatAnOperationSaysDoesNotHideWhatWasMadeByHand(Database database) {
        Fleet fleet = items(database).with(A, PRICE + """

                          - create_index: {table: items, name: by_price_and_id, columns: {price: {}, id: {}}}
                          - add_column:
                              {table: items, column: {name: colour, type: text, default: "'red'", comment: 'blue'}}
                        """);
        fleet.live(A);
        database.execute(
                "CREATE INDEX id ON items (price)",
                "CREATE INDEX red ON items (price, id)",
                "CREATE STATISTICS blue ON id, price FROM items");

        assertThatThrownBy(() -> complete(fleet, A))
                .isInstanceOf(GateShutException.class)
                .hasMessageContaining(": index id uses \"public\".\"items\".\"price\";"
                        + " index red uses \"public\".\"items\".\"price\";"
                        + " statistics blue uses \"public\".\"items\".\"price\".");
        database.execute("DROP INDEX id, red", "DROP STATISTICS blue");
        complete(fleet, A);
        assertThat(indexes(database)).containsExactly("by_price_and_id", "items_pkey", "orders_pkey");
    }

    @Test
    void sqlThatOnlyMentionsATableDoesNotHideItsForeignKeys(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE customers (id bigint PRIMARY KEY, code text UNIQUE)",
                        "CREATE TABLE orders (id bigint PRIMARY KEY, code text)")
                .with(A, """
                          - sql: {up: UPDATE orders SET code = NULL WHERE code = '', down: DROP TABLE IF EXISTS old}
                        """)
                .with(B, "\n  - drop_column: {table: customers, column: code, down: \"'x'\"}");
        fleet.live(B);
        database.execute("ALTER TABLE orders ADD CONSTRAINT mine FOREIGN KEY (code) REFERENCES customers (code)");

        assertThatThrownBy(() -> complete(fleet, B))
                .isInstanceOf(GateShutException.class)
                .hasMessageContaining("constraint mine of table orders uses \"public\".\"customers\".\"code\".");
        database.execute("ALTER TABLE orders DROP CONSTRAINT mine");
        complete(fleet, B);
    }
}
