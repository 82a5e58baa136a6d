package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.boot.Shop.Answer;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * P1, P2, P3, P7, P8: two releases of one application as two contexts on one database, both writing all along, through
 * the life of a release of five migrations.
 */
@ExtendWith(DatabaseExtension.class)
class RollingDeployTest {

    private static final String OLD = "0001_products";
    private static final String NEW = "0006_articles";
    private static final int SHARED = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger sold = new AtomicInteger();

    @Test
    void bothReleasesServeUntilCompleteTellsTheOldOne(Database database) {
        try (Shop old = start("rolling-1", database)) {
            seed(old);
            try (Traffic older = oldTraffic(old)) {
                awaitMore(older);
                try (Shop young = start("rolling-2", database);
                        Traffic newer = newTraffic(young)) {
                    awaitMore(older);
                    awaitMore(newer);
                    eachReadsTheOther(old.jdbc(), young.jdbc());
                    assertThat(older.failures()).isEmpty();

                    Answer shut = young.post("pgtandem/complete", "{}");
                    assertThat(shut.code()).isEqualTo(409);
                    assertThat(shut.body()).contains("shop", OLD);
                    Answer done = young.post("pgtandem/complete", "{\"force\": true}");
                    assertThat(done.code()).as(done.body()).isEqualTo(200);

                    await().atMost(PATIENCE).until(() -> older.failures().size() == 2);
                    assertThat(older.failures())
                            .allMatch(f -> f.contains("schema version " + OLD + " was retired by completing " + NEW));
                    awaitMore(newer);
                    newer.close();
                    assertThat(newer.failures()).isEmpty();
                    assertThat(sold(young.jdbc(), "articles")).isEqualTo(sold.get());
                }
            }
            assertThat(old.get("health").body()).contains("is retired");
        }
    }

