package io.github.pgtandem.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.boot.Shop;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What probes, dashboards and people see at each stage. */
@ExtendWith(DatabaseExtension.class)
@SuppressWarnings("try")
class HealthAndMetersTest {

    private static final String FIRST = "0001_customers";
    private static final String LAST = "0003_name_length";

    @Test
    void metersFollowARollout(Database database) {
        try (Shop old = Shop.start("one", database)) {
            old.jdbc().update("INSERT INTO customers (name) VALUES ('Ann'), ('Bob')");
            await().untilAsserted(() -> {
                String scrape = old.get("prometheus").body();
                assertThat(scrape)
                        .contains("pgtandem_versions{state=\"base\",version=\"" + FIRST + "\"} 1.0")
                        .contains("pgtandem_instances{version=\"" + FIRST + "\"} 1.0")
                        .contains("pgtandem_migrations{state=\"completed\"} 1.0")
                        .contains("pgtandem_migrations{state=\"failed\"} 0.0")
                        .contains("pgtandem_expand_seconds_count{outcome=\"success\"} 1")
                        .contains("pgtandem_rollback_seconds_count{outcome=\"success\"} 0")
                        .contains("pgtandem_lock_retries_total 0.0")
                        .contains("pgtandem_lock_wait_seconds_count{outcome=\"timeout\"} 0");
            });
            try (Shop young = Shop.start("two", database)) {
                await().untilAsserted(() -> assertThat(young.get("prometheus").body())
                        .contains("pgtandem_versions{state=\"live\",version=\"" + LAST + "\"} 1.0")
                        .contains("pgtandem_instances{version=\"" + LAST + "\"} 1.0")
                        .contains("pgtandem_migrations{state=\"expanded\"} 2.0")
                        .contains("pgtandem_backfill_rows{migration=\"" + LAST + "\",table=\"customers\"} 2.0")
                        .contains(
                                "pgtandem_backfill_rows_total_rows{migration=\"" + LAST + "\",table=\"customers\"} "));
                await().untilAsserted(() -> assertThat(old.get("prometheus").body())
                        .contains("pgtandem_versions{state=\"live\",version=\"" + LAST + "\"} 1.0"));
                old.close();
                young.post("pgtandem/complete", "{}");
                assertThat(young.get("prometheus").body())
                        .contains("pgtandem_versions{state=\"base\",version=\"" + LAST + "\"} 1.0")
                        .contains("pgtandem_complete_seconds_count{outcome=\"success\"} 1")
                        .doesNotContain("pgtandem_versions{state=\"live\"");
            }
        }
    }

    @Test
    void healthIsUpInFlightAndDownOnceTheVersionIsRetired(Database database) {
        try (Shop old = Shop.start("one", database);
                Shop young = Shop.start("two", database)) {
            await().untilAsserted(() -> {
                JsonNode health = health(old);
                assertThat(health.get("status").asString()).isEqualTo("UP");
                assertThat(health.at("/details/version").asString()).isEqualTo(FIRST);
                assertThat(health.at("/details/live").toString()).contains(FIRST, LAST);
                assertThat(health.at("/details/migrations").toString()).contains(LAST + " EXPANDED");
            });

            young.post("pgtandem/complete", "{\"force\": true}");

            await().untilAsserted(() -> {
                JsonNode health = health(old);
                assertThat(health.get("status").asString()).isEqualTo("DOWN");
                assertThat(health.at("/details/reason").asString())
                        .isEqualTo("Version " + FIRST + " is retired; stop this instance.");
            });
            assertThat(health(young).get("status").asString()).isEqualTo("UP");
        }
    }

    @Test
    void healthIsDownOnceTheVersionSchemaIsGone(Database database) {
        try (Shop shop = Shop.start("one", database)) {
            database.execute("DROP SCHEMA \"public_" + FIRST + "\" CASCADE");

            await().untilAsserted(() -> {
                assertThat(health(shop).get("status").asString()).isEqualTo("DOWN");
                assertThat(health(shop).at("/details/reason").asString()).contains(FIRST);
            });
        }
    }

    @Test
    void infoTellsTheVersions(Database database) {
        try (Shop ignored = Shop.start("one", database);
                Shop young = Shop.start("two", database)) {
            JsonNode info = young.get("info").json().get("pgtandem");
            assertThat(info.get("version").asString()).isEqualTo(LAST);
            assertThat(info.get("base").asString()).isEqualTo(FIRST);
            assertThat(info.get("live").toString()).contains(LAST);
        }
    }

    private static JsonNode health(Shop shop) {
        return shop.get("health").json().at("/components/pgtandem");
    }
}
