package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.GateShutException;
import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.StartReport;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionRetiredException;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** P8: nobody is cut off, unless it is forced. */
@ExtendWith(DatabaseExtension.class)
class GateTest {

    private static final String NEW = "0001_price";
    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private static Fleet fleet(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE items (id bigint PRIMARY KEY, price text NOT NULL)",
                        "INSERT INTO items VALUES (1, '1')")
                .with(NEW, """
                          - alter_column:
                              {table: items, column: price, type: int, up: price::int, down: price::text}
                        """);
    }

    private static List<String> refusals(Database database) {
        return database.jdbc()
                .queryForList(
                        "SELECT act || ' by ' || actor || ': ' || result FROM pgtandem.act WHERE state = 'REFUSED' ORDER BY id",
                        String.class);
    }

    @Test
    void completeIsRefusedWhileAnOlderInstanceLivesAndSaysWhich(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem next = fleet.build(NEW);
        String id;
        try (InstanceRegistration old = fleet.build(Fleet.BASE).register("shop", "host-7");
                InstanceRegistration own = next.register("shop", "host-8")) {
            id = old.id();
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST))
                    .isInstanceOf(GateShutException.class)
                    .hasMessageContaining("shop on host-7")
                    .hasMessageContaining("version " + Fleet.BASE)
                    .hasMessageContaining(id)
                    .message()
                    .doesNotContain("host-8", own.id());
            assertThat(fleet.row(Fleet.BASE, "SELECT price FROM items")).containsEntry("price", "1");
            // The fence is taken away again, so that an old instance may be replaced.
            fleet.build(Fleet.BASE).register("shop", "host-9").close();
        }

        assertThat(refusals(database))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("COMPLETE by test: ")
                .contains("host-7", id);
        assertThat(next.complete(null, false, Fleet.TEST).version()).isEqualTo(NEW);
    }

    @Test
    void rollbackIsRefusedWhileANewerInstanceLivesAndSaysWhich(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem next = fleet.build(NEW);
        try (InstanceRegistration old = fleet.build(Fleet.BASE).register("shop", "host-7");
                InstanceRegistration own = next.register("shop", "host-8")) {
            assertThatThrownBy(() -> next.rollback(null, false, Fleet.TEST))
                    .asInstanceOf(InstanceOfAssertFactories.throwable(GateShutException.class))
                    .hasMessageContaining("shop on host-8")
                    .hasMessageContaining(own.id())
                    .extracting(GateShutException::instances)
                    .asInstanceOf(InstanceOfAssertFactories.list(Status.Instance.class))
                    .extracting(Status.Instance::id)
                    .containsExactly(own.id())
                    .doesNotContain(old.id());
        }

        assertThat(refusals(database)).hasSize(1);
        next.rollback(null, false, Fleet.TEST);
        assertThat(database.jdbc().queryForMap("SELECT * FROM items")).containsEntry("price", "1");
    }

    @Test
    void forceOverridesTheGateAndIsRecorded(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        try (InstanceRegistration old = fleet.build(Fleet.BASE).register("shop", "host-7")) {
            assertThat(old.id()).isNotEmpty();
            fleet.build(NEW).complete(null, true, Fleet.TEST);
        }

        assertThat(database.jdbc()
                        .queryForObject("SELECT forced FROM pgtandem.act WHERE act = 'COMPLETE'", Boolean.class))
                .isTrue();
        assertThat(refusals(database)).isEmpty();
    }

    /** Connections as those of an application that is not registered. */
    private static DataSource opened(Database database, String role, String name) {
        PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource(role, "public");
        source.setApplicationName(name);
        return source;
    }

    @Test
    void sessionsOfAnOlderVersionShutTheGateThoughNoInstanceIsRegistered(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem next = fleet.build(NEW);
        try (Connection old = opened(database, database.user(), "nightly@" + Fleet.BASE)
                        .getConnection();
                Connection own =
                        opened(database, database.user(), "shop@" + NEW).getConnection();
                Connection psql = opened(database, database.user(), "psql").getConnection()) {
            int pid = old.unwrap(PGConnection.class).getBackendPID();
            assertThat(next.status().versions())
                    .extracting(Status.Version::name, Status.Version::sessions)
                    .containsExactly(tuple(Fleet.BASE, 1), tuple(NEW, 1));
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST))
                    .asInstanceOf(InstanceOfAssertFactories.throwable(GateShutException.class))
                    .hasMessageMatching("cannot complete to 0001_price: 1 session would be cut off: session"
                            + " nightly@0000_baseline from 127\\.0\\.0\\.1 \\(pid " + pid + " for \\d+ s\\)\\.\\R"
                            + "The sessions are of no instance that is registered and alive: stop what has opened them, or"
                            + " end them with pg_terminate_backend, and try again, or force\\.")
                    .extracting(GateShutException::sessions)
                    .asInstanceOf(InstanceOfAssertFactories.list(Status.Session.class))
                    .extracting(Status.Session::pid)
                    .containsExactly(pid);
            assertThatThrownBy(() -> next.rollback(null, false, Fleet.TEST))
                    .isInstanceOf(GateShutException.class)
                    .hasMessageContaining("session shop@" + NEW)
                    .message()
                    .doesNotContain("nightly");
            assertThat(own.isValid(1) && psql.isValid(1)).isTrue();
        }

        assertThat(next.complete(null, false, Fleet.TEST).version()).isEqualTo(NEW);
    }

    @Test
    void sessionsAreOnlyNamedWhereNoInstanceOfTheirsIs(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        try (InstanceRegistration old = fleet.build(Fleet.BASE).register("shop", "host-7");
                Connection pooled =
                        opened(database, database.user(), "shop@" + Fleet.BASE).getConnection()) {
            assertThatThrownBy(() -> fleet.build(NEW).complete(null, false, Fleet.TEST))
                    .hasMessageContaining(old.id())
                    .message()
                    .doesNotContain("session");
            assertThat(pooled.isValid(1)).isTrue();
        }
    }

    @Test
    void aRoleThatIsNotToldOfOthersSessionsFindsThemByTheirNames(Database database) throws Exception {
        String cut = "a-rather-long-name-of-a-batch-application@0000_baseline_with_a_long_name".substring(0, 63);
        database.role("others");
        JdbcTemplate migrator = new JdbcTemplate(database.role("migrator"));
        fleet(database);
        database.execute("GRANT USAGE ON SCHEMA pgtandem TO migrator", "GRANT SELECT ON pgtandem.instance TO migrator");
        try (Connection named = opened(database, "others", "shop@0001_price").getConnection();
                Connection longer = opened(database, "others", cut).getConnection()) {
            assertThat(new Sessions(migrator, "public")
                            .of(List.of("0001_price", "0000_baseline_with_a_long_name"), v -> true))
                    .extracting(Status.Session::application, Status.Session::version, Status.Session::address)
                    .containsExactly(
                            tuple("shop", "0001_price", null),
                            tuple("a-rather-long-name-of-a-batch-application", "0000_baseline_with_a_long_name", null));
            assertThat(named.isValid(1) && longer.isValid(1)).isTrue();
        }
    }

    @Test
    void aClosedVersionAnswersOnWhileASessionIsOfIt(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem next = fleet.build(NEW);
        next.complete(null, false, Fleet.TEST);
        database.execute("UPDATE pgtandem.migration SET retired_at = retired_at - interval '2 days'");
        try (Connection old =
                opened(database, database.user(), "shop@" + Fleet.BASE).getConnection()) {
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST)).isInstanceOf(NothingToDoException.class);
            assertThat(next.status().versions())
                    .extracting(Status.Version::name, Status.Version::state, Status.Version::sessions)
                    .contains(tuple(Fleet.BASE, VersionState.RETIRED, 1));
            assertThat(old.isValid(1)).isTrue();
        }
        await().untilAsserted(() -> {
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST)).isInstanceOf(NothingToDoException.class);
            assertThat(next.status().versions())
                    .extracting(Status.Version::name)
                    .containsExactly(NEW);
        });
    }

    @Test
    void completeAfterWaitsUntilOnlyTheNewestVersionWasAliveForSoLong(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem next = fleet.build(NEW);
        Duration hour = Duration.ofHours(1);
        // Nobody has tried the new version yet.
        assertThat(next.completeAfter(Duration.ZERO, Fleet.TEST)).isEmpty();
        try (InstanceRegistration own = next.register("shop", "host-8")) {
            assertThat(own.id()).isNotEmpty();
            assertThat(next.completeAfter(hour, Fleet.TEST)).isEmpty();
            database.execute(
                    "UPDATE pgtandem.migration SET expanded_at = expanded_at - interval '3 hours'",
                    "UPDATE pgtandem.instance SET started_at = started_at - interval '2 hours'");
            InstanceRegistration old = fleet.build(Fleet.BASE).register("shop", "host-7");
            assertThat(next.completeAfter(hour, Fleet.TEST))
                    .as("older one alive")
                    .isEmpty();
            old.close();
            assertThat(next.completeAfter(hour, Fleet.TEST))
                    .as("older one just gone")
                    .isEmpty();
            database.execute("UPDATE pgtandem.instance SET last_seen = last_seen - interval '61 minutes'"
                    + " WHERE version = '" + Fleet.BASE + "'");
            // Neither an old build nor one that has nothing to complete does it.
            assertThat(fleet.build(Fleet.BASE).completeAfter(hour, Fleet.TEST)).isEmpty();

            assertThat(next.completeAfter(hour, Fleet.TEST))
                    .hasValueSatisfying(r -> assertThat(r.version()).isEqualTo(NEW));
            assertThat(next.completeAfter(hour, Fleet.TEST)).isEmpty();
        }
        assertThat(refusals(database)).isEmpty();
    }

    @Test
    void aCompleteWhoseConnectionDiesSaysThatItIsGoneOnWith(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem dying =
                fleet.build(NEW, Fleet.SETTINGS, Between.death(database, sql -> sql.contains(" DROP COLUMN ")));

        assertThatThrownBy(() -> dying.complete(null, false, Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("complete of [" + NEW + "] was cut short")
                .hasMessageContaining("the next instance that starts goes on from the last step that was done");
    }

    @Test
    void completeAfterGoesOnWithACompleteThatGotStuck(Database database) throws Exception {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE a (id bigint PRIMARY KEY, n text)",
                        "CREATE TABLE b (id bigint PRIMARY KEY, n text)")
                .with(NEW, """
                          - alter_column: {table: a, column: n, type: int, up: n::int, down: n::text}
                          - alter_column: {table: b, column: n, type: int, up: n::int, down: n::text}
                        """)
                .live(NEW);
        PgTandem next = fleet.build(NEW, Fleet.waiting(Duration.ofMillis(50), Duration.ofMillis(200)));
        try (InstanceRegistration own = next.register("shop", "host-8");
                Connection reader = database.dataSource().getConnection()) {
            assertThat(own.id()).isNotEmpty();
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT FROM b");
            assertThatThrownBy(() -> next.completeAfter(Duration.ZERO, Fleet.TEST))
                    .isInstanceOf(ActFailedException.class)
                    .hasMessageContaining("it goes on from there");
            reader.rollback();

            assertThat(next.completeAfter(Duration.ZERO, Fleet.TEST))
                    .hasValueSatisfying(r -> assertThat(r.version()).isEqualTo(NEW));
            assertThat(next.completeAfter(Duration.ZERO, Fleet.TEST)).isEmpty();
        }
    }

    @Test
    void whoeverLooksAtAClosedVersionKeepsNobodyFromStarting(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        fleet.build(NEW).complete(null, false, Fleet.TEST);
        database.execute("UPDATE pgtandem.migration SET retired_at = retired_at - interval '2 days'");
        String later = "0099_later";
        fleet.with(later, "\n  - add_column: {table: items, column: {name: later, type: int, nullable: true}}");
        PgTandem next = fleet.build(later, Fleet.waiting(Duration.ofMillis(50), Duration.ofMillis(200)));
        try (Connection looking = database.dataSource().getConnection()) {
            looking.setAutoCommit(false);
            looking.createStatement().execute("EXPLAIN SELECT * FROM " + Fleet.schema(Fleet.BASE) + ".items");

            assertThat(next.start(Fleet.TEST).expanded()).isNotNull();

            assertThat(next.status().versions())
                    .extracting(Status.Version::name, Status.Version::state)
                    .contains(tuple(Fleet.BASE, VersionState.RETIRED), tuple(later, VersionState.LIVE));
        }
    }

    @Test
    void completeAfterCountsNoTimeInWhichNobodyWasAlive(Database database) {
        PgTandem next = fleet(database).live(NEW).build(NEW);
        Duration hour = Duration.ofHours(1);
        database.execute("UPDATE pgtandem.migration SET expanded_at = expanded_at - interval '4 hours'");
        wasAlive(database, "3 hours", "2 hours");
        // Alive when the next one started, and gone before the one after that.
        wasAlive(database, "150 minutes", "50 minutes");
        assertThat(next.completeAfter(hour, Fleet.TEST)).as("nobody alive").isEmpty();
        try (InstanceRegistration own = next.register("shop", "host-8")) {
            database.execute("UPDATE pgtandem.instance SET started_at = started_at - interval '40 minutes'"
                    + " WHERE id = '" + own.id() + "'");
            assertThat(next.completeAfter(hour, Fleet.TEST)).as("after a gap").isEmpty();

            wasAlive(database, "55 minutes", "30 minutes");
            assertThat(next.completeAfter(hour, Fleet.TEST))
                    .hasValueSatisfying(r -> assertThat(r.version()).isEqualTo(NEW));
        }
    }

    /** An instance of the new version that has signed off. */
    private static void wasAlive(Database database, String since, String until) {
        database.jdbc().update("""
                INSERT INTO pgtandem.instance (id, schema, application, host, version, heartbeat_ms, started_at, last_seen)
                VALUES (gen_random_uuid()::text, 'public', 'shop', 'host-7', ?, 0,
                        clock_timestamp() - ?::interval, clock_timestamp() - ?::interval)
                """, NEW, since, until);
    }

    @Test
    void completeAfterLeavesTheGateAloneWhileASessionIsOfAnOlderVersion(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem next = fleet.build(NEW);
        try (InstanceRegistration own = next.register("shop", "host-8");
                Connection old =
                        opened(database, database.user(), "shop@" + Fleet.BASE).getConnection()) {
            assertThat(next.completeAfter(Duration.ZERO, Fleet.TEST)).isEmpty();
            assertThat(refusals(database)).isEmpty();
            old.close();
            await().until(() -> next.completeAfter(Duration.ZERO, Fleet.TEST).isPresent());
            assertThat(own.id()).isNotEmpty();
        }
    }

    @Test
    void sessionsOfAnotherBaseSchemasApplicationDoNotCount(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        database.execute("INSERT INTO pgtandem.instance (id, schema, application, host, version, heartbeat_ms)"
                + " VALUES ('x', 'billing', 'billing', 'host-1', '0000_baseline', 1000)");
        try (Connection other =
                opened(database, database.user(), "billing@" + Fleet.BASE).getConnection()) {
            fleet.build(NEW).complete(null, false, Fleet.TEST);
            assertThat(other.isValid(1)).isTrue();
        }
    }

    @Test
    void whoeverIsInterruptedWhileItWaitsForTheMigratorBeginsNothing(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem next = fleet.build(NEW);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Connection other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + Instances.LOCK_KEY.replace("?", "'public'") + ")");
            Future<?> complete = executor.submit(() -> next.complete(null, false, Fleet.TEST));
            await().until(() -> database.jdbc()
                    .queryForObject(
                            "SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND state = 'idle' AND query LIKE 'SELECT pg_try_advisory_lock%'",
                            Boolean.class));
            executor.shutdownNow();
            assertThatThrownBy(complete::get)
                    .cause()
                    .isInstanceOf(PgTandemException.class)
                    .hasMessage("the thread was interrupted while it waited.\nNothing is lost: try again.");
        }
        // Interrupted just before it had the lock.
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST)).isInstanceOf(PgTandemException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(database.jdbc()
                        .queryForObject("SELECT count(*) FROM pgtandem.act WHERE act = 'COMPLETE'", Long.class))
                .isZero();
        next.complete(null, false, Fleet.TEST);
    }

    @Test
    void aCompleteThatIsInterruptedBeforeItHasItsFirstLockIsCalledOff(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem next = fleet.build(NEW, () -> Thread.currentThread().interrupt());
        try (Connection reader = database.dataSource().getConnection();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT * FROM items");
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST))
                    .isInstanceOf(ActFailedException.class)
                    .hasMessage("complete of [0001_price] failed: the thread was interrupted while it waited.\n"
                            + "Nothing has changed. Correct the cause and try again.");
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(database.jdbc().queryForList("SELECT state FROM pgtandem.act WHERE act = 'COMPLETE'", String.class))
                .containsExactly("FAILED");
        fleet.build(Fleet.BASE).register("shop", "host-7").close();
        fleet.build(NEW).complete(null, false, Fleet.TEST);
    }

    /** Of a table that was as it is, it goes on reading; not of one that is changed later, in flight or settled. */
    @Test
    void aRetiredInstanceThatLivesNeverReadsOrWritesANewerShape(Database database) {
        String later = "0002_customer";
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE items (id bigint PRIMARY KEY, price text NOT NULL)",
                        "CREATE TABLE orders (id bigint PRIMARY KEY, customer text)",
                        "INSERT INTO items VALUES (1, '1')",
                        "INSERT INTO orders VALUES (1, 'Ann')")
                .with(NEW, """
                          - alter_column:
                              {table: items, column: price, type: int, up: price::int, down: price::text}
                        """)
                .with(later, """
                          - rename_column: {table: orders, from: customer, to: buyer}
                          - add_column: {table: orders, column: {name: paid, type: boolean, default: "false"}}
                        """);
        fleet.live(NEW);
        try (InstanceRegistration old = fleet.build(Fleet.BASE).register("shop", "host-7")) {
            assertThat(old.id()).isNotEmpty();
            fleet.build(NEW).complete(null, true, Fleet.TEST);
            JdbcTemplate retired = fleet.at(Fleet.BASE);
            refusesAll(retired, "items", "price");
            assertThat(retired.queryForObject("SELECT customer FROM orders", String.class))
                    .isEqualTo("Ann");

            fleet.live(later);
            refusesAll(retired, "orders", "customer");
            fleet.build(later).complete(null, true, Fleet.TEST);
            refusesAll(retired, "orders", "customer");
            refusesAll(retired, "items", "price");
        }
        assertThat(fleet.row(later, "SELECT buyer, paid FROM orders"))
                .containsEntry("buyer", "Ann")
                .containsEntry("paid", false);
    }

    private static void refusesAll(JdbcTemplate retired, String table, String column) {
        for (String statement : List.of(
                "SELECT * FROM " + table,
                "INSERT INTO " + table + " (id, " + column + ") VALUES (7, '7')",
                "UPDATE " + table + " SET " + column + " = '8'",
                "DELETE FROM " + table)) {
            assertThatThrownBy(() -> retired.execute(statement), statement)
                    .as(statement)
                    .hasMessageContaining("schema version " + Fleet.BASE + " was retired by completing " + NEW
                            + "; this instance is too old");
        }
    }

    @Test
    void aVersionThatIsClosedTakesNoNewInstance(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        PgTandem old = fleet.build(Fleet.BASE);
        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThatThrownBy(() -> old.register("shop", "host-7"))
                .isInstanceOf(VersionRetiredException.class)
                .hasMessageContaining(Fleet.BASE);
        assertThat(old.status().instances()).isEmpty();
        fleet.build(NEW).register("shop", "host-8").close();
    }

    @Test
    void aVersionThatIsBeingClosedTakesNoNewInstance(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Connection reader = database.dataSource().getConnection();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT * FROM items");
            Future<?> complete = executor.submit(() -> fleet.build(NEW).complete(null, false, Fleet.TEST));
            await().until(() -> database.jdbc()
                    .queryForObject("SELECT count(*) = 1 FROM pgtandem.act WHERE state = 'RUNNING'", Boolean.class));
            assertThatThrownBy(() -> fleet.build(Fleet.BASE).register("shop", "host-7"))
                    .isInstanceOf(VersionRetiredException.class)
                    .hasMessageContaining("is being closed");
            assertThat(complete).isNotDone();
            reader.commit();
            complete.get();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void anInstanceThatMissesThreeBeatsIsDead(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        Settings settings = Fleet.beating(HEARTBEAT);
        AtomicBoolean cut = new AtomicBoolean();
        DataSource cable = new DelegatingDataSource(database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (cut.get()) {
                    throw new SQLException("the cable is cut");
                }
                return super.getConnection();
            }
        };
        PgTandem next = fleet.build(NEW, settings);
        try (InstanceRegistration old = fleet.build(Fleet.BASE, settings, cable).register("shop", "host-7")) {
            // Three beats after its start it would be dead if it had not beaten since.
            await().until(() -> next.status().instances().stream()
                    .anyMatch(i -> i.lastSeen().isAfter(i.started().plus(HEARTBEAT.multipliedBy(6)))));
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST))
                    .isInstanceOf(GateShutException.class)
                    .hasMessageContaining(old.id());

            cut.set(true);
            await().until(() -> next.status().instances().isEmpty());
            next.complete(null, false, Fleet.TEST);
        }
        assertThat(next.status().versions())
                .filteredOn(v -> v.name().equals(NEW))
                .extracting(Status.Version::state)
                .containsExactly(VersionState.BASE);
    }

    @Test
    void manyInstancesThatStartAtOnceExpandOnce(Database database) throws Exception {
        Fleet fleet = fleet(database);
        int instances = 10;
        CyclicBarrier barrier = new CyclicBarrier(instances);
        ExecutorService executor = Executors.newFixedThreadPool(instances);
        try {
            List<Future<StartReport>> starts = new ArrayList<>();
            for (int i = 0; i < instances; i++) {
                starts.add(executor.submit(() -> {
                    PgTandem engine = fleet.build(NEW);
                    barrier.await();
                    return engine.start(Fleet.TEST);
                }));
            }
            List<StartReport> reports = new ArrayList<>();
            for (Future<StartReport> start : starts) {
                reports.add(start.get());
            }
            assertThat(reports).extracting(r -> r.pin().version()).containsOnly(NEW);
            assertThat(reports).filteredOn(r -> r.expanded() != null).hasSize(1);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdown();
        }

        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pgtandem.act WHERE act = 'EXPAND' AND migrations <> '{}'",
                                Long.class))
                .isOne();
        assertThat(fleet.row(NEW, "SELECT price FROM items")).containsEntry("price", 1);
    }

    @Test
    void manyInstancesThatMeetAFreshDatabaseInstallOnce(Database database) throws Exception {
        database.execute("CREATE TABLE items (id bigint PRIMARY KEY, price text NOT NULL)");
        Fleet fleet =
                Fleet.unstarted(database).with(NEW, "  - drop_column: {table: items, column: price, down: \"'1'\"}\n");
        int instances = 10;
        CyclicBarrier barrier = new CyclicBarrier(instances);
        ExecutorService executor = Executors.newFixedThreadPool(instances);
        try {
            List<Future<StartReport>> starts = new ArrayList<>();
            for (int i = 0; i < instances; i++) {
                starts.add(executor.submit(() -> {
                    barrier.await();
                    return fleet.build(NEW).start(Fleet.TEST);
                }));
            }
            int expanded = 0;
            for (Future<StartReport> start : starts) {
                expanded += start.get().expanded() == null ? 0 : 1;
            }
            assertThat(expanded).isOne();
        } finally {
            executor.shutdown();
        }
    }
}
