package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P10, P12: what an author's SQL hangs on a table in flight is carried like anything else, or refused. */
@ExtendWith(DatabaseExtension.class)
class MadeBySqlTest {

    private static final String A = "0001_a";
    private static final String B = "0002_b";
    private static final String C = "0003_c";
    private static final String COLOUR =
            "\n  - add_column: {table: items, column: {name: colour, type: text, nullable: true}}";
    private static final String PRICE =
            "\n  - alter_column: {table: items, column: price, type: int, up: price::int, down: price::text}";
    private static final String BY_PRICE =
            "\n  - sql: {up: CREATE INDEX by_price ON items (price), down: DROP INDEX by_price}";

    private static Fleet items(Database database) {
        return Fleet.on(
                database,
                "CREATE TABLE items (id bigint PRIMARY KEY, price text, name text)",
                "INSERT INTO items VALUES (1, '1', 'one')");
    }

    private static List<String> indexes(Database database) {
        return database.jdbc().queryForList("""
                        SELECT regexp_replace(indexdef, '^.*INDEX (.*) ON .*USING btree', '\\1')
                        FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1
                        """, String.class);
    }

    private static void complete(Fleet fleet, String build, String to) {
        fleet.build(build).complete(to, false, Fleet.TEST);
    }

    @Test
    void aLaterMigrationCarriesIt(Database database) {
        Fleet fleet = items(database).with(A, COLOUR).with(B, """
                          - sql:
                              up: |
                                CREATE INDEX by_price ON items (price);
                                CREATE STATISTICS both_prices ON id, price FROM items;
                                ALTER TABLE items ADD CONSTRAINT costs CHECK (price <> ''), ADD UNIQUE (price, name);
                              down: |
                                DROP INDEX by_price;
                                DROP STATISTICS both_prices;
                                ALTER TABLE items DROP CONSTRAINT costs, DROP CONSTRAINT items_price_name_key;
                        """).with(C, """
                          - alter_column:
                              {table: items, column: price, type: varchar(9), up: price, down: price}
                        """);
        Catalogue before = fleet.catalogue();
        fleet.live(C);
        fleet.build(C).rollback(null, false, Fleet.TEST);
        assertThat(fleet.catalogue().difference(before)).isEmpty();

        fleet.live(C);
        complete(fleet, C, C);

        assertThat(indexes(database))
                .containsExactly("by_price (price)", "items_pkey (id)", "items_price_name_key (price, name)");
        assertThat(database.jdbc().queryForList("""
                        SELECT conname FROM pg_constraint WHERE conrelid = 'items'::regclass AND contype <> 'n'
                        UNION ALL SELECT stxname FROM pg_statistic_ext WHERE stxrelid = 'items'::regclass ORDER BY 1
                        """, String.class))
                .containsExactly("both_prices", "costs", "items_pkey", "items_price_name_key");
    }

    /** The SQL finds the column of older versions under that name, and complete would drop both without a word. */
    @Test
    void anExpandThatHangsItOnAReplacedColumnIsRolledBack(Database database) {
        Fleet fleet = items(database).with(A, PRICE).with(B, BY_PRICE).live(A);
        Catalogue before = fleet.catalogue();

        assertThatThrownBy(() -> fleet.live(B))
                .isInstanceOf(ActFailedException.class)
                .hasMessage("""
                        expand of [0002_b] failed and was rolled back: sql of 0002_b has made what complete would drop \
                        with a column of older versions: index by_price uses "public"."items"."price".
                        Make it with an operation instead, as create_index, behind the one that replaces the column; \
                        or ship the sql in a migration before that one; or give it onComplete: true.""");

        assertThat(fleet.catalogue().difference(before)).isEmpty();
        assertThat(fleet.build(A).status().versions()).hasSize(2);
        complete(fleet, A, A);
    }

    @Test
    void soIsOneThatPutsAnotherIndexInThePlaceOfOneThatIsKnown(Database database) {
        Fleet fleet = items(database);
        database.execute("CREATE INDEX by_name ON items (name)");
        fleet.with(A, PRICE).with(B, """
                  - sql:
                      up: DROP INDEX by_name; CREATE INDEX by_name ON items (price, name)
                      down: DROP INDEX by_name; CREATE INDEX by_name ON items (name)
                """);

        assertThatThrownBy(() -> fleet.live(B))
                .hasMessageContaining("index by_name uses \"public\".\"items\".\"price\"");

        assertThat(indexes(database)).containsExactly("by_name (name)", "items_pkey (id)");
        assertThat(fleet.build(A).status().versions()).hasSize(1);
    }

    @Test
    void itIsKnownAfterACompleteInBetween(Database database) {
        Fleet fleet = items(database)
                .with(A, COLOUR)
                .with(B, "\n  - sql: {up: CREATE INDEX by_name ON items (name), down: DROP INDEX by_name}")
                .with(C, "\n  - drop_column: {table: items, column: name, down: \"'x'\"}")
                .live(C);

        complete(fleet, C, B);
        assertThat(indexes(database)).containsExactly("by_name (name)", "items_pkey (id)");
        complete(fleet, C, C);

        assertThat(indexes(database)).containsExactly("items_pkey (id)");
    }

    /** P1, P9: whoever waits for the locks that the SQL has taken does not wait for a look at every table there is. */
    @Test
    void onlyTablesInFlightAreLookedAtUnderTheLocksOfTheSql(Database database) {
        Fleet fleet = items(database).with(A, COLOUR).live(A).with(B, BY_PRICE);
        List<String> behind = new ArrayList<>();
        AtomicBoolean locked = new AtomicBoolean();
        DataSource watched = Between.statements(database, (connection, sql, alone) -> {
            locked.set(
                    sql.startsWith("CREATE INDEX by_price") || locked.get() && !sql.contains("UPDATE pgtandem.step"));
            if (locked.get() && sql.contains("FROM pg_class")) {
                behind.add(sql);
            }
        });

        fleet.build(B, Fleet.SETTINGS, watched).start(Fleet.TEST);

        assertThat(behind).isEmpty();
        fleet.build(B).rollback(A, false, Fleet.TEST);
    }
}
