package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.MigrationState;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several migrations, and deaths: docs/pgroll.md, C1 to C12. */
@ExtendWith(DatabaseExtension.class)
class PgrollCrashTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";
    private static final String NEWER = "0002_newer";
    private static final String PRODUCTS = "CREATE TABLE products (id int PRIMARY KEY, name text, price text)";
    private static final String ROWS =
            "INSERT INTO products SELECT n, 'Product ' || n, n::text FROM generate_series(1, 200) n";
    private static final String NUMBER =
            "  - alter_column: {table: products, column: price, type: int, up: \"price::int\", down: \"price::text\"}\n";
    private static final String LABEL =
            "  - add_column: {table: products, column: {name: label, type: text}, up: upper(name)}\n";

    private static Fleet fleet(Database database) {
        return Fleet.on(database, PRODUCTS, ROWS).with(NEW, NUMBER).with(NEWER, LABEL);
    }

    private static void died(Runnable act) {
        assertThatThrownBy(act::run).isInstanceOf(RuntimeException.class);
    }

    private static List<MigrationState> states(Fleet fleet) {
        return fleet.build(NEWER).status().migrations().stream()
                .filter(m -> !m.name().equals(OLD))
                .map(Status.Migration::state)
                .toList();
    }

    @Test
    @DisplayName("C1: several outstanding migrations are one expand, and the deployed version lives on")
    void severalMigrationsLeaveTheDeployedVersionAlive(Database database) {
        Fleet fleet = fleet(database).live(NEWER);

        assertThat(fleet.row(OLD, "SELECT price FROM products WHERE id = 3")).containsEntry("price", "3");
        assertThat(fleet.row(NEWER, "SELECT price, label FROM products WHERE id = 3"))
                .containsEntry("price", 3)
                .containsEntry("label", "PRODUCT 3");
        assertThat(states(fleet)).containsExactly(MigrationState.EXPANDED, MigrationState.EXPANDED);
    }

    @Test
    @DisplayName("C2: a migration that is expanded already does not keep the next one from being")
    void theNextMigrationIsExpandedOnTop(Database database) {
        Fleet fleet = fleet(database).live(NEW).live(NEWER);

        for (String version : List.of(OLD, NEW, NEWER)) {
            assertThat(fleet.at(version).queryForList("SELECT id FROM products"))
                    .hasSize(200);
        }
    }

    @Test
    @DisplayName("C3: a database with tables but no history is refused with the remedy")
    void aBaselineIsAskedFor(Database database) {
        database.execute(PRODUCTS);
        Fleet fleet = Fleet.unstarted(database).with(NEW, NUMBER);

        assertThatThrownBy(() -> fleet.build(NEW, Settings.forSchema("public")).start(Fleet.TEST))
                .isInstanceOf(PgTandemException.class)
                .hasMessageContaining("baseline");
    }

    @Test
    @DisplayName("C4: two completes at once are one after the other, and the second has nothing to do")
    void twoCompletesDoNotInterleave(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEWER);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> ends = two.invokeAll(List.of(() -> completed(fleet), () -> completed(fleet)));

            assertThat(List.of(ends.get(0).get(), ends.get(1).get())).contains("done");
            assertThat(states(fleet)).containsOnly(MigrationState.COMPLETED);
            assertThat(fleet.row(NEWER, "SELECT price FROM products WHERE id = 3"))
                    .containsEntry("price", 3);
        } finally {
            two.shutdown();
        }
    }

    private static String completed(Fleet fleet) {
        try {
            fleet.build(NEWER).complete(null, false, Fleet.TEST);
            return "done";
        } catch (PgTandemException e) {
            return e.getMessage();
        }
    }

    @Test
    @DisplayName("C5: an applied file that was edited is noticed")
    void anEditedFileIsNoticed(Database database) {
        fleet(database).live(NEW);
        Fleet edited = Fleet.unstarted(database).with(NEW, NUMBER + LABEL);

        assertThatThrownBy(() -> edited.live(NEW)).hasMessageContaining(NEW).hasMessageContaining("changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE VIEW", "UPDATE public.products AS new", "VALIDATE CONSTRAINT", "CREATE SCHEMA"})
    @DisplayName(
            "C6, C7: an expand that died at its views, its backfill or its constraints is finished by the next start")
    void anExpandIsFinishedByTheNextStart(String statement, Database database) {
        Fleet fleet = fleet(database);
        died(() -> fleet.build(NEWER, Fleet.SETTINGS, Between.death(database, s -> s.contains(statement)))
                .start(Fleet.TEST));
        fleet.at(OLD).update("INSERT INTO products VALUES (1000, 'Later', '1000')");

        fleet.live(NEWER);

        assertThat(fleet.at(NEWER).queryForList("SELECT id FROM products WHERE price = id AND label = upper(name)"))
                .hasSize(201);
    }

    @Test
    @DisplayName("C8: a complete behind an expand that died finishes that first")
    void completeDoesNotDropWhatIsNotFilled(Database database) {
        Fleet fleet = fleet(database);
        died(() -> fleet.build(NEW, Fleet.SETTINGS, Between.death(database, s -> s.contains("AS new SET")))
                .start(Fleet.TEST));

        fleet.build(NEW).complete(null, false, Fleet.TEST);

        assertThat(fleet.at(NEW).queryForList("SELECT id FROM products WHERE price = id"))
                .hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'n/a'", "'99999999999'"})
    @DisplayName("C9: an expand that fails takes itself back, and the corrected migration can be expanded")
    void aFailedExpandLeavesNothing(String price, Database database) {
        Fleet fleet = Fleet.on(database, PRODUCTS, ROWS).with(NEW, NUMBER);
        database.execute("UPDATE products SET price = " + price + " WHERE id = 77");
        Catalogue before = fleet.catalogue();

        assertThatThrownBy(() -> fleet.live(NEW)).hasMessageContaining("was rolled back");

        assertThat(fleet.catalogue().difference(before)).isEmpty();
        Fleet corrected = Fleet.unstarted(database).with(NEW, NUMBER.replace("price::int", "left(price, 2)::int + 0"));
        database.execute("UPDATE products SET price = '0' WHERE id = 77");
        corrected.live(NEW);
        assertThat(corrected.row(NEW, "SELECT price FROM products WHERE id = 77"))
                .containsEntry("price", 0);
    }

    @Test
    @DisplayName("C10: an identity column is added, and rolled back")
    void aGeneratedColumnWedgesNothing(Database database) {
        Fleet fleet = Fleet.on(database, PRODUCTS, ROWS);
        Fleet generated = fleet.with(NEW, """
                  - add_column:
                      table: products
                      column: {name: n, type: bigint, generated: {identity: {user_specified_values: ALWAYS}}}
                """);
        generated.live(NEW);
        assertThat(generated.at(NEW).queryForList("SELECT DISTINCT n FROM products"))
                .hasSize(200);
        generated.build(NEW).rollback(null, false, Fleet.TEST);
        Fleet other = Fleet.unstarted(database).with(NEW, NUMBER).live(NEW);
        assertThat(other.row(NEW, "SELECT price FROM products WHERE id = 3")).containsEntry("price", 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP COLUMN", "RENAME COLUMN", "SET NOT NULL", "pgtandem.tombstone"})
    @DisplayName("C11: a complete that died anywhere is finished by the next one, and no value is lost")
    void aCompleteIsFinishedByTheNext(String statement, Database database) {
        Fleet fleet = fleet(database).live(NEWER);
        act(fleet, database, s -> s.contains(statement), e -> e.complete(null, false, Fleet.TEST));

        fleet.build(NEWER).complete(null, false, Fleet.TEST);

        assertThat(states(fleet)).containsOnly(MigrationState.COMPLETED);
        assertThat(fleet.at(NEWER).queryForList("SELECT id FROM products WHERE price = id AND label = upper(name)"))
                .hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP COLUMN", "DROP TRIGGER", "drop_schema"})
    @DisplayName("C12: a rollback that died anywhere is finished by the next one")
    void aRollbackIsFinishedByTheNext(String statement, Database database) {
        Fleet fleet = fleet(database);
        Catalogue before = fleet.catalogue();
        fleet.live(NEWER);
        act(fleet, database, s -> s.contains(statement), e -> e.rollback(null, false, Fleet.TEST));
        fleet.at(OLD).update("INSERT INTO products VALUES (1000, 'Later', '1000')");

        fleet.build(NEWER).rollback(null, false, Fleet.TEST);

        assertThat(fleet.catalogue().difference(before)).isEmpty();
        assertThat(fleet.at(OLD).queryForList("SELECT id FROM products")).hasSize(201);
    }

    private static void act(Fleet fleet, Database database, Predicate<String> at, Consumer<PgTandem> act) {
        died(() -> act.accept(fleet.build(NEWER, Fleet.SETTINGS, Between.death(database, at))));
    }
}
