package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.Actor;
import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.BackfillSettings;
import io.github.pgtandem.Hours;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** What holds a backfill is named, and holds it no longer than it is there; locked rows do not hold it. */
@ExtendWith(DatabaseExtension.class)
class BackfillTest {

    private static final String NEW = "0001_cents";
    private static final int ROWS = 20_000;
    private static final Actor OPERATOR = new Actor("maria", "test");
    private static final int MESSAGES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Database database;
    private Fleet fleet;

    @BeforeEach
    void rows(Database fresh) {
        database = fresh;
        fleet = Fleet.on(
                        database,
                        "CREATE TABLE orders (id int PRIMARY KEY, total int NOT NULL)",
                        "INSERT INTO orders SELECT n, n FROM generate_series(1, " + ROWS + ") AS n",
                        "CREATE TABLE reasons (text text)",
                        "ANALYZE orders")
                .with(NEW, """
                          - alter_column:
                              table: orders
                              column: total
                              type: bigint
                              up: total * 100
                              down: total / 100
                        """);
    }

    @Test
    void aLockedRowIsLeftForTheEnd() throws Exception {
        try (Connection hot = database.dataSource().getConnection();
                Statement statement = hot.createStatement()) {
            PgTandem engine = fleet.build(NEW);
            engine.backfill(true, Map.of(), OPERATOR);
            CompletableFuture<Void> start = start(limits(BackfillLimits.NONE));
            awaitReason("paused by maria");
            hot.setAutoCommit(false);
            statement.execute("SELECT FROM orders WHERE id = 7 FOR UPDATE");
            engine.backfill(false, Map.of(), OPERATOR);
            await().atMost(PATIENCE)
                    .until(
                            () -> backfill().map(Status.Backfill::rowsDone),
                            done -> done.equals(Optional.of(ROWS - 1L)));
            assertThat(start).isNotDone();
            hot.rollback();
            start.join();
        }
        assertFilled();
    }

    @Test
    void aPageThatTakesLongerThanABatchMayIsFilledAllTheSame() {
        database.execute(
                "CREATE TABLE heaps (n int)",
                "INSERT INTO heaps SELECT generate_series(1, 150)",
                "CREATE FUNCTION slow(n int) RETURNS int LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM pg_sleep(0.01); RETURN n + 1; END'");
        Fleet heaps = Fleet.unstarted(database)
                .with(NEW, "\n  - alter_column: {table: heaps, column: n, type: bigint, up: slow(n), down: n - 1}");
        BackfillSettings hasty = new BackfillSettings(8, 8, Duration.ofMillis(1), 0, BackfillLimits.NONE);

        fleet = heaps;
        start(Fleet.SETTINGS.withBackfill(hasty)).join();

        assertThat(fleet.row(NEW, "SELECT sum(n) AS n FROM heaps").get("n"))
                .hasToString(String.valueOf(151L * 75 + 150));
    }

    @Test
    void anOperatorHoldsItAndIsNamed() {
        PgTandem engine = fleet.build(NEW);
        engine.backfill(true, Map.of("batchTime", "20ms"), OPERATOR);
        CompletableFuture<Void> start = start(limits(BackfillLimits.NONE));

        awaitReason("paused by maria");
        assertThat(engine.status().control())
                .satisfies(said -> assertThat(said.knobs()).isEqualTo(Map.of("batchTime", "20ms")))
                .satisfies(said -> assertThat(said.by()).isEqualTo("maria"));
        engine.backfill(false, Map.of("batchTime", "default"), new Actor("otto", "test"));
        start.join();
        assertThat(engine.status().control().knobs()).isEmpty();
        assertFilled();
    }

    @Test
    void aProbeHoldsIt() {
        database.execute("INSERT INTO reasons VALUES ('the shop is on television')");
        CompletableFuture<Void> start = start(limits(probing("SELECT max(text) FROM reasons")));

        awaitReason("your probe says \"the shop is on television\" (pgtandem.backfill.limits.probe)");
        database.execute("DELETE FROM reasons");
        start.join();
        assertFilled();
    }

