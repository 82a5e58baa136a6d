package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** P6, P7: instances that start while another version is live, or while an act is under way or was cut short. */
@ExtendWith({DatabaseExtension.class, OutputCaptureExtension.class})
class StartDuringActsTest {

    private static final String LAST = "0003_name_length";
    private static final String SAYING = "pgtandem.backfill.progress-interval=100ms";

    private static ApplicationContextRunner build(String release, Database database) {
        return Build.of(release, database).withPropertyValues(SAYING, "pgtandem.lock-timeout=50ms");
    }

    private static void isOn(AssertableApplicationContext context, String version) {
        assertThat(context).hasNotFailed();
        assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT current_schema()", String.class))
                .isEqualTo("public_" + version);
    }

    private static void serves(AssertableApplicationContext old) {
        isOn(old, "0001_customers");
        assertThat(old.getBean(JdbcTemplate.class).update("INSERT INTO customers (name) VALUES ('Ann')"))
                .isEqualTo(1);
    }

    /** An instance whose expand cannot get on, as somebody reads what it is to change. */
    private static CompletableFuture<Void> expanding(Database database) {
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(() -> build("two", database).run(context -> isOn(context, LAST)));
        await().until(() -> database.jdbc()
                .queryForObject(
                        "SELECT to_regclass('pgtandem.act') IS NOT NULL AND EXISTS (SELECT FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock')",
                        Boolean.class));
        return other;
    }

    private static Connection reading(Database database) throws Exception {
        Connection reader = database.dataSource().getConnection();
        reader.setAutoCommit(false);
        reader.createStatement().execute("SELECT FROM customers");
        return reader;
    }

    @Test
    void anOldBuildThatRestartsDuringARolloutIsPinnedAndToldOfTheNewerOne(Database database, CapturedOutput log) {
        build("one", database)
                .run(old -> build("two", database).run(young -> {
                    isOn(young, LAST);
                    build("one", database).run(restarted -> {
                        serves(restarted);
                        assertThat(log).contains("Newer versions are live: 0002_full_name, " + LAST);
                    });
                }));
    }

    @Test
    void whoeverStartsDuringAnExpandWaitsAndTellsHowFarItIs(Database database, CapturedOutput log) {
        build("one", database).run(old -> {
            CompletableFuture<Void> first;
            CompletableFuture<Void> second;
            try (Connection reader = reading(database)) {
                first = expanding(database);
                second = CompletableFuture.runAsync(() -> build("two", database).run(context -> isOn(context, LAST)));
                await().until(() -> log.toString()
                        .contains("Waiting for another instance: expand of 0002_full_name, " + LAST + " by "));
                // An old build need not wait.
                build("one", database).run(StartDuringActsTest::serves);
                reader.rollback();
            }
            first.get();
            second.get();
            serves(old);
            assertThat(acts(database)).isEqualTo(2);
        });
    }

    @Test
    void whoeverStartsAfterAnExpandThatWasCutShortFinishesIt(Database database) {
        build("one", database).run(old -> {
            CompletableFuture<Void> dying;
            try (Connection reader = reading(database)) {
                dying = expanding(database);
                // It waits for a moment only, and again.
                await().until(() -> !database.jdbc()
                        .queryForList("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .isEmpty());
                assertThat(dying)
                        .failsWithin(Duration.ofSeconds(30))
                        .withThrowableThat()
                        .isInstanceOf(ExecutionException.class);
                reader.rollback();
            }
            // The old one as well as the new one can.
            build("one", database).run(restarted -> {
                serves(restarted);
                assertThat(restarted.getBean(PgTandem.class).status().versions())
                        .extracting(Status.Version::state)
                        .containsExactly(VersionState.BASE, VersionState.LIVE);
            });
            build("two", database).run(context -> isOn(context, LAST));
            serves(old);
            assertThat(acts(database)).isEqualTo(2);
        });
    }

    /** The installation of the first release, and what came behind it. */
    private static int acts(Database database) {
        return database.jdbc()
                .queryForObject(
                        "SELECT count(*)::int FROM pgtandem.act WHERE act = 'EXPAND' AND cardinality(migrations) > 0",
                        Integer.class);
    }
}
