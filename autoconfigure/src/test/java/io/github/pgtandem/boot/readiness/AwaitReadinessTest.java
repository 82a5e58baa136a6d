package io.github.pgtandem.boot.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.boot.PgTandemActEvent;
import io.github.pgtandem.boot.Shop;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** An application with JPA, a scheduled job and a message listener works while its rows are filled, and is not ready. */
@ExtendWith(DatabaseExtension.class)
class AwaitReadinessTest {

    private static final int ROWS = 500;
    private static final int BY_JOB = 100_000;
    private static final int BY_MESSAGE = 200_000;
    private static final String UNFILLED = "SELECT count(*) FROM orders WHERE id <= 500 AND total IS NULL";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();
    private Database database;
    private Shop old;

    @BeforeEach
    void anOldInstanceWithOrders(Database fresh) {
        database = fresh;
        old = Shop.start("orders-1", database);
        old.jdbc().update("INSERT INTO orders (id, total) SELECT n, n::text FROM generate_series(1, 500) AS n");
        pause("pause");
    }

    @Test
    void itWorksAtOnceAndIsReadyWhenTheRowsAreFilled() {
        CompletableFuture<ConfigurableApplicationContext> start = start();
        ConfigurableApplicationContext young = awaitStarted(start);
        ApplicationAvailability availability = young.getBean(ApplicationAvailability.class);
        JdbcTemplate jdbc = young.getBean(JdbcTemplate.class);
        Orders orders = young.getBean(Orders.class);

        await().atMost(PATIENCE)
                .until(() -> orders.existsById((long) BY_JOB + 2)
                        && old.get("pgtandem").body().contains("paused by"));
        old.jdbc().execute("NOTIFY orders, '4250'");
        await().atMost(PATIENCE).until(() -> orders.existsById((long) BY_MESSAGE));
        assertThat(availability.getLivenessState()).isEqualTo(LivenessState.CORRECT);
        assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
        assertThat(start).isNotDone();
        assertThat(young.getBean(Application.class).ran).hasValue(0);

        // What the job writes is seen by the old version, and rows that it has touched keep what they were.
        assertThat(old.jdbc().queryForObject("SELECT total FROM orders WHERE id = ?", String.class, BY_MESSAGE))
                .isEqualTo("42.5");
        assertThat(old.jdbc().queryForObject("SELECT count(*) FROM orders WHERE total IS NULL", Integer.class))
                .isZero();
        assertThat(jdbc.queryForObject(UNFILLED, Integer.class)).isPositive();

        pause("resume");
        start.join();
        assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
        assertThat(young.getBean(Application.class).ran).hasValue(1);
        assertThat(jdbc.queryForObject(UNFILLED, Integer.class)).isZero();
        assertThat(jdbc.queryForObject("SELECT sum(total) FROM orders WHERE id <= 500", Long.class))
                .isEqualTo(100L * ROWS * (ROWS + 1) / 2);
        assertThat(young.getBean(Application.class).heard.get()).contains("0002_total_in_cents");
        young.close();
        old.close();
    }

    @Test
    void itEndsWhereTheRowsCannotBeFilled() {
        old.jdbc().update("UPDATE orders SET total = 'a lot' WHERE id = 400");
        CompletableFuture<ConfigurableApplicationContext> start = start();
        ConfigurableApplicationContext young = awaitStarted(start);
        pause("resume");

        assertThatThrownBy(start::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ActFailedException.class)
                .hasMessageContaining("failed and was rolled back")
                .hasMessageContaining("a lot");
        assertThat(young.isActive()).isFalse();
        assertThat(old.get("pgtandem")
                        .json()
                        .get("migrations")
                        .get(1)
                        .get("state")
                        .asString())
                .isEqualTo("FAILED");
        assertThat(old.jdbc().queryForObject("SELECT total FROM orders WHERE id = 399", String.class))
                .isEqualTo("399");
        old.close();
    }

