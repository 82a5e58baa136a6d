package io.github.pgtandem.boot.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** A DataSource that leads to a streaming replica, which receives the version schema a while after the primary. */
class ReplicaTest {

    private static final String SCHEMA = PinFixture.PUBLIC.schema();

    @TempDir
    private static Path folder;

    private static ReplicatedPostgres postgres;

    private JdbcTemplate primary;
    private JdbcTemplate replica;

    @BeforeAll
    static void start() throws IOException {
        postgres = ReplicatedPostgres.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void replayWithoutTheVersionSchema() {
        primary = new JdbcTemplate(postgres.primary());
        replica = new JdbcTemplate(postgres.replica());
        primary.execute("DROP SCHEMA IF EXISTS \"" + SCHEMA + "\"");
        replica.execute("SELECT pg_wal_replay_resume()");
        await().until(() -> !onReplica());
    }

    @Test
    void theStartWaitsUntilTheVersionSchemaHasArrived() {
        replica.execute("SELECT pg_wal_replay_pause()");
        primary.execute("CREATE SCHEMA \"" + SCHEMA + "\"");

        CompletableFuture<Void> check = CompletableFuture.runAsync(check(Duration.ofMinutes(1))::run);

        await().during(Duration.ofMillis(600)).until(() -> !check.isDone());
        replica.execute("SELECT pg_wal_replay_resume()");
        await().untilAsserted(() -> assertThat(check).isCompleted());
    }

    @Test
    void theWaitEndsAndTellsTheReplica() {
        assertThatThrownBy(() -> check(Duration.ofMillis(300)).run())
                .isInstanceOf(PinNotEffectiveException.class)
                .hasMessage("""
                        DataSource 'reader' must be on schema "public_0002_b", but its connections are on schema "public": the replica does not have that schema yet.
                        Look for what holds up the replication, or raise pgtandem.wait-for-replicas.""");
    }

    private boolean onReplica() {
        return Boolean.TRUE.equals(
                replica.queryForObject("SELECT to_regnamespace(?) IS NOT NULL", Boolean.class, SCHEMA));
    }

    private static PinCheck check(Duration waitForReplicas) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        PGSimpleDataSource reader = postgres.replica();
        PinnedDataSources pinned = new PinnedDataSources(new BaseSchema(null), PinFixture::pin, "shop", false);
        beans.registerSingleton("reader", pinned.pin("reader", reader));
        ApplicationDataSources application = new ApplicationDataSources(beans, List.of());
        assertThat(application.first()).isInstanceOf(DataSource.class);
        return new PinCheck(
                application.names(), application, pinned, new UnpinnedDataSources(pinned), null, waitForReplicas);
    }
}
