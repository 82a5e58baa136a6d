package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.Actor;
import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.BackfillSettings;
import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Backfills where others rewrite tables, lock rows, hide what they do, or have settings of their own. */
@ExtendWith(DatabaseExtension.class)
class BackfillEdgesTest {

    private static final String NEW = "0001_cents";
    private static final String MIGRATOR = "edges_migrator";
    private static final int ROWS = 20_000;
    private static final Actor OPERATOR = new Actor("maria", "test");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Database database;
    private Fleet fleet;

    @BeforeEach
    void orders(Database fresh) {
        database = fresh;
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, total int, note text)",
                "INSERT INTO orders SELECT n, n FROM generate_series(1, " + ROWS + ") AS n",
                "CREATE TABLE reasons (text text)",
                "ANALYZE orders");
        fleet = migrating("total * 100");
    }

    private Fleet migrating(String up) {
        return Fleet.unstarted(database).with(NEW, """
                          - alter_column: {table: orders, column: total, type: bigint, up: %s, down: total / 100}
                        """.formatted(up));
    }

    @Test
    void aRowLeftForLaterIsFoundAlsoWhereTheTableIsRewrittenMeanwhile() throws Exception {
        AtomicBoolean moved = new AtomicBoolean();
        try (Connection hot = database.dataSource().getConnection()) {
            build(new BackfillSettings(4, 1, Duration.ofMillis(200), 0, BackfillLimits.NONE), new PgTandemListener() {
                        @Override
                        public Optional<String> whyBackfillWaits() {
                            if (!moved.get()) {
                                lock(hot, ROWS);
                            }
                            return Optional.empty();
                        }

                        @Override
                        public void backfill(String table, long done, long total) {
                            if (isEarlyInSweep() && moved.compareAndSet(false, true)) {
                                rollBack(hot);
                                database.execute("VACUUM FULL orders");
                            }
                        }
                    })
                    .start(Fleet.TEST);
        }
        assertThat(moved).isTrue();
        assertThat(fleet.row(NEW, "SELECT total FROM orders WHERE id = " + ROWS))
                .containsEntry("total", 100L * ROWS);
    }

    private boolean isEarlyInSweep() {
        return isInBackfill("sweeping AND page BETWEEN pages * 0.2 AND pages * 0.5");
    }

    @Test
    void rowsThatAreToHaveNoValueAreNotWrittenAndCountedAgainBySweeps() {
        fleet = migrating("total * NULL");
        fleet.build(Fleet.BASE).start(Fleet.TEST);
        long before = updates();
        // A window that is cut would begin anew with rows that still have no value.
        build(new BackfillSettings(2048, 12, Duration.ofSeconds(1), 0, BackfillLimits.NONE))
                .start(Fleet.TEST);

        // A few move into a window that is still to come.
        assertThat(updates() - before).isBetween((long) ROWS, ROWS * 11L / 10);
        assertThat(backfill().rowsDone()).isBetween((long) ROWS, ROWS * 11L / 10);
    }

    /** What is noted on a page that was written before a checkpoint puts the whole page into the WAL. */
    @Test
    void theSweepHasNothingLeftToNoteOnPages() {
        database.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = on', current_database()); END $$");
        long[] noted = {-1};
        build(new BackfillSettings(8, 12, Duration.ofSeconds(1), 0, BackfillLimits.NONE), new PgTandemListener() {
                    @Override
                    public void backfill(String table, long done, long total) {
                        if (isInBackfill("page = pages AND NOT sweeping")) {
                            database.execute("CHECKPOINT");
                            noted[0] = pagesDirtiedByReading();
                        }
                    }
                })
                .start(Fleet.TEST);

        long pages = database.jdbc().queryForObject("SELECT pg_relation_size('orders') / 8192", Long.class);
        assertThat(noted[0]).isBetween(0L, pages / 5);
    }

    private long pagesDirtiedByReading() {
        return database
                .jdbc()
                .queryForList("EXPLAIN (ANALYZE, BUFFERS) SELECT count(*) FROM orders", String.class)
                .stream()
                .map(line -> Pattern.compile("Buffers:.* dirtied=([0-9]+)").matcher(line))
                .filter(Matcher::find)
                .map(dirtied -> Long.valueOf(dirtied.group(1)))
                .findFirst()
                .orElse(0L);
    }

    private boolean isInBackfill(String condition) {
        return Boolean.TRUE.equals(database.jdbc()
                .queryForObject(
                        "SELECT coalesce(bool_or(" + condition + "), false) FROM pgtandem.backfill", Boolean.class));
    }

    @Test
    void batchesAreNoSmallerWhereTheServerIsFar() {
        AtomicInteger batches = new AtomicInteger();
        DataSource far = Between.statements(database, (connection, sql, alone) -> {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            if (sql.startsWith("UPDATE public.orders")) {
                batches.incrementAndGet();
            }
        });
        fleet.build(
                        NEW,
                        Fleet.SETTINGS.withBackfill(
                                new BackfillSettings(8, 2, Duration.ofMillis(20), 0, BackfillLimits.NONE)),
                        far)
                .start(Fleet.TEST);

        // Windows of eight pages, and a sweep; a window for each page would be some three hundred.
        assertThat(batches).hasValueBetween(24, 100);
        assertThat(fleet.row(NEW, "SELECT count(*) AS n FROM orders WHERE total = id * 100"))
                .containsEntry("n", (long) ROWS);
    }

    @Test
    void valuesOfATypeWithoutEqualityAreFilled() {
        fleet.with("0002_json", """
                          - add_column: {table: orders, column: {name: half, type: int, nullable: true}, up: total / 2}
                          - add_column:
                              table: orders
                              column: {name: data, type: json, nullable: true}
                              up: json_build_object('half', half)
                        """);
        fleet.build("0002_json").start(Fleet.TEST);
        assertThat(fleet.row("0002_json", "SELECT count(data) AS n FROM orders"))
                .containsEntry("n", (long) ROWS);
    }

    @Test
    void aRowWithHalfAValueThatIsLeftForLaterIsFilled() throws Exception {
        database.execute("CREATE TYPE pair AS (a int, b text)");
        fleet.with("0002_pair", """
                          - add_column:
                              table: orders
                              column: {name: pair, type: pair, nullable: true}
                              up: ROW(id, NULL)::pair
                        """);
        fleet.live(NEW);
        AtomicBoolean let = new AtomicBoolean();
        try (Connection hot = database.dataSource().getConnection()) {
            BackfillSettings small = new BackfillSettings(4, 1, Duration.ofMillis(200), 0, BackfillLimits.NONE);
            fleet.build("0002_pair", Fleet.SETTINGS.withBackfill(small), new PgTandemListener() {
                        @Override
                        public Optional<String> whyBackfillWaits() {
                            if (!let.get()) {
                                lock(hot, ROWS);
                            }
                            return Optional.empty();
                        }

                        @Override
                        public void backfill(String table, long done, long total) {
                            if (isEarlyInSweep() && let.compareAndSet(false, true)) {
                                rollBack(hot);
                            }
                        }
                    })
                    .start(Fleet.TEST);
        }
        assertThat(let).isTrue();
        assertThat(fleet.row("0002_pair", "SELECT count(pair::text) AS n FROM orders"))
                .containsEntry("n", (long) ROWS);
    }

    /** P1: whoever waits for one of its rows waits as long as it lasts. */
    @Test
    void noTransactionMayLastLongerThanTheLockTimeout() {
        fleet = Fleet.unstarted(database).with(NEW, """
                          - add_column:
                              table: orders
                              up: current_setting('statement_timeout')
                              column: {name: timeout, type: text, nullable: true}
                        """);
        build(settings(BackfillLimits.NONE)).start(Fleet.TEST);

        assertThat(fleet.at(NEW).queryForList("SELECT DISTINCT timeout FROM orders", String.class))
                .containsExactly(Fleet.SETTINGS.lockTimeout().toMillis() + "ms");
    }

    @Test
    void anExpressionThatIsTooSlowIsToldAsThat() {
        database.execute("DELETE FROM orders WHERE id > 1");
        fleet = migrating("(SELECT total FROM pg_sleep(60))");
        Settings hasty = Fleet.waiting(Duration.ofMillis(100), Duration.ofSeconds(1))
                .withBackfill(new BackfillSettings(8, 8, Duration.ofMillis(1), 0, BackfillLimits.NONE));

        assertThatThrownBy(() -> fleet.build(NEW, hasty).start(Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("backfill of orders: it took too long, or somebody has canceled it, in ")
                .hasMessageContaining("Make its expressions cheaper")
                .hasMessageNotContaining("no lock");
    }

    /** Giving up would roll the whole expand back, with all that is filled. */
    @Test
    void whoHasARowForLongerThanTheBudgetIsNamedAndWaitedFor() throws Exception {
        Duration budget = Duration.ofSeconds(1);
        try (Connection hot = database.dataSource().getConnection()) {
            CompletableFuture<Void> start = start(build(
                    Fleet.waiting(Fleet.SETTINGS.lockTimeout(), budget)
                            .withBackfill(settings(BackfillLimits.NONE).backfill()),
                    lockingOnce(hot, 7)));
            await().atMost(PATIENCE)
                    .during(budget.multipliedBy(4))
                    .until(() -> find().map(Status.Backfill::throttled)
                            .orElse("")
                            .matches("no lock in time; in the way: pid \\d+.*"));
            hot.rollback();
            start.join();
        }
        assertThat(backfill().done()).isTrue();
        assertThat(backfill().throttled()).isNull();
        assertThat(fleet.row(NEW, "SELECT total FROM orders WHERE id = 7")).containsEntry("total", 700L);
    }

    @Test
    void aPauseIsHeardAlsoWhileABatchIsTriedAgain() throws Exception {
        PgTandem engine = fleet.build(NEW);
        try (Connection hot = database.dataSource().getConnection()) {
            CompletableFuture<Void> start = start(build(settings(BackfillLimits.NONE), lockingOnce(hot, 7)));
            await().atMost(PATIENCE).until(() -> find().map(Status.Backfill::rowsDone), Optional.of(ROWS - 1L)::equals);
            engine.backfill(true, Map.of(), OPERATOR);
            awaitReason("paused by maria");
            hot.rollback();
            engine.backfill(false, Map.of(), OPERATOR);
            start.join();
        }
        assertThat(backfill().done()).isTrue();
    }

    @Test
    void aRestIsCutShort() {
        PgTandem engine = fleet.build(NEW);
        fleet.build(Fleet.BASE).start(Fleet.TEST);
        fleet = migrating("(SELECT total FROM pg_sleep(0.05))");
        // Each of its first transactions is followed by minutes.
        CompletableFuture<Void> start =
                start(build(new BackfillSettings(1, 1, Duration.ofSeconds(1), 100, BackfillLimits.NONE)));
        await().atMost(PATIENCE)
                .until(() -> find().map(Status.Backfill::rowsDone).orElse(0L) > 0);
        engine.backfill(null, Map.of("rest", "0", "window", "2048", "stripes", "8"), OPERATOR);
        start.join();
        assertThat(backfill().done()).isTrue();
    }

    @Test
    void aKnobOfAnotherReleaseIsLeftOutAndTold() {
        fleet.build(Fleet.BASE).start(Fleet.TEST);
        database.execute("INSERT INTO pgtandem.control (schema, paused, knobs, actor, source)"
                + " VALUES ('public', false, '{\"walRate\": \"10MB\"}', 'maria', 'test')");
        build(settings(BackfillLimits.NONE)).start(Fleet.TEST);

        assertThat(backfill().unknown())
                .singleElement()
                .asString()
                .startsWith("knobs that were posted are left out: \"walRate\" is not a knob.");
    }

    @Test
    void aPauseIsNotLostBesideAKnob() {
        fleet.build(Fleet.BASE).start(Fleet.TEST);
        PgTandem one = fleet.build(NEW);
        PgTandem other = fleet.build(NEW);
        for (int i = 0; i < 20; i++) {
            one.backfill(false, Map.of(), OPERATOR);
            CompletableFuture<Void> knob =
                    CompletableFuture.runAsync(() -> other.backfill(null, Map.of("stripes", "4"), OPERATOR));
            one.backfill(true, Map.of(), OPERATOR);
            knob.join();
            assertThat(one.status().control()).satisfies(said -> {
                assertThat(said.paused()).isTrue();
                assertThat(said.knobs()).containsEntry("stripes", "4");
            });
        }
    }

    @Test
    void beforeThereIsAnythingNobodyCanPauseIt() {
        assertThatThrownBy(() -> fleet.build(NEW).backfill(true, Map.of(), OPERATOR))
                .isInstanceOf(NothingToDoException.class)
                .hasMessageContaining("schema public has no history yet.");
    }

    /** P12: where triggers cannot be kept quiet, they work as for everybody. */
    @Test
    void triggersThatFireFindTheirTables() {
        database.execute(
                "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO reasons VALUES (TG_NAME); RETURN NEW; END'",
                "CREATE TRIGGER audited AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION audit()",
                "GRANT ALL ON reasons TO PUBLIC");
        DataSource migrator = migrator();
        fleet.build(NEW, settings(BackfillLimits.NONE), migrator).start(Fleet.TEST);

        assertThat(database.jdbc().queryForObject("SELECT count(*) FROM reasons", Integer.class))
                .isEqualTo(ROWS);
    }

    @Test
    void transactionsThatMayNotBeSeenAreToldAsUnknown() throws Exception {
        DataSource migrator = migrator();
        try (Connection old = idle("SELECT FROM reasons")) {
            CompletableFuture<Void> start = start(fleet.build(NEW, settings(older(true)), migrator));
            awaitReason("unknown: transaction-age: GRANT pg_monitor to the migration role");
            database.execute("GRANT pg_monitor TO " + MIGRATOR);
            awaitReason("has been in a transaction for ");
            old.rollback();
            start.join();
        } finally {
            database.execute("REVOKE pg_monitor FROM " + MIGRATOR);
        }
    }

    @Test
    void whoHasWrittenAndIsIdleHoldsItAsWell() throws Exception {
        try (Connection old = idle("INSERT INTO reasons VALUES ('x')")) {
            CompletableFuture<Void> start = start(build(settings(older(false))));
            awaitReason("has been in a transaction for ");
            old.rollback();
            start.join();
        }
    }

    @Test
    void whoWaitsInAnotherDatabaseDoesNotHoldIt() throws Exception {
        try (Database copy = database.copy();
                Connection holder = copy.dataSource().getConnection();
                Statement locks = holder.createStatement()) {
            holder.setAutoCommit(false);
            locks.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Void> waiter = CompletableFuture.runAsync(() -> copy.execute("SELECT FROM orders"));
            await().atMost(PATIENCE)
                    .until(() -> database.jdbc()
                            .queryForObject("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted", Boolean.class));
            build(settings(new BackfillLimits(Duration.ZERO, 0, 0, 1, Duration.ZERO, false, null, null, false)))
                    .start(Fleet.TEST);
            holder.rollback();
            waiter.join();
        }
        assertThat(backfill().done()).isTrue();
    }

    @Test
    void aProbeThatIsTooSlowIsToldAsThat() {
        build(settings(new BackfillLimits(
                        Duration.ZERO, 0, 0, 0, Duration.ZERO, false, "SELECT 0 FROM pg_sleep(3)", null, false)))
                .start(Fleet.TEST);

        assertThat(backfill().unknown()).containsExactly("probe: no answer within 1000 ms");
    }

    /** What a role or database has set otherwise does not cut a scan short. */
    @Test
    void timeoutsOfTheDatabaseAreNotThoseOfAnAct() {
        fleet.build(Fleet.BASE).start(Fleet.TEST);
        List<String> timeouts = database.jdbc()
                .queryForList(
                        "SELECT name FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_timeout',"
                                + " 'idle_in_transaction_session_timeout', 'idle_session_timeout')",
                        String.class);
        assertThat(timeouts).hasSizeGreaterThanOrEqualTo(3);
        timeouts.forEach(t -> database.execute("ALTER DATABASE " + database.name() + " SET " + t + " = '150ms'"));
        CompletableFuture<Void> start = start(fleet.build(NEW, settings(BackfillLimits.NONE)));
        start.join();

        assertThat(backfill().done()).isTrue();
    }

    private DataSource migrator() {
        DataSource migrator = database.role(MIGRATOR);
        database.execute(
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + MIGRATOR,
                "GRANT ALL ON SCHEMA public TO " + MIGRATOR,
                "ALTER TABLE orders OWNER TO " + MIGRATOR);
        fleet.build(Fleet.BASE, Fleet.SETTINGS, migrator).start(Fleet.TEST);
        return migrator;
    }

    private PgTandem build(BackfillSettings settings) {
        return build(settings, new PgTandemListener() {});
    }

    private PgTandem build(BackfillSettings settings, PgTandemListener listener) {
        return build(Fleet.SETTINGS.withBackfill(settings), listener);
    }

    private PgTandem build(Settings settings) {
        return build(settings, new PgTandemListener() {});
    }

    private PgTandem build(Settings settings, PgTandemListener listener) {
        return fleet.build(NEW, settings, listener);
    }

    private static Settings settings(BackfillLimits limits) {
        BackfillSettings defaults = BackfillSettings.DEFAULTS;
        return Fleet.SETTINGS.withBackfill(
                new BackfillSettings(defaults.window(), defaults.stripes(), defaults.batchTime(), 0, limits));
    }

    private static BackfillLimits older(boolean waitWhereUnknown) {
        return new BackfillLimits(Duration.ZERO, 0, 0, 0, Duration.ofMillis(50), false, null, null, waitWhereUnknown);
    }

    private static CompletableFuture<Void> start(PgTandem engine) {
        return CompletableFuture.runAsync(() -> engine.start(Fleet.TEST));
    }

    private Connection idle(String sql) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    private static void lock(Connection hot, int id) {
        try (Statement statement = hot.createStatement()) {
            hot.setAutoCommit(false);
            statement.execute("SELECT FROM orders WHERE id = " + id + " FOR UPDATE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has a row locked once the first batch is to be filled. */
    private static PgTandemListener lockingOnce(Connection hot, int id) {
        AtomicBoolean locked = new AtomicBoolean();
        return new PgTandemListener() {
            @Override
            public Optional<String> whyBackfillWaits() {
                if (locked.compareAndSet(false, true)) {
                    lock(hot, id);
                }
                return Optional.empty();
            }
        };
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long updates() {
        return database.onOneConnection(jdbc -> {
            jdbc.queryForList("SELECT pg_stat_force_next_flush()");
            return jdbc.queryForObject(
                    "SELECT n_tup_upd FROM pg_stat_user_tables WHERE relid = 'public.orders'::regclass", Long.class);
        });
    }

    private Optional<Status.Backfill> find() {
        return fleet.build(NEW).status().backfills().stream().findFirst();
    }

    private Status.Backfill backfill() {
        return find().orElseThrow();
    }

    private void awaitReason(String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(find().map(Status.Backfill::throttled).orElse(""))
                                .contains(reason));
    }
}