    @Test
    void whatAStoppedInstanceHasLeftIsDoneByTheNext() {
        ConfigurableApplicationContext young = awaitStarted(start());
        young.close();
        pause("resume");

        start().join().close();
        assertThat(old.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pgtandem.act WHERE act = 'EXPAND' AND state = 'DONE'"
                                        + " AND '0002_total_in_cents' = ANY (migrations)",
                                Integer.class))
                .isOne();
        old.close();
    }

    private void pause(String action) {
        assertThat(old.post("pgtandem/backfill", "{\"action\": \"" + action + "\"}")
                        .code())
                .isEqualTo(200);
    }

    private CompletableFuture<ConfigurableApplicationContext> start() {
        return CompletableFuture.supplyAsync(() -> new SpringApplicationBuilder(Application.class)
                .properties("spring.config.location=optional:classpath:/none/")
                .listeners((ApplicationListener<ApplicationStartedEvent>)
                        event -> started.set(event.getApplicationContext()))
                .run(
                        "--server.port=0",
                        "--spring.application.name=orders",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.hikari.maximum-pool-size=4",
                        "--spring.flyway.enabled=false",
                        "--spring.liquibase.enabled=false",
                        "--spring.main.banner-mode=off",
                        "--spring.jpa.open-in-view=false",
                        "--spring.jpa.hibernate.ddl-auto=validate",
                        "--pgtandem.locations=classpath:releases/orders-2",
                        "--pgtandem.heartbeat=200ms",
                        "--pgtandem.backfill.await=readiness"));
    }

    /** A start that fails before is not waited for. */
    private ConfigurableApplicationContext awaitStarted(CompletableFuture<ConfigurableApplicationContext> start) {
        await().atMost(PATIENCE).until(() -> started.get() != null || start.isDone());
        return started.get() == null ? start.join() : started.get();
    }

    @Entity
    @Table(name = "orders")
    static class Order {

        @Id
        long id;

        @Nullable
        Long total;

        @Column(nullable = false)
        int touched;
    }

    interface Orders extends JpaRepository<Order, Long> {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {BatchJdbcAutoConfiguration.class, QuartzAutoConfiguration.class})
    @EnableScheduling
    @EnableJpaRepositories(considerNestedRepositories = true, basePackageClasses = AwaitReadinessTest.class)
    @EntityScan(basePackageClasses = AwaitReadinessTest.class)
    static class Application {

        final AtomicLong ran = new AtomicLong();
        final AtomicReference<List<String>> heard = new AtomicReference<>(List.of());

        @Bean
        Job job(Orders orders) {
            return new Job(orders);
        }

        @Bean
        Messages messages(DataSource dataSource, Orders orders) {
            return new Messages(dataSource, orders);
        }

        @Bean
        ApplicationRunner own() {
            return arguments -> ran.incrementAndGet();
        }

        @EventListener
        void heard(PgTandemActEvent event) {
            heard.set(event.report().migrations());
        }
    }

    /** Makes an order each time, and writes all of an old one as JPA does. */
    static class Job {

        private final AtomicLong times = new AtomicLong();
        private final Orders orders;

        Job(Orders orders) {
            this.orders = orders;
        }

        @Scheduled(fixedDelay = 20)
        void once() {
            long n = times.incrementAndGet();
            Order order = new Order();
            order.id = BY_JOB + n;
            order.total = n;
            orders.save(order);
            orders.findById(n % ROWS + 1).ifPresent(old -> {
                old.touched++;
                orders.save(old);
            });
        }
    }

    /** Takes messages from the database. */
    static class Messages implements SmartLifecycle {

        private final DataSource dataSource;
        private final Orders orders;
        private volatile @Nullable Thread thread;

        Messages(DataSource dataSource, Orders orders) {
            this.dataSource = dataSource;
            this.orders = orders;
        }

        @Override
        public void start() {
            thread = new Thread(this::listen, "messages");
            thread.start();
        }

        private void listen() {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN orders");
                while (!Thread.currentThread().isInterrupted() && thread != null) {
                    PGNotification[] messages =
                            connection.unwrap(PGConnection.class).getNotifications(50);
                    for (PGNotification message : messages == null ? new PGNotification[0] : messages) {
                        Order order = new Order();
                        order.id = BY_MESSAGE;
                        order.total = Long.parseLong(message.getParameter());
                        orders.save(order);
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            Thread listening = thread;
            thread = null;
            if (listening != null) {
                try {
                    listening.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public boolean isRunning() {
            return thread != null;
        }
    }
}
