package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.BackfillSettings;
import io.github.pgtandem.Hours;
import io.github.pgtandem.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PgTandemPropertiesTest {

    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    @Test
    void theDefaultsAreThoseOfTheEngine() {
        assertThat(bound(Map.of()).settings("public")).isEqualTo(Settings.forSchema("public"));
    }

    @Test
    void everySettingReachesTheEngine() {
        Settings settings = bound(Map.of(
                        "pgtandem.baseline", "0001_a",
                        "pgtandem.lock-timeout", "1s",
                        "pgtandem.lock-budget", "2s",
                        "pgtandem.end-idle-blockers-after", "8s",
                        "pgtandem.heartbeat", "3s",
                        "pgtandem.wait-for-others", "4s",
                        "pgtandem.backfill.window", "5",
                        "pgtandem.backfill.stripes", "6",
                        "pgtandem.backfill.progress-interval", "7s",
                        "pgtandem.overlay.exclude", "orders,customers"))
                .settings("app");

        assertThat(settings)
                .hasToString(
                        "Settings[schema=app, baseline=0001_a, lockTimeout=PT1S, lockBudget=PT2S, endIdleBlockersAfter=PT8S, backfill="
                                + settings.backfill() + ", progressInterval=PT7S, heartbeat=PT3S, waitForOthers=PT4S,"
                                + " overlayExclude=" + settings.overlayExclude() + "]");
        assertThat(settings.overlayExclude()).containsExactlyInAnyOrder("orders", "customers");
    }

    @Test
    void everySettingOfBackfillsReachesTheEngine() {
        BackfillSettings backfill = bound(Map.ofEntries(
                        Map.entry("pgtandem.backfill.window", "5"),
                        Map.entry("pgtandem.backfill.stripes", "6"),
                        Map.entry("pgtandem.backfill.batch-time", "70ms"),
                        Map.entry("pgtandem.backfill.rest", "0.5"),
                        Map.entry("pgtandem.backfill.limits.replication-lag", "8s"),
                        Map.entry("pgtandem.backfill.limits.slot-backlog", "9MB"),
                        Map.entry("pgtandem.backfill.limits.archive-backlog", "10"),
                        Map.entry("pgtandem.backfill.limits.lock-waiters", "11"),
                        Map.entry("pgtandem.backfill.limits.transaction-age", "12s"),
                        Map.entry("pgtandem.backfill.limits.autovacuum", "true"),
                        Map.entry("pgtandem.backfill.limits.probe", "SELECT 13"),
                        Map.entry("pgtandem.backfill.limits.hours", "14:00-15:00 UTC"),
                        Map.entry("pgtandem.backfill.limits.wait-where-unknown", "true")))
                .settings("app")
                .backfill();

        assertThat(backfill)
                .isEqualTo(new BackfillSettings(
                        5,
                        6,
                        Duration.ofMillis(70),
                        0.5,
                        new BackfillLimits(
                                Duration.ofSeconds(8),
                                9 << 20,
                                10,
                                11,
                                Duration.ofSeconds(12),
                                true,
                                "SELECT 13",
                                Hours.parse("14:00-15:00 UTC"),
                                true)));
    }

    @Test
    void aValueThatABackfillCannotTakeIsRefused() {
        assertThatThrownBy(() -> bound(Map.of("pgtandem.backfill.limits.hours", "at night"))
                        .settings("app"))
                .isInstanceOf(ConfigurationRefusedException.class)
                .hasMessageContaining("pgtandem.backfill: hours must be like \"22:00-06:00\"")
                .hasMessageContaining("not \"at night\"");
        assertThatThrownBy(() -> bound(Map.of("pgtandem.backfill.stripes", "0")).settings("app"))
                .hasMessageContaining("stripes must be a number from 1 to 64, not \"0\"");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(bound(Map.of("pgtandem.password", "secret")).toString()).doesNotContain("secret");
    }

    @Test
    void everyPropertyHasADescription() throws IOException {
        JsonNode properties = metadata().get("properties");

        assertThat(StreamSupport.stream(properties.spliterator(), false)
                        .map(property -> property.get("name").asString()))
                .contains(
                        "pgtandem.enabled",
                        "pgtandem.backfill.window",
                        "pgtandem.overlay.exclude",
                        "management.endpoint.pgtandem.access",
                        "management.health.pgtandem.enabled",
                        "management.info.pgtandem.enabled");
        assertThat(properties)
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(property.get("name").asString())
                        .endsWith(".")
                        .doesNotStartWith("The ")
                        .doesNotStartWith("A "));
    }

    private static PgTandemProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("pgtandem", PgTandemProperties.class);
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream metadata = PgTandemPropertiesTest.class.getResourceAsStream(METADATA)) {
            assertThat(metadata).isNotNull();
            return JsonMapper.shared().readTree(metadata.readAllBytes());
        }
    }
}
