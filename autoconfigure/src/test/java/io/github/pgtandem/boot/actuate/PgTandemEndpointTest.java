package io.github.pgtandem.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.boot.Shop;
import io.github.pgtandem.boot.Shop.Answer;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The endpoint over HTTP, through the whole life of a release. */
@ExtendWith(DatabaseExtension.class)
@SuppressWarnings("try")
class PgTandemEndpointTest {

    private static final String FIRST = "0001_customers";
    private static final String LAST = "0003_name_length";

    @Test
    void theStatusShowsEachStageAndCompleteWaitsForTheOldInstances(Database database) {
        try (Shop old = Shop.start("one", database)) {
            old.jdbc().update("INSERT INTO customers (name) VALUES ('Ann'), ('Bob')");
            assertThat(states(old.get("pgtandem"))).isEqualTo(FIRST + " BASE 1\n");
            try (Shop young = Shop.start("two", database)) {
                assertThat(states(young.get("pgtandem"))).isEqualTo(FIRST + " BASE 1\n" + LAST + " LIVE 1\n");
                assertThat(young.get("pgtandem").json().at("/pinned/schema").asString())
                        .isEqualTo("public_" + LAST);

                Answer shut = young.post("pgtandem/complete", "{}");
                assertThat(shut.code()).isEqualTo(409);
                assertThat(shut.json().get("error").asString()).contains(FIRST);
                assertThat(shut.json().get("remedy").asString()).isNotBlank();
                assertThat(shut.json().at("/instances/0/version").asString()).isEqualTo(FIRST);

                old.close();
                Answer done = young.post("pgtandem/complete", "{}");
                assertThat(done.code()).as(done.body()).isEqualTo(200);
                assertThat(state(done.json(), "versions", LAST)).isEqualTo("BASE");
                assertThat(state(young.get("pgtandem").json(), "migrations", LAST))
                        .isEqualTo("COMPLETED");
                assertThat(young.jdbc().queryForList("SELECT full_name FROM customers ORDER BY 1", String.class))
                        .containsExactly("Ann", "Bob");

                assertThat(young.post("pgtandem/complete", "{}").code()).isEqualTo(409);
            }
        }
    }

    @Test
    void completeMayStopAtAVersionAndRollbackGoesBackToOne(Database database) {
        try (Shop old = Shop.start("one", database)) {
            Shop.start("two", database).close();
            try (Shop young = Shop.start("three", database)) {
                Answer unknown = young.post("pgtandem/complete", "{\"to\": \"0002_nope\", \"force\": true}");
                assertThat(unknown.code()).isEqualTo(400);
                assertThat(unknown.json().get("error").asString()).contains("0002_nope");

                Answer some = young.post("pgtandem/complete", "{\"to\": \"" + LAST + "\", \"force\": true}");
                assertThat(some.code()).as(some.body()).isEqualTo(200);
                assertThat(state(some.json(), "versions", LAST)).isEqualTo("BASE");
                assertThat(state(some.json(), "versions", "0004_cities")).isEqualTo("LIVE");

                Answer back = old.post("pgtandem/rollback", "{\"force\": true}");
                assertThat(back.code()).as(back.body()).isEqualTo(200);
                assertThat(state(back.json(), "migrations", "0004_cities")).isEqualTo("ROLLED_BACK");
            }
        }
    }

    @Test
    void completeMayStopAtAVersionThatNoBuildWasMadeFor(Database database) {
        Shop.start("one", database).close();
        try (Shop young = Shop.start("two", database)) {
            Answer some = young.post("pgtandem/complete", "{\"to\": \"0002_full_name\"}");
            assertThat(some.code()).as(some.body()).isEqualTo(200);
            assertThat(state(some.json(), "migrations", "0002_full_name")).isEqualTo("COMPLETED");
            assertThat(state(some.json(), "versions", "0002_full_name")).isEqualTo("BASE");
            assertThat(state(some.json(), "versions", LAST)).isEqualTo("LIVE");
        }
    }

    @Test
    void rollbackIsRefusedWhileTheNewVersionRuns(Database database) {
        try (Shop old = Shop.start("one", database);
                Shop young = Shop.start("two", database)) {
            Answer shut = old.post("pgtandem/rollback", "{}");
            assertThat(shut.code()).isEqualTo(409);
            assertThat(shut.json().at("/instances/0/version").asString()).isEqualTo(LAST);

            young.close();
            assertThat(old.post("pgtandem/rollback", "{}").code()).isEqualTo(200);
            assertThat(states(old.get("pgtandem"))).startsWith(FIRST + " BASE 1\n");
        }
    }

    @Test
    void oneMigrationIsShownInFullAndAnUnknownOneIsNotFound(Database database) {
        try (Shop ignored = Shop.start("one", database);
                Shop young = Shop.start("two", database)) {
            JsonNode migration = young.get("pgtandem/0002_full_name").json();
            assertThat(migration.get("state").asString()).isEqualTo("EXPANDED");
            assertThat(migration.at("/operations/0/rename_column/to").asString())
                    .isEqualTo("full_name");
            assertThat(migration.get("plan").isArray()).isTrue();
            assertThat(migration.at("/journal/0/source").asString()).isEqualTo("startup");
            assertThat(young.get("pgtandem/0009_nope").code()).isEqualTo(404);
        }
    }