    @Test
    void aProbeThatFailsIsToldAndHoldsItOnlyWhereThatIsWanted() {
        start(limits(probing("SELECT 1 / 0"))).join();
        assertThat(backfill().orElseThrow().unknown())
                .singleElement()
                .satisfies(u -> assertThat(u).startsWith("probe: ").contains("division by zero"));
        assertFilled();

        fleet.build(NEW).rollback(null, false, Fleet.TEST);
        BackfillLimits strict = new BackfillLimits(
                Duration.ZERO, 0, 0, 0, Duration.ZERO, false, "SELECT 1 / (SELECT count(*) FROM reasons)", null, true);
        fleet.with("0002_again", """
                  - alter_column: {table: orders, column: total, type: bigint, up: total * 100, down: total / 100}
                """);
        CompletableFuture<Void> start = start("0002_again", limits(strict));
        awaitReason("unknown: probe: ");
        database.execute("INSERT INTO reasons VALUES ('x')");
        // One row makes the quotient 1, which is a reason, too.
        awaitReason("your probe says \"1\"");
        database.execute("INSERT INTO reasons VALUES ('y')");
        start.join();
    }

    @Test
    void whoWaitsForALockOnTheTableHoldsIt() throws Exception {
        try (Connection reader = database.dataSource().getConnection();
                Statement reads = reader.createStatement();
                Connection other = database.dataSource().getConnection();
                Statement locks = other.createStatement()) {
            PgTandem engine = fleet.build(NEW);
            engine.backfill(true, Map.of(), OPERATOR);
            CompletableFuture<Void> start =
                    start(limits(new BackfillLimits(Duration.ZERO, 0, 0, 1, Duration.ZERO, false, null, null, false)));
            awaitReason("paused by maria");
            reader.setAutoCommit(false);
            reads.execute("SELECT FROM orders LIMIT 1");
            CompletableFuture<Void> lock = CompletableFuture.runAsync(() -> {
                try {
                    other.setAutoCommit(false);
                    locks.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
                    other.rollback();
                } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(PATIENCE)
                    .until(() -> database.jdbc()
                            .queryForObject("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted", Boolean.class));
            engine.backfill(false, Map.of(), OPERATOR);
            awaitReason("1 sessions wait for locks on the table (pgtandem.backfill.limits.lock-waiters=1)");
            reader.rollback();
            lock.join();
            start.join();
        }
        assertFilled();
    }

    @Test
    void anOldTransactionHoldsItAndIsNamed() throws Exception {
        try (Connection old = database.dataSource().getConnection();
                Statement statement = old.createStatement()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SET application_name = 'report'");
            statement.execute("SELECT FROM reasons");
            CompletableFuture<Void> start = start(limits(
                    new BackfillLimits(Duration.ZERO, 0, 0, 0, Duration.ofMillis(50), false, null, null, false)));
            awaitReason("(report) has been in a transaction for ");
            old.rollback();
            start.join();
        }
        assertFilled();
    }

    @Test
    void aSlotThatNobodyReadsHoldsIt() {
        String slot = "slot_" + database.name();
        database.execute("SELECT pg_create_physical_replication_slot('" + slot + "', true)");
        try {
            CompletableFuture<Void> start =
                    start(limits(new BackfillLimits(Duration.ZERO, 1, 0, 0, Duration.ZERO, false, null, null, false)));
            awaitReason("replication slot " + slot + " holds back ");
            awaitReason(" of WAL and nobody reads it (pgtandem.backfill.limits.slot-backlog=0 MB)");
            database.execute("SELECT pg_drop_replication_slot('" + slot + "')");
            start.join();
        } finally {
            database.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
                    + slot + "'");
        }
        assertFilled();
    }

    @Test
    void aStandbyThatIsBehindHoldsIt() throws Exception {
        Properties replication = new Properties();
        replication.setProperty("user", database.user());
        replication.setProperty("replication", "true");
        replication.setProperty("assumeMinServerVersion", "15");
        replication.setProperty("preferQueryMode", "simple");
        replication.setProperty("ApplicationName", "replica_1");
        LogSequenceNumber before = position();
        try (Connection standby = DriverManager.getConnection(database.jdbcUrl(), replication);
                PGReplicationStream stream = standby.unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .physical()
                        .withStartPosition(before)
                        .start()) {
            report(stream, before);
            CompletableFuture<Void> start = start(Fleet.SETTINGS.withBackfill(new BackfillSettings(
                    1,
                    8,
                    Duration.ofMillis(1),
                    10,
                    new BackfillLimits(Duration.ofMillis(300), 0, 0, 0, Duration.ZERO, false, null, null, false))));
            await().atMost(PATIENCE).until(() -> {
                report(stream, before);
                return reason().contains("standby replica_1");
            });
            assertThat(reason()).contains(" s behind (pgtandem.backfill.limits.replication-lag=0.3 s)");
            await().atMost(PATIENCE).until(() -> {
                report(stream, position());
                return reason().isEmpty();
            });
            fleet.build(NEW).backfill(null, Map.of("window", "2048", "rest", "0", "replicationLag", "0"), OPERATOR);
            start.join();
        }
        assertFilled();
    }

    @Test
    void theApplicationHoldsIt() {
        AtomicReference<Optional<String>> why = new AtomicReference<>(Optional.of("17 threads wait"));
        CompletableFuture<Void> start =
                CompletableFuture.runAsync(() -> fleet.build(NEW, limits(BackfillLimits.NONE), new PgTandemListener() {
                            @Override
                            public Optional<String> whyBackfillWaits() {
                                return why.get();
                            }
                        })
                        .start(Fleet.TEST));
        awaitReason("17 threads wait");
        why.set(Optional.empty());
        start.join();
        assertFilled();
    }

    @Test
    void outsideItsHoursItWaitsUntilAnotherInstanceGoesOnWithoutThem() throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        Hours never = new Hours(now.plusHours(2), now.plusHours(3), ZoneOffset.UTC);
        Thread first = new Thread(() -> {
            try {
                fleet.build(
                                NEW,
                                limits(new BackfillLimits(
                                        Duration.ZERO, 0, 0, 0, Duration.ZERO, false, null, never, false)))
                        .start(Fleet.TEST);
            } catch (RuntimeException e) {
                // It is interrupted.
            }
        });
        first.start();
        awaitReason("it is to run from " + never + " only (pgtandem.backfill.limits.hours)");
        first.interrupt();
        first.join();

        start(limits(BackfillLimits.NONE)).join();
        assertFilled();
    }

