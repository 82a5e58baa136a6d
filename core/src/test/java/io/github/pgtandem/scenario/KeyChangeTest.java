package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** {@code int} to {@code bigint} of keys that other tables reference, while the applications of both versions work. */
@ExtendWith(DatabaseExtension.class)
class KeyChangeTest {

    private static final String VERSION = "0001_keys";
    private static final String[] TABLES = {
        "CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL, referrer int REFERENCES customers ON DELETE SET NULL)",
        "CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " customer_id int NOT NULL REFERENCES customers ON DELETE CASCADE, note text)",
        "CREATE TABLE lines (order_id int REFERENCES orders ON DELETE CASCADE ON UPDATE CASCADE, number int, product text,"
                + " PRIMARY KEY (order_id, number))",
        "CREATE INDEX ON orders (customer_id)",
        "INSERT INTO customers (name) SELECT 'customer ' || n FROM generate_series(1, 2000) AS n",
        "INSERT INTO orders (customer_id, note) SELECT 1 + n % 2000, 'x' FROM generate_series(1, 4000) AS n",
        "INSERT INTO lines SELECT 1 + n % 4000, n / 4000, 'tea' FROM generate_series(0, 7999) AS n"
    };
    private static final String EVERY_COLUMN = """
              - alter_column: {table: customers, column: id, type: bigint, up: id, down: id}
              - alter_column: {table: customers, column: referrer, type: bigint, up: referrer, down: referrer}
              - alter_column: {table: orders, column: customer_id, type: bigint, up: customer_id, down: customer_id}
              - alter_column: {table: orders, column: id, type: bigint, up: id, down: id}
              - alter_column: {table: lines, column: order_id, type: bigint, up: order_id, down: order_id}
            """;
    private static final String KEYS_ONLY = """
              - alter_column: {table: customers, column: id, type: bigint, up: id, down: id}
              - alter_column: {table: orders, column: id, type: bigint, up: id, down: id}
            """;

    @Test
    void keysAndTheColumnsThatReferenceThemBecomeBigint(Database database) throws Exception {
        Fleet fleet = Fleet.on(database, TABLES).with(VERSION, EVERY_COLUMN);

        List<Long> ids = throughComplete(fleet);

        assertThat(ids).doesNotHaveDuplicates();
        assertIsAsByHand(
                fleet,
                "ALTER TABLE lines DROP CONSTRAINT lines_order_id_fkey",
                "ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey",
                "ALTER TABLE customers DROP CONSTRAINT customers_referrer_fkey",
                "ALTER TABLE customers ALTER id TYPE bigint, ALTER referrer TYPE bigint",
                "ALTER TABLE orders ALTER id TYPE bigint, ALTER customer_id TYPE bigint",
                "ALTER TABLE lines ALTER order_id TYPE bigint",
                "ALTER SEQUENCE customers_id_seq AS bigint",
                "ALTER SEQUENCE orders_id_seq AS bigint",
                "ALTER TABLE customers ADD FOREIGN KEY (referrer) REFERENCES customers ON DELETE SET NULL",
                "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE",
                "ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES orders ON DELETE CASCADE ON UPDATE CASCADE");
        goesBeyondAnInt(fleet);
    }

    @Test
    void theColumnsThatReferenceTheKeyMayStay(Database database) throws Exception {
        Fleet fleet = Fleet.on(database, TABLES).with(VERSION, KEYS_ONLY);

        List<Long> ids = throughComplete(fleet);

        assertThat(ids).doesNotHaveDuplicates();
        assertIsAsByHand(
                fleet,
                "ALTER TABLE customers ALTER id TYPE bigint",
                "ALTER TABLE orders ALTER id TYPE bigint",
                "ALTER SEQUENCE customers_id_seq AS bigint",
                "ALTER SEQUENCE orders_id_seq AS bigint");
    }

    @Test
    void aRollbackLeavesNothingButWhatBothVersionsHaveWritten(Database database) throws Exception {
        Fleet fleet = Fleet.on(database, TABLES).with(VERSION, EVERY_COLUMN);
        Catalogue before = fleet.catalogue();
        try (Shop old = new Shop(fleet, Fleet.BASE)) {
            old.goesOn();
            fleet.live(VERSION);
            try (Shop next = new Shop(fleet, VERSION)) {
                next.goesOn();
                old.goesOn();
            }
            fleet.build(VERSION).rollback(null, false, Fleet.TEST);
            old.goesOn();
        }

        assertThat(fleet.catalogue().difference(before)).isEmpty();
        assertNoOrphan(fleet.database().jdbc());
    }

    /** Both versions at work from before expand until after complete; the ids that they have drawn. */
    private static List<Long> throughComplete(Fleet fleet) throws Exception {
        List<Long> ids = new ArrayList<>();
        try (Shop old = new Shop(fleet, Fleet.BASE)) {
            old.goesOn();
            fleet.live(VERSION);
            try (Shop next = new Shop(fleet, VERSION)) {
                next.goesOn();
                old.goesOn();
                assertBothSeeTheSame(fleet, old, next);
                old.close();
                fleet.build(VERSION).complete(null, false, Fleet.TEST);
                next.goesOn();
                next.close();
                ids.addAll(next.ids);
            }
            ids.addAll(old.ids);
        }
        assertNoOrphan(fleet.database().jdbc());
        return ids;
    }

    private static void assertBothSeeTheSame(Fleet fleet, Shop... busy) throws Exception {
        for (Shop shop : busy) {
            shop.pause();
        }
        for (String table : Set.of("customers", "orders", "lines")) {
            String sql = "SELECT row_to_json(t)::jsonb::text FROM " + table + " t ORDER BY 1";
            assertThat(fleet.at(VERSION).queryForList(sql, String.class))
                    .isEqualTo(fleet.at(Fleet.BASE).queryForList(sql, String.class));
        }
        for (Shop shop : busy) {
            shop.resume();
        }
    }

    private static void assertNoOrphan(JdbcTemplate jdbc) {
        assertThat(jdbc.queryForObject("""
                SELECT (SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT FROM customers c WHERE c.id = o.customer_id))
                     + (SELECT count(*) FROM lines l WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = l.order_id))
                """, Long.class)).isZero();
    }

    private static void assertIsAsByHand(Fleet fleet, String... statements) {
        try (Database byHand = fleet.database().postgres().database()) {
            byHand.execute(TABLES);
            byHand.execute(statements);

            assertThat(fleet.shape(fleet.database()).difference(fleet.shape(byHand)))
                    .isEmpty();
        }
    }

    private static void goesBeyondAnInt(Fleet fleet) {
        JdbcTemplate jdbc = fleet.at(VERSION);
        jdbc.queryForList("SELECT setval('customers_id_seq', 3000000000), setval('orders_id_seq', 4000000000)");
        assertThat(jdbc.queryForObject("INSERT INTO customers (name) VALUES ('far') RETURNING id", Long.class))
                .isEqualTo(3000000001L);
        assertThat(jdbc.queryForObject("INSERT INTO orders (customer_id) VALUES (3000000001) RETURNING id", Long.class))
                .isEqualTo(4000000001L);
    }

    /** An application's thread over one connection. */
    private static final class Shop implements AutoCloseable {

        private final JdbcTemplate jdbc;
        private final SingleConnectionDataSource connection;
        private final Set<Long> ids = ConcurrentHashMap.newKeySet();
        private final AtomicLong rounds = new AtomicLong();
        private final Thread thread;
        private volatile boolean paused;
        private volatile boolean idle;
        private volatile boolean stopped;
        private volatile @Nullable Throwable failure;

        Shop(Fleet fleet, String version) throws Exception {
            connection = new SingleConnectionDataSource(fleet.pinned(version).getConnection(), true);
            jdbc = new JdbcTemplate(connection);
            thread = new Thread(this::run, "shop of " + version);
            thread.start();
        }

        private void run() {
            while (!stopped) {
                idle = paused;
                if (paused) {
                    Thread.onSpinWait();
                    continue;
                }
                try {
                    round();
                    rounds.incrementAndGet();
                } catch (RuntimeException | AssertionError e) {
                    failure = e;
                    return;
                }
            }
        }

        private void round() {
            long customer = id("INSERT INTO customers (name, referrer) VALUES ('new', 1) RETURNING id");
            assertThat(ids.add(customer)).as("an id drawn twice: %d", customer).isTrue();
            long order = id("INSERT INTO orders (customer_id) VALUES (?) RETURNING id", customer);
            one("INSERT INTO lines (order_id, number, product) VALUES (?, 1, 'tea')", order);
            one("INSERT INTO lines (order_id, number, product) VALUES (?, 2, 'cup')", order);
            one("UPDATE lines SET product = 'pot' WHERE order_id = ? AND number = 2", order);
            one("UPDATE orders SET note = 'seen', customer_id = ? WHERE id = ?", 1 + customer % 2000, order);
            assertThat(jdbc.queryForList(
                            "SELECT product FROM orders o JOIN lines l ON l.order_id = o.id WHERE o.id = ? ORDER BY number",
                            String.class,
                            order))
                    .containsExactly("tea", "pot");
            try {
                jdbc.update("INSERT INTO orders (customer_id) VALUES (-1)");
                throw new AssertionError("an order of nobody");
            } catch (DataIntegrityViolationException e) {
                assertThat(e).hasMessageContaining("foreign key constraint");
            }
            one("UPDATE orders SET customer_id = ? WHERE id = ?", customer, order);
            if (rounds.get() % 2 == 0) {
                one("DELETE FROM customers WHERE id = ?", customer);
                assertThat(jdbc.queryForList("SELECT 1 FROM lines WHERE order_id = ?", order))
                        .isEmpty();
            }
        }

        private long id(String sql, Object... values) {
            Long id = jdbc.queryForObject(sql, Long.class, values);
            return id == null ? 0 : id;
        }

        private void one(String sql, Object... values) {
            assertThat(jdbc.update(sql, values)).as(sql).isEqualTo(1);
        }

        void goesOn() {
            long goal = rounds.get() + 50;
            await().atMost(Duration.ofMinutes(1)).until(() -> failure != null || rounds.get() >= goal);
            assertThat(failure).isNull();
        }

        void pause() {
            paused = true;
            await().until(() -> idle || failure != null);
            assertThat(failure).isNull();
        }

        void resume() {
            paused = false;
        }

        @Override
        public void close() throws InterruptedException {
            stopped = true;
            thread.join();
            connection.destroy();
            assertThat(failure).isNull();
        }
    }
}