    @Test
    void bothReleasesServeUntilRollbackTellsTheNewOne(Database database) {
        try (Shop old = start("rolling-1", database)) {
            seed(old);
            try (Traffic older = oldTraffic(old);
                    Shop young = start("rolling-2", database);
                    Traffic newer = newTraffic(young)) {
                awaitMore(older);
                awaitMore(newer);

                assertThat(old.post("pgtandem/rollback", "{}").code()).isEqualTo(409);
                Answer done = old.post("pgtandem/rollback", "{\"force\": true}");
                assertThat(done.code()).as(done.body()).isEqualTo(200);

                await().atMost(PATIENCE).until(() -> newer.failures().size() == 2);
                assertThat(newer.failures())
                        .allMatch(f -> f.contains("schema version " + NEW + " was removed by rolling back to " + OLD));
                awaitMore(older);
                older.close();
                assertThat(older.failures()).isEmpty();
                assertThat(sold(old.jdbc(), "products")).isEqualTo(sold.get());
                assertThat(database.jdbc()
                                .queryForList(
                                        "SELECT attname FROM pg_attribute WHERE attrelid = 'public.products'::regclass"
                                                + " AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                                        String.class))
                        .containsExactly("id", "name", "price", "note", "sold");
            }
        }
    }

    /** Both instances of the new release ask; the old one, which asks too, has nothing to say. */
    @Test
    void theNewReleaseCompletesByItselfOnceTheOldOneWasGoneForAWhile(Database database) {
        String[] auto = {"pgtandem.complete.mode=auto", "pgtandem.complete.after=2s"};
        try (Shop old = Shop.start("rolling-1", database, auto)) {
            seed(old);
            try (Shop young = Shop.start("rolling-2", database, auto);
                    Shop twin = Shop.start("rolling-2", database, auto)) {
                Instant beaten = Instant.now().plusSeconds(4);
                await().until(() -> old.get("pgtandem")
                        .json()
                        .get("instances")
                        .valueStream()
                        .allMatch(
                                i -> Instant.parse(i.get("lastSeen").asString()).isAfter(beaten)));
                assertThat(acts(database, "COMPLETE"))
                        .as("while the old one lives")
                        .isEqualTo(1);
                Instant gone = Instant.now();
                old.close();

                await().atMost(PATIENCE).until(() -> acts(database, "COMPLETE") == 2);
                await().atMost(PATIENCE)
                        .until(() -> database.jdbc()
                                .queryForList("SELECT 1 FROM pgtandem.act WHERE state = 'RUNNING'")
                                .isEmpty());
                assertThat(database.jdbc().queryForMap("""
                        SELECT source, forced, state, finished_at > ?::timestamptz + interval '2 seconds' AS later
                        FROM pgtandem.act WHERE act = 'COMPLETE' ORDER BY id DESC LIMIT 1
                        """, gone.toString()))
                        .containsEntry("source", "pgtandem.complete.mode=auto")
                        .containsEntry("forced", false)
                        .containsEntry("state", "DONE")
                        .containsEntry("later", true);
                assertThat(young.get("health").code()).isEqualTo(200);
                assertThat(twin.jdbc().queryForObject("SELECT count(*) FROM articles", Integer.class))
                        .isEqualTo(5000);
            }
        }
    }

    @Test
    void fiveFilesAreOneExpandAndOneRollback(Database database) {
        try (Shop old = start("rolling-1", database)) {
            seed(old);
            start("rolling-2", database).close();
            assertThat(acts(database, "EXPAND")).isEqualTo(2);

            assertThat(old.post("pgtandem/rollback", "{}").code()).isEqualTo(200);
            assertThat(acts(database, "ROLLBACK")).isEqualTo(1);
            assertThat(old.get("pgtandem").json().get("migrations"))
                    .filteredOn(m -> m.get("state").asString().equals("ROLLED_BACK"))
                    .hasSize(5);
        }
    }

    private static Shop start(String release, Database database) {
        return Shop.start(release, database);
    }

    private static void seed(Shop shop) {
        shop.jdbc()
                .update("INSERT INTO products (id, name, price, note)"
                        + " SELECT n, 'A product ' || n, n::text, 'note' FROM generate_series(1, 5000) AS n");
        shop.jdbc().update("INSERT INTO settings VALUES ('currency', 'EUR')");
    }

    private Traffic oldTraffic(Shop shop) {
        JdbcTemplate jdbc = shop.jdbc();
        return new Traffic(2, 10_000_000, n -> {
            jdbc.update("INSERT INTO products (id, name, price, note) VALUES (?, ?, '3', 'x')", n, "Old Product " + n);
            jdbc.update("UPDATE products SET price = '4', note = 'y' WHERE id = ?", n);
            jdbc.update("UPDATE products SET sold = sold + 1 WHERE id = ?", SHARED);
            sold.incrementAndGet();
            assertThat(jdbc.queryForMap("SELECT * FROM products WHERE id = ?", n))
                    .containsOnlyKeys("id", "name", "price", "note", "sold")
                    .containsEntry("price", "4")
                    .containsEntry("name", "Old Product " + n);
            assertThat(jdbc.queryForObject("SELECT value FROM settings", String.class))
                    .isEqualTo("EUR");
        });
    }

    private Traffic newTraffic(Shop shop) {
        JdbcTemplate jdbc = shop.jdbc();
        return new Traffic(2, 20_000_000, n -> {
            jdbc.update("INSERT INTO articles (id, title, price, slug) VALUES (?, ?, 350, 'a')", n, "New Article " + n);
            jdbc.update("UPDATE articles SET price = 475 WHERE id = ?", n);
            jdbc.update("UPDATE articles SET sold = sold + 1 WHERE id = ?", SHARED);
            sold.incrementAndGet();
            assertThat(jdbc.queryForMap("SELECT * FROM articles WHERE id = ?", n))
                    .containsOnlyKeys("id", "title", "price", "slug", "sold")
                    .containsEntry("price", 475)
                    .containsEntry("slug", "a");
            assertThat(jdbc.queryForObject("SELECT value FROM settings", String.class))
                    .isEqualTo("EUR");
        });
    }

    private static void eachReadsTheOther(JdbcTemplate old, JdbcTemplate young) {
        old.update("INSERT INTO products (id, name, price) VALUES (-1, 'Big Lamp', '12')");
        assertThat(young.queryForMap("SELECT title, price, slug FROM articles WHERE id = -1"))
                .containsEntry("title", "Big Lamp")
                .containsEntry("price", 1200)
                .containsEntry("slug", "big-lamp");

        young.update("UPDATE articles SET price = 1399, slug = 'own-slug' WHERE id = -1");
        assertThat(old.queryForObject("SELECT price FROM products WHERE id = -1", String.class))
                .isEqualTo("13");

        // As an object-relational mapper does: every column is set, few have changed.
        old.update("UPDATE products SET name = 'Big Lamp', price = '13', note = 'sale', sold = 7 WHERE id = -1");
        assertThat(young.queryForMap("SELECT price, slug, sold FROM articles WHERE id = -1"))
                .containsEntry("price", 1399)
                .containsEntry("slug", "own-slug")
                .containsEntry("sold", 7);
    }

    private static void awaitMore(Traffic traffic) {
        int from = traffic.done();
        await().atMost(PATIENCE)
                .until(() -> traffic.done() >= from + 100 || !traffic.failures().isEmpty());
        assertThat(traffic.failures()).isEmpty();
    }

    private static int sold(JdbcTemplate jdbc, String table) {
        return jdbc.queryForObject("SELECT sold FROM " + table + " WHERE id = ?", Integer.class, SHARED);
    }

    private static int acts(Database database, String act) {
        return database.jdbc()
                .queryForObject(
                        "SELECT count(*)::int FROM pgtandem.act WHERE act = ? AND cardinality(migrations) > 0",
                        Integer.class,
                        act);
    }
}