    private static BackfillLimits probing(String sql) {
        return new BackfillLimits(Duration.ZERO, 0, 0, 0, Duration.ZERO, false, sql, null, false);
    }

    private static Settings limits(BackfillLimits limits) {
        BackfillSettings defaults = BackfillSettings.DEFAULTS;
        return Fleet.SETTINGS.withBackfill(new BackfillSettings(
                defaults.window(), defaults.stripes(), defaults.batchTime(), defaults.rest(), limits));
    }

    private CompletableFuture<Void> start(Settings settings) {
        return start(NEW, settings);
    }

    private CompletableFuture<Void> start(String version, Settings settings) {
        return CompletableFuture.runAsync(() -> fleet.build(version, settings).start(Fleet.TEST));
    }

    private Optional<Status.Backfill> backfill() {
        return fleet.build(NEW).status().backfills().stream().findFirst();
    }

    private String reason() {
        return backfill().map(Status.Backfill::throttled).orElse("");
    }

    private void awaitReason(String reason) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(reason()).contains(reason));
    }

    private LogSequenceNumber position() {
        // No standby can ask for, or have replayed, what is written but not flushed yet.
        return LogSequenceNumber.valueOf(
                database.jdbc().queryForObject("SELECT pg_current_wal_flush_lsn()::text", String.class));
    }

    private static void report(PGReplicationStream stream, LogSequenceNumber replayed) throws Exception {
        // What it reads does not matter, only what it reports; but it must not be cut off for reading nothing.
        for (int i = 0; i < MESSAGES && stream.readPending() != null; i++) {}
        stream.setFlushedLSN(replayed);
        stream.setAppliedLSN(replayed);
        stream.forceUpdateStatus();
    }

    private void assertFilled() {
        assertThat(fleet.row(NEW, "SELECT count(*) AS n, sum(total) AS total FROM orders"))
                .containsEntry("n", (long) ROWS)
                .satisfies(
                        row -> assertThat(row.get("total")).hasToString(String.valueOf(100L * ROWS * (ROWS + 1) / 2)));
        Status.Backfill done = backfill().orElseThrow();
        assertThat(done.done()).isTrue();
        assertThat(done.throttled()).isNull();
        assertThat(done.secondsLeft()).isNull();
        assertThat(done.rowsPerSecond()).isPositive();
    }
}
