package io.github.pgtandem.boot.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.boot.ConfigurationRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** A change of a table waits for who reads it on a standby, where somebody wants it so. */
class StandbyQueriesTest {

    private static final Actor ACTOR = new Actor("test", "test");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static ReplicatedPostgres postgres;

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final AtomicReference<String> reason = new AtomicReference<>("");

    @BeforeAll
    static void start() throws IOException {
        postgres = ReplicatedPostgres.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void tableOnBoth() {
        JdbcTemplate primary = new JdbcTemplate(postgres.primary());
        primary.execute("DROP SCHEMA IF EXISTS pgtandem CASCADE");
        primary.execute("DROP SCHEMA public CASCADE");
        primary.execute("CREATE SCHEMA public");
        primary.execute("CREATE TABLE orders (id int PRIMARY KEY, total int)");
        JdbcTemplate replica = new JdbcTemplate(postgres.replica());
        await().atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(replica.queryForObject(
                        "SELECT count(*) = 1 FROM pg_class WHERE relname = 'orders'", Boolean.class)));
        beans.registerSingleton("reports", postgres.replica());
    }

    @Test
    void itWaitsUntilTheyAreThrough() throws Exception {
        try (Connection report = reading()) {
            CompletableFuture<Void> expand = CompletableFuture.runAsync(
                    () -> build(Duration.ofMinutes(5)).start(ACTOR));
            await().atMost(PATIENCE).until(() -> !reason.get().isEmpty());
            assertThat(reason.get())
                    .matches(
                            "standby 'reports': pid \\d+ \\(.*, idle in transaction for \\d+ s\\) reads (public\\.)?orders"
                                    + " \\(pgtandem\\.standbys\\)");
            assertThat(expand).isNotDone();
            report.rollback();
            expand.join();
        }
    }

    @Test
    void itGivesUpWhenItsBudgetIsUsedUp() throws Exception {
        try (Connection report = reading()) {
            assertThatThrownBy(() -> build(Duration.ofSeconds(1)).start(ACTOR))
                    .isInstanceOf(ActFailedException.class)
                    .hasMessageContaining("not begun within 1 s: standby 'reports': pid ");
            report.rollback();
        }
    }

    @Test
    void oneThatCannotBeAskedIsNotWaitedFor() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {1});
        beans.destroySingletons();
        beans.registerSingleton("reports", nowhere);

        assertThat(build(Duration.ofMinutes(1)).start(ACTOR).expanded()).isNotNull();
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() ->
                        new ApplicationDataSources(beans, List.of()).checked("pgtandem.standbys", List.of("repots")))
                .isInstanceOf(ConfigurationRefusedException.class)
                .hasMessageContaining("pgtandem.standbys names 'repots', but the DataSource beans are: reports.");
    }

    private static Connection reading() throws Exception {
        Connection report = postgres.replica().getConnection();
        report.setAutoCommit(false);
        try (Statement statement = report.createStatement()) {
            statement.execute("SELECT FROM orders");
        }
        return report;
    }

    private PgTandem build(Duration budget) {
        StandbyQueries queries = new StandbyQueries(new ApplicationDataSources(beans, List.of()), List.of("reports"));
        PgTandemListener listener = new PgTandemListener() {
            @Override
            public Optional<String> whyLockWaits(List<String> tables) {
                Optional<String> why = queries.whyLockWaits(tables);
                why.ifPresent(reason::set);
                return why;
            }
        };
        Release release = Release.parse(List.of(new MigrationFile("0001_cents.yaml", """
                operations:
                  - alter_column: {table: orders, column: total, type: bigint, up: total * 100, down: total / 100}
                """)));
        Settings settings = Settings.forSchema("public").withBaseline("0000").withLockBudget(budget);
        return new PgTandem(postgres.primary(), release, settings, listener);
    }
}
