package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.GateShutException;
import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.StartReport;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionRetiredException;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.WatchedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A rollback ends an expand that is under way, instead of waiting for it. */
@ExtendWith(DatabaseExtension.class)
class CallOffTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_upper";
    private static final String LOWER =
            "\n  - alter_column: {table: people, column: name, type: text, up: lower(name), down: upper(name)}";
    private static final Actor OPS = new Actor("ops", "endpoint");

    private Database database;
    private Fleet fleet;
    private Catalogue before;

    @BeforeEach
    void people(Database fresh) {
        database = fresh;
        fleet = Fleet.on(
                        database,
                        "CREATE TABLE people (id int PRIMARY KEY, name text)",
                        "INSERT INTO people SELECT n, 'First' || n FROM generate_series(1, 1000) AS n")
                .with(NEW, """
                          - alter_column:
                              table: people
                              column: name
                              type: varchar(100)
                              nullable: false
                              up: upper(name)
                              down: lower(name)
                        """);
        before = fleet.catalogue();
    }

    @Test
    void whileItFillsRows() {
        CompletableFuture<StartReport> start = startedUntilPaused(NEW);

        ActReport report = fleet.build(OLD).rollback(null, false, OPS);

        assertThat(report.act()).isEqualTo(Act.ROLLBACK);
        assertThat(report.migrations()).containsExactly(NEW);
        assertThat(report.version()).isEqualTo(OLD);
        assertThatThrownBy(start::join)
                .hasRootCauseInstanceOf(ActFailedException.class)
                .hasMessageContaining("expand of [" + NEW + "] failed and was rolled back: called off by ops.")
                .hasMessageContaining("Start this build again when its migrations are to be expanded.");
        isAsBefore();
        assertThat(migration(NEW).state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration(NEW).error()).isEqualTo("called off by ops");
        startsAgain();
    }

    @Test
    void afterWhoeverExpandedHasDied() {
        CompletableFuture<StartReport> start = startedUntilPaused(NEW);
        database.jdbc()
                .queryForList(
                        "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted");
        assertThatThrownBy(start::join).hasMessageContaining("was cut short");

        // Still paused: it would wait for ever if it went on to fill rows.
        assertThat(fleet.build(OLD).rollback(null, false, OPS).migrations()).containsExactly(NEW);

        isAsBefore();
        startsAgain();
    }

    @Test
    void whoeverWaitsForItDoesNotBeginItAnew() {
        CompletableFuture<StartReport> start = startedUntilPaused(NEW);
        CompletableFuture<StartReport> other = async(NEW);
        await().until(() -> database.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT v ->> %'",
                                Integer.class)
                > 0);

        fleet.build(OLD).rollback(null, false, OPS);

        assertThatThrownBy(start::join).hasMessageContaining("called off by ops");
        assertThatThrownBy(other::join)
                .hasMessageContaining(
                        "the expand of [" + NEW + "] failed while this instance waited for it: called off by ops.");
        isAsBefore();
    }

    @Test
    void whileItWaitsForALock() throws SQLException {
        CompletableFuture<StartReport> start;
        try (Connection reader = database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT FROM people");
            start = async(NEW);
            await().until(() -> migration(NEW).state() == MigrationState.EXPANDING);

            fleet.build(OLD).rollback(null, false, OPS);

            assertThatThrownBy(start::join).hasMessageContaining("called off by ops");
        }
        isAsBefore();
    }

    @Test
    void whileAStatementTakesVeryLong() {
        fleet.with("0002_long", "\n  - sql: {up: SELECT pg_sleep(3600), down: SELECT 1}");
        CompletableFuture<StartReport> start = async("0002_long");
        await().until(() -> database.jdbc()
                .queryForList("SELECT query FROM pg_stat_activity WHERE state = 'active'", String.class)
                .contains("SELECT pg_sleep(3600)"));

        fleet.build(OLD).rollback(null, false, OPS);

        assertThatThrownBy(start::join).hasMessageContaining("called off by ops");
        isAsBefore();
        assertThat(migration(NEW).state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void onlyWhatIsAboveTheVersionToGoBackTo() {
        fleet.with("0002_lower", LOWER).live(NEW);
        CompletableFuture<StartReport> start = startedUntilPaused("0002_lower");

        ActReport report = fleet.build(NEW).rollback(NEW, false, OPS);

        assertThat(report.migrations()).containsExactly("0002_lower");
        assertThat(report.version()).isEqualTo(NEW);
        assertThatThrownBy(start::join).hasMessageContaining("called off by ops");
        assertThat(fleet.row(NEW, "SELECT name FROM people WHERE id = 1")).containsEntry("name", "FIRST1");
    }

    @Test
    void withEverythingElseAboveTheVersionToGoBackTo() {
        fleet.with("0002_lower", LOWER).live(NEW);
        CompletableFuture<StartReport> start = startedUntilPaused("0002_lower");

        assertThat(fleet.build(OLD).rollback(null, false, OPS).version()).isEqualTo(OLD);

        assertThatThrownBy(start::join).hasMessageContaining("called off by ops");
        isAsBefore();
    }

    @Test
    void notWhereItsInstancesWouldBeCutOff() {
        fleet.build(NEW).open(Fleet.TEST);
        try (InstanceRegistration instance = fleet.build(NEW).register("shop", "host-7")) {
            refused(() -> fleet.build(OLD).rollback(null, false, OPS));
            assertThat(fleet.build(NEW).start(Fleet.TEST).ready()).isTrue();
        }
    }

    @Test
    void notWhereInstancesBelowItWouldBeCutOff() {
        fleet.with("0002_lower", LOWER).live(NEW);
        try (InstanceRegistration instance = fleet.build(NEW).register("shop", "host-7")) {
            CompletableFuture<StartReport> start = startedUntilPaused("0002_lower");
            refused(() -> fleet.build(OLD).rollback(null, false, OPS));
            fleet.build(OLD).backfill(false, Map.of(), Fleet.TEST);
            assertThat(start.join().ready()).isTrue();
        }
    }

    @Test
    void byForceAlsoWhereItsInstancesAreCutOff() {
        fleet.build(NEW).open(Fleet.TEST);
        try (InstanceRegistration instance = fleet.build(NEW).register("shop", "host-7")) {
            fleet.build(OLD).rollback(null, true, OPS);

            assertThatThrownBy(() -> fleet.at(NEW).queryForList("SELECT * FROM people"))
                    .hasMessageContaining("schema version " + NEW + " was removed by rolling back to " + OLD);
        }
    }

    @Test
    void notWithoutTheGateWhereItOpensInTheSameMoment() {
        AtomicReference<CompletableFuture<ActReport>> rollback = new AtomicReference<>();
        AtomicBoolean opening = new AtomicBoolean();
        CountDownLatch mayLock = new CountDownLatch(1);
        PgTandem opener = fleet.build(NEW, Fleet.SETTINGS, Between.statements(database, (connection, sql, alone) -> {
            opening.compareAndSet(false, !alone && sql.startsWith("CREATE SCHEMA IF NOT EXISTS") && isExpanding());
            if (sql.equals(WatchedDataSource.COMMIT) && opening.get() && rollback.get() == null) {
                rollback.set(CompletableFuture.supplyAsync(
                        () -> withLockFrom(mayLock).rollback(null, false, OPS)));
                // It sees the version closed, and waits for this transaction.
                await().until(() ->
                        database.jdbc().queryForObject("SELECT count(*) FROM pg_locks WHERE NOT granted", Integer.class)
                                > 0);
            }
        }));

        assertThat(opener.open(Fleet.TEST).ready()).isFalse();
        awaitCalledOff();
        assertThatThrownBy(() -> fleet.build(NEW).register("shop", "host-7"))
                .isInstanceOf(VersionRetiredException.class);

        mayLock.countDown();
        assertThat(rollback.get().join().migrations()).containsExactly(NEW);
        isAsBefore();
    }

    private void awaitCalledOff() {
        await().until(() -> database.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pgtandem.act WHERE called_off_by IS NOT NULL", Integer.class)
                > 0);
    }

    @Test
    void noInstanceIsLetInOnceItIsCalledOff() {
        CountDownLatch mayLock = new CountDownLatch(1);
        database.role("app");
        fleet.build(NEW).open(Fleet.TEST);
        CompletableFuture<ActReport> rollback =
                CompletableFuture.supplyAsync(() -> withLockFrom(mayLock).rollback(null, false, OPS));
        awaitCalledOff();

        // Whoever has the lock for a moment takes down what others have left at the gate.
        fleet.build(NEW).pinRole("app", List.of(Fleet.schema(NEW), "public"), Fleet.TEST);
        assertThatThrownBy(() -> fleet.build(NEW).register("shop", "host-7")).hasMessageContaining(NEW);

        mayLock.countDown();
        assertThat(rollback.join().migrations()).containsExactly(NEW);
    }

    @Test
    void whereItDoesNotComeToItsEndLiveVersionsGoOn() {
        fleet.with("0002_lower", LOWER).live(NEW);
        CompletableFuture<StartReport> start = startedUntilPaused("0002_lower");
        database.jdbc()
                .queryForList(
                        "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted");
        assertThatThrownBy(start::join).hasMessageContaining("was cut short");
        PgTandemListener busy = new PgTandemListener() {
            @Override
            public Optional<String> whyLockWaits(List<String> tables) {
                return Optional.of("a standby reads " + tables);
            }
        };
        Settings hasty = Fleet.waiting(Duration.ofMillis(100), Duration.ofMillis(300));

        assertThatThrownBy(() -> fleet.build(OLD, hasty, busy).rollback(null, false, OPS))
                .hasMessageContaining("a standby reads");

        assertThat(fleet.build(NEW, hasty, busy).start(Fleet.TEST).ready()).isTrue();
        fleet.build(NEW).register("shop", "host-7").close();
        assertThat(fleet.build(OLD).rollback(null, false, OPS).version()).isEqualTo(OLD);
        isAsBefore();
    }

    @Test
    void whoeverStartsItAnewUndoesItWhereNobodyElseHas() {
        fleet.build(NEW).open(Fleet.TEST);
        database.execute("UPDATE pgtandem.act SET called_off_by = 'ops' WHERE state = 'RUNNING'");

        assertThatThrownBy(() -> fleet.build(NEW).open(Fleet.TEST)).hasMessageContaining("called off by ops");
        isAsBefore();

        assertThat(fleet.build(NEW).open(Fleet.TEST).ready()).isFalse();
        startsAgain();
    }

    @Test
    void whoeverHasJustOpenedItUndoesIt() {
        PgTandem opener = fleet.build(
                NEW,
                Fleet.SETTINGS,
                Between.steps(
                        database,
                        () -> database.execute("UPDATE pgtandem.act a SET called_off_by = 'ops' WHERE state = 'RUNNING'"
                                + " AND EXISTS (SELECT FROM pgtandem.step s WHERE s.act = a.id AND s.done_at IS NOT NULL"
                                + " AND s.body ->> 'description' LIKE 'open version%')")));

        assertThatThrownBy(() -> opener.open(Fleet.TEST)).hasMessageContaining("called off by ops");

        isAsBefore();
        startsAgain();
    }

    @Test
    void notAFirstInstallation(Database empty) {
        Fleet first = Fleet.unstarted(empty).without(OLD).with("0001_t", """
                          - create_table: {name: t, columns: [{name: id, type: int, pk: true}]}
                          - sql: {up: SELECT pg_sleep(2)}
                        """);
        Settings settings = Settings.forSchema("public");
        CompletableFuture<StartReport> start = CompletableFuture.supplyAsync(
                () -> first.build("0001_t", settings).start(Fleet.TEST));
        await().until(() -> empty.jdbc()
                .queryForList(
                        "SELECT query FROM pg_stat_activity WHERE state = 'active' AND datname = current_database()",
                        String.class)
                .contains("SELECT pg_sleep(2)"));

        assertThatThrownBy(() -> first.build("0001_t", settings).rollback(null, false, OPS))
                .isInstanceOf(NothingToDoException.class);

        assertThat(start.join().ready()).isTrue();
    }

    private PgTandem withLockFrom(CountDownLatch may) {
        return fleet.build(OLD, Fleet.SETTINGS, Between.statements(database, (connection, sql, alone) -> {
            if (sql.contains("pg_try_advisory_lock")) {
                try {
                    may.await();
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
            }
        }));
    }

    private boolean isExpanding() {
        return Boolean.TRUE.equals(database.jdbc()
                .queryForObject(
                        "SELECT EXISTS (SELECT FROM pgtandem.act WHERE state = 'RUNNING' AND migrations <> '{}')",
                        Boolean.class));
    }

    private void refused(ThrowingCallable rollback) {
        assertThatThrownBy(rollback)
                .isInstanceOf(GateShutException.class)
                .hasMessageContaining("cannot roll back to ")
                .hasMessageContaining("1 instance would be cut off")
                .hasMessageContaining("host-7");
    }

    private CompletableFuture<StartReport> startedUntilPaused(String version) {
        PgTandem build = fleet.build(version);
        build.backfill(true, Map.of(), Fleet.TEST);
        CompletableFuture<StartReport> start = async(version);
        await().until(() -> build.status().backfills().stream()
                .anyMatch(b -> b.throttled() != null && b.throttled().startsWith("paused")));
        return start;
    }

    private CompletableFuture<StartReport> async(String version) {
        return CompletableFuture.supplyAsync(() -> fleet.build(version).start(Fleet.TEST));
    }

    private Status.Migration migration(String name) {
        return fleet.build(NEW).status().migrations().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void isAsBefore() {
        assertThat(before.difference(fleet.catalogue())).isEmpty();
        assertThat(fleet.row(OLD, "SELECT name FROM people WHERE id = 1")).containsEntry("name", "First1");
    }

    private void startsAgain() {
        fleet.build(OLD).backfill(false, Map.of(), Fleet.TEST);
        assertThat(fleet.build(NEW).start(Fleet.TEST).ready()).isTrue();
        assertThat(fleet.row(NEW, "SELECT name FROM people WHERE id = 1")).containsEntry("name", "FIRST1");
    }
}
