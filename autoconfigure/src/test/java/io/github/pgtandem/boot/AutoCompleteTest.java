package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.Act;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

@ExtendWith({DatabaseExtension.class, OutputCaptureExtension.class})
class AutoCompleteTest {

    private static final String LOCK = "SELECT pg_advisory_lock(hashtextextended('pgtandem public', 0))";

    static final class Failing {
        @EventListener
        void onAct(PgTandemActEvent event) {
            if (event.report().act() == Act.COMPLETE) {
                throw new IllegalStateException("the chat is down");
            }
        }
    }

    private static long completes(Database database) {
        return database.jdbc()
                .queryForObject(
                        "SELECT count(*) FROM pgtandem.act WHERE act = 'COMPLETE' AND source LIKE '%auto'", Long.class);
    }

    @Test
    void aListenerThatFailsIsNotTakenForAFailedComplete(Database database, CapturedOutput output) {
        Build.of("one", database).run(old -> assertThat(old).hasNotFailed());
        Build.of("two", database)
                .withPropertyValues("pgtandem.complete.mode=auto", "pgtandem.complete.after=1ms")
                .withBean(Failing.class)
                .run(context -> {
                    await().until(() -> output.getOut().contains("the chat is down"));
                    assertThat(completes(database)).isOne();
                    assertThat(output).contains("the older ones are retired").doesNotContain("The next try is in");
                });
    }

    @Test
    void aContextThatClosesLeavesNobodyWaitingForTheMigrator(Database database, CapturedOutput output)
            throws Exception {
        Build.of("one", database).run(old -> assertThat(old).hasNotFailed());
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            Build.of("two", database)
                    .withPropertyValues("pgtandem.complete.mode=auto", "pgtandem.complete.after=1h")
                    .run(context -> {
                        statement.execute(LOCK);
                        database.execute(
                                "UPDATE pgtandem.migration SET expanded_at = expanded_at - interval '2 hours'",
                                "UPDATE pgtandem.instance SET started_at = started_at - interval '2 hours',"
                                        + " last_seen = last_seen - interval '2 hours' WHERE heartbeat_ms = 0",
                                "UPDATE pgtandem.instance SET started_at = started_at - interval '90 minutes'"
                                        + " WHERE heartbeat_ms > 0");
                        await().until(() -> waiting(database) == 1);
                    });
            await().until(() -> waiting(database) == 0);
        }
        assertThat(completes(database)).isZero();
        assertThat(output).contains("interrupted").doesNotContain("The next try is in");
    }

    private static long waiting(Database database) {
        return database.jdbc().queryForObject("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'
                """, Long.class);
    }
}