    @Test
    void theActorIsRecorded(Database database) {
        try (Shop shop = Shop.start("one", database)) {
            Shop.start("two", database).close();
            assertThat(shop.post("pgtandem/rollback", "{}").code()).isEqualTo(200);
            assertThat(lastAct(shop)).isEqualTo("ROLLBACK anonymous actuator");

            Shop.start("two", database).close();
            assertThat(shop.postAs("ann", "pgtandem/rollback", "{}").code()).isEqualTo(200);
            assertThat(lastAct(shop)).isEqualTo("ROLLBACK ann actuator");
        }
    }

    @Test
    void actsTakeJsonOnlyAndMustBeAllowed(Database database) {
        try (Shop shop = Shop.start("one", database)) {
            assertThat(shop.post("pgtandem/complete", "application/x-www-form-urlencoded", "force=true")
                            .code())
                    .isEqualTo(415);
            assertThat(shop.post("pgtandem/destroy", "{}").code()).isEqualTo(404);
            assertThat(shop.post("pgtandem/complete", "").code()).isEqualTo(409);
            assertThat(shop.post("pgtandem/complete", "{\"force\": \"perhaps\"}")
                            .code())
                    .isEqualTo(400);
        }
        try (Shop shop = Shop.start("one", database, "management.endpoint.pgtandem.access=read-only")) {
            assertThat(shop.get("pgtandem").code()).isEqualTo(200);
            assertThat(shop.post("pgtandem/complete", "{}").code()).isEqualTo(405);
        }
    }

    @Test
    void theBackfillIsSteered(Database database) {
        try (Shop shop = Shop.start("one", database)) {
            assertThat(shop.post("pgtandem/backfill", "{\"action\": \"pause\"}").code())
                    .isEqualTo(200);
            Answer resumed = shop.post(
                    "pgtandem/backfill",
                    "{\"action\": \"resume\", \"window\": 64, \"batchTime\": \"50ms\", \"slotBacklog\": \"2GB\"}");
            assertThat(resumed.code()).isEqualTo(200);
            assertThat(resumed.json().get("control").get("paused").asBoolean()).isFalse();
            assertThat(resumed.json().get("control").get("knobs").toString())
                    .isEqualTo("{\"batchTime\":\"50ms\",\"slotBacklog\":\"2GB\",\"window\":\"64\"}");
            assertThat(resumed.json().get("control").get("by").asString()).isEqualTo("anonymous");
            assertThat(shop.post("pgtandem/backfill", "{\"window\": \"default\"}")
                            .json()
                            .get("control")
                            .get("knobs")
                            .has("window"))
                    .isFalse();

            Answer wrong = shop.post("pgtandem/backfill", "{\"action\": \"stop\"}");
            assertThat(wrong.code()).isEqualTo(400);
            assertThat(wrong.json().get("error").asString()).isEqualTo("A backfill has no action 'stop'.");
            assertThat(shop.post("pgtandem/backfill", "{\"window\": \"many\"}").code())
                    .isEqualTo(400);
        }
    }

    @Test
    void pendingMigrationsAreExpandedOnRequest(Database database) {
        Shop.start("one", database).close();
        try (Shop shop = Shop.start("two", database, "pgtandem.startup=off")) {
            Answer done = shop.post("pgtandem/expand", "{}");
            assertThat(done.code()).as(done.body()).isEqualTo(200);
            assertThat(state(done.json(), "versions", LAST)).isEqualTo("LIVE");
            assertThat(shop.post("pgtandem/expand", "{}").code()).isEqualTo(409);
            assertThat(shop.bean(PgTandem.class).status().versions()).isNotEmpty();
        }
    }

    private static String lastAct(Shop shop) {
        JsonNode journal = shop.get("pgtandem/" + LAST).json().get("journal");
        JsonNode last = journal.get(journal.size() - 1);
        return "%s %s %s"
                .formatted(
                        last.get("act").asString(),
                        last.get("actor").asString(),
                        last.get("source").asString());
    }

    private static String states(Answer answer) {
        assertThat(answer.code()).as(answer.body()).isEqualTo(200);
        StringBuilder states = new StringBuilder();
        answer.json()
                .get("versions")
                .forEach(version -> states.append("%s %s %d\n"
                        .formatted(
                                version.get("name").asString(),
                                version.get("state").asString(),
                                version.get("instances").asInt())));
        return states.toString();
    }

    private static String state(JsonNode status, String list, String name) {
        for (JsonNode one : status.get(list)) {
            if (one.get("name").asString().equals(name)) {
                return one.get("state").asString();
            }
        }
        return "not there";
    }
}
