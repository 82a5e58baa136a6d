package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.GateShutException;
import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** P10, P11, P12: what others have made to depend on our views is named before anything is touched, and never dropped. */
@ExtendWith(DatabaseExtension.class)
class OthersObjectsTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_price";
    private static final String OLD_ITEMS = "\"public_0000_baseline\".\"items\"";
    private static final String NEW_ITEMS = "\"public_0001_price\".\"items\"";

    /** Ways to use a view, each with what PostgreSQL calls the user, and how to get rid of it. */
    private static final List<Use> USES = List.of(
            new Use("view public.report", "CREATE VIEW report AS SELECT id FROM %s", "DROP VIEW report"),
            new Use(
                    "materialized view public.report",
                    "CREATE MATERIALIZED VIEW report AS SELECT id FROM %s",
                    "DROP MATERIALIZED VIEW report"),
            new Use(
                    "function public.report()",
                    "CREATE FUNCTION report() RETURNS bigint BEGIN ATOMIC SELECT max(id) FROM %s; END",
                    "DROP FUNCTION report()"),
            new Use(
                    "function public.report(%s)",
                    "CREATE FUNCTION report(item %s) RETURNS bigint LANGUAGE sql AS 'SELECT item.id'",
                    "DROP FUNCTION report"),
            new Use("column item of table public.report", "CREATE TABLE report (item %s)", "DROP TABLE report"),
            new Use("column items of table public.report", "CREATE TABLE report (items %s[])", "DROP TABLE report"),
            new Use(
                    "rule report on table public.others",
                    "CREATE RULE report AS ON INSERT TO others DO ALSO SELECT id FROM %s",
                    "DROP RULE report ON others"),
            new Use(
                    "policy report on table public.others",
                    "CREATE POLICY report ON others USING (EXISTS (SELECT id FROM %s))",
                    "DROP POLICY report ON others"),
            new Use(
                    "rule report on view %s",
                    "CREATE RULE report AS ON DELETE TO %s DO INSTEAD NOTHING", "DROP RULE report ON %s"),
            new Use(
                    "trigger report on view %s",
                    "CREATE TRIGGER report INSTEAD OF DELETE ON %s FOR EACH ROW"
                            + " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                    "DROP TRIGGER report ON %s"));

    private record Use(String user, String create, String drop) {}

    private static Fleet fleet(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE items (id bigint PRIMARY KEY, price text NOT NULL)",
                        "CREATE TABLE others (id bigint PRIMARY KEY, x text)",
                        "INSERT INTO items VALUES (1, '1')")
                .with(NEW, """
                          - alter_column:
                              {table: items, column: price, type: int, up: price::int, down: price::text}
                        """);
    }

    /** In each way, first refused, naming the user and changing nothing, then done once the user is gone. */
    private static void refusedWhileUsed(Database database, String overlay, Consumer<PgTandem> act) {
        Fleet fleet = fleet(database);
        PgTandem engine = fleet.live(NEW).build(NEW);
        for (Use use : USES) {
            database.execute(use.create().formatted(overlay));
            Catalogue before = fleet.catalogue();
            assertThatThrownBy(() -> act.accept(engine))
                    .as(use.create())
                    .isInstanceOf(GateShutException.class)
                    .hasMessageContaining("is used: " + use.user().formatted(overlay.replaceAll("\"(\\w+)\"", "$1")))
                    .hasMessageContaining("uses " + overlay);
            assertThat(fleet.catalogue().difference(before)).isEmpty();
            fleet.at(OLD).update("UPDATE items SET price = '2'");
            assertThat(fleet.row(NEW, "SELECT price FROM items")).containsEntry("price", 2);
            database.execute(use.drop().formatted(overlay));
        }
        act.accept(engine);
    }

    @PostgresVersions
    void completeIsRefusedWhileSomethingUsesAnOldView(Database database) {
        refusedWhileUsed(database, OLD_ITEMS, e -> e.complete(null, false, Fleet.TEST));
    }

    @PostgresVersions
    void completeIsRefusedWhileSomethingUsesANewView(Database database) {
        refusedWhileUsed(database, NEW_ITEMS, e -> e.complete(null, false, Fleet.TEST));
    }

    @PostgresVersions
    void rollbackIsRefusedWhileSomethingUsesANewView(Database database) {
        refusedWhileUsed(database, NEW_ITEMS, e -> e.rollback(null, false, Fleet.TEST));
    }

    @Test
    void theRefusalNamesAllAndTheRemedyIsJournalledAndForceDoesNotHelp(Database database) {
        PgTandem engine = fleet(database).live(NEW).build(NEW);
        database.execute(
                "CREATE SCHEMA reporting",
                "CREATE VIEW reporting.sales AS SELECT price FROM " + OLD_ITEMS,
                "CREATE VIEW \"public_0001_price\".mine AS SELECT price FROM " + NEW_ITEMS);

        assertThatThrownBy(() -> engine.complete(null, true, Fleet.TEST)).hasMessage("""
                        cannot complete to 0001_price: what it drops is used: view public_0001_price.mine uses \
                        "public_0001_price"."items"; view reporting.sales uses "public_0000_baseline"."items".
                        Drop them and try again. Define them anew over tables of schema public, or with create_view, which \
                        gives each version its own.""");
        assertThatThrownBy(() -> engine.rollback(null, true, Fleet.TEST)).hasMessageContaining("""
                        cannot roll back to 0000_baseline: what it drops is used: view public_0001_price.mine uses \
                        "public_0001_price"."items\"""");
        assertThat(database.jdbc()
                        .queryForList("SELECT act FROM pgtandem.act WHERE state = 'REFUSED' ORDER BY id", String.class))
                .containsExactly("COMPLETE", "ROLLBACK");
    }

    @PostgresVersions
    void actsAreRefusedWhileSomethingUsesAColumnThatTheyDrop(Database database) {
        PgTandem engine = fleet(database)
                .with(
                        "0002_colour",
                        "\n  - add_column: {table: items, column: {name: colour, type: text, nullable: true}}")
                .live("0002_colour")
                .build("0002_colour");
        database.execute("CREATE VIEW old AS SELECT price FROM items", "CREATE VIEW new AS SELECT colour FROM items");

        assertThatThrownBy(() -> engine.complete(null, false, Fleet.TEST))
                .hasMessageContaining("is used: view public.old uses column \"public\".\"items\".\"price\".");
        assertThatThrownBy(() -> engine.rollback(null, false, Fleet.TEST))
                .hasMessageContaining("is used: view public.new uses column \"public\".\"items\".\"colour\".");
        database.execute("DROP VIEW old");
        engine.complete(null, false, Fleet.TEST);
        assertThat(database.jdbc().queryForList("SELECT * FROM new")).hasSize(1);
    }

    /** Ways to hang something on a column, and the other way round, each with what would be lost. */
    @PostgresVersions
    void actsAreRefusedWhileTheyWouldLoseWhatSomebodyHasMadeByHand(Database database) {
        PgTandem engine = fleet(database).live(NEW).build(NEW);
        database.execute(
                "CREATE INDEX by_price ON items (price)",
                "CREATE INDEX by_new_price ON items ((_pgtandem_price + 1))",
                "CREATE INDEX by_id ON items (id)",
                "CREATE STATISTICS both_prices ON id, price FROM items",
                "ALTER TABLE items ADD CONSTRAINT not_free CHECK (price <> '0')",
                "ALTER TABLE items ADD CONSTRAINT prices UNIQUE (price)",
                "ALTER TABLE others ADD CONSTRAINT x_price FOREIGN KEY (x) REFERENCES items (price)");

        assertThatThrownBy(() -> engine.complete(null, true, Fleet.TEST)).hasMessage("""
                        cannot complete to 0001_price: what it drops was used by hand meanwhile: \
                        index by_price uses "public"."items"."price"; \
                        statistics both_prices uses "public"."items"."price"; \
                        constraint not_free of table items uses "public"."items"."price"; \
                        constraint prices of table items uses "public"."items"."price"; \
                        constraint x_price of table others uses "public"."items"."price".
                        Drop them and try again. Make them again when it is done.""");
        assertThatThrownBy(() -> engine.rollback(null, true, Fleet.TEST)).hasMessage("""
                        cannot roll back to 0000_baseline: what it drops was used by hand meanwhile: \
                        index by_new_price uses "public"."items"."_pgtandem_price".
                        Drop it and try again. Make it again when it is done.""");
        database.execute(
                "DROP INDEX by_price, by_new_price",
                "DROP STATISTICS both_prices",
                "ALTER TABLE items DROP CONSTRAINT prices CASCADE, DROP CONSTRAINT not_free");
        engine.complete(null, false, Fleet.TEST);
        assertThat(database.jdbc()
                        .queryForList("SELECT indexname FROM pg_indexes WHERE tablename = 'items'", String.class))
                .containsExactlyInAnyOrder("items_pkey", "by_id");
    }

    @PostgresVersions
    void aViewThatSomebodyMadeWhilePinnedHoldsWhatItReads(Database database) {
        Fleet fleet = fleet(database);
        fleet.at(OLD).execute("CREATE VIEW mine AS SELECT price FROM items");

        assertThatThrownBy(() -> fleet.live(NEW))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageContaining("db/pgtandem/0001_price.yaml:3:30")
                .hasMessageContaining("view public_0000_baseline.mine");
        fleet.at(OLD).execute("DROP VIEW mine");
        fleet.live(NEW);
    }

    @PostgresVersions
    void expandIsRefusedWhileSomethingUsesAViewThatItReplaces(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        try (InstanceRegistration alive = fleet.build(NEW).register("shop", "host-1")) {
            fleet.build(NEW).rollback(null, true, Fleet.TEST);
            assertThat(alive.id()).isNotEmpty();
        }
        database.execute("CREATE VIEW report AS SELECT price FROM " + NEW_ITEMS);

        assertThatThrownBy(() -> fleet.live(NEW))
                .isInstanceOf(PgTandemException.class)
                .hasMessageStartingWith(
                        "cannot expand to 0001_price: what it replaces is used: view public.report uses " + NEW_ITEMS
                                + ".\nDrop it and try again.");
        database.execute("DROP VIEW report");
        fleet.live(NEW);
    }

    @PostgresVersions
    void aViewThatAppearsAfterTheCheckCallsTheActOff(Database database) throws Exception {
        PgTandem engine = fleet(database).live(NEW).build(NEW);

        assertThatThrownBy(() -> whileWaiting(
                        database,
                        "items",
                        () -> engine.complete(null, false, Fleet.TEST),
                        "CREATE VIEW report AS SELECT price FROM " + OLD_ITEMS))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("view report depends on view public_0000_baseline.items")
                .hasMessageContaining("Nothing has changed");
        database.execute("DROP VIEW report");
        engine.complete(null, false, Fleet.TEST);
    }

    @PostgresVersions
    void aViewThatAppearsHalfWayLetsTheActGoOnOnceItIsGone(Database database) throws Exception {
        PgTandem engine = fleet(database)
                .with("0002_more", "\n  - drop_column: {table: others, column: x}")
                .live("0002_more")
                .build("0002_more");
        String overlay = "\"public_0002_more\".\"others\"";

        String stuck = "view report depends on view public_0002_more.others";
        assertThatThrownBy(() -> whileWaiting(
                        database,
                        "others",
                        () -> engine.complete(null, false, Fleet.TEST),
                        "CREATE VIEW report AS SELECT id FROM " + overlay))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining(stuck)
                .hasMessageContaining("Some of its steps are done. Correct the cause and try again");
        assertThatThrownBy(() -> engine.complete(null, false, Fleet.TEST)).hasMessageContaining(stuck);
        assertThat(database.jdbc().queryForList("SELECT * FROM report")).isEmpty();
        database.execute("DROP VIEW report");
        assertThat(engine.complete(null, false, Fleet.TEST).version()).isEqualTo("0002_more");
    }

    @PostgresVersions
    void whatSomebodyHasPutIntoAVersionSchemaStaysAndIsReported(Database database) {
        PgTandem engine = fleet(database).live(NEW).build(NEW);
        database.execute("CREATE TABLE \"public_0001_price\".mine (id int)");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("io.github.pgtandem.execute");
        log.start();
        logger.addAppender(log);
        try {
            engine.rollback(null, false, Fleet.TEST);
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .filteredOn(e -> e.getLevel() == Level.WARN)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("schema public_0001_price is kept, as it holds objects that pgtandem did not create: ")
                .contains("table public_0001_price.mine depends on schema public_0001_price");
        assertThat(database.jdbc().queryForList("SELECT * FROM \"public_0001_price\".mine"))
                .isEmpty();
    }

    /** Carries out an act, and a statement once the act waits for a reader of a table. */
    static void whileWaiting(Database database, String table, Runnable act, String statement) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Connection reader = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT * FROM " + table);
            Future<?> future = executor.submit(act);
            await().until(() -> database.jdbc()
                    .queryForObject(
                            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = ?::regclass)",
                            Boolean.class,
                            table));
            database.execute(statement);
            reader.commit();
            future.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } finally {
            executor.shutdown();
        }
    }

    @PostgresVersions
    void aClosedVersionAnswersOnWhileSomethingUsesItsViews(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        fleet.build(NEW).complete(null, false, Fleet.TEST);
        database.execute(
                "CREATE VIEW report AS SELECT price FROM " + OLD_ITEMS,
                "UPDATE pgtandem.migration SET retired_at = retired_at - interval '2 days'");
        fleet.with("0002_more", "\n  - add_column: {table: others, column: {name: y, type: text, nullable: true}}")
                .live("0002_more");
        assertThat(database.jdbc().queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, OLD_ITEMS))
                .isTrue();

        database.execute("DROP VIEW report");
        fleet.build("0002_more").rollback(null, false, Fleet.TEST);
        assertThat(database.jdbc().queryForObject("SELECT to_regclass(?) IS NULL", Boolean.class, OLD_ITEMS))
                .isTrue();
    }
}
