package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pgtandem.HistoryMismatchException;
import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** A version keeps its file's name; what its schema is called, the file may say. */
@ExtendWith(DatabaseExtension.class)
class VersionSchemaTest {

    private static final String ONE = "0001_price";
    private static final String TWO = "0002_name";
    private static final String ODD = "Beta \"2\"; ü, it's";

    private static final String PRICE = """
            operations:
              - alter_column: {table: items, column: price, type: int, up: price::int, down: price::text}
            """;
    private static final String NAME = """
            operations:
              - rename_column: {table: items, from: name, to: title}
            """;
    private static final String VIEW = """
              - create_view: {name: prices, query: SELECT price FROM items}
            """;

    private static Fleet fleet(Database database) {
        return Fleet.on(
                database,
                "CREATE TABLE items (id bigint PRIMARY KEY, name text, price text NOT NULL)",
                "INSERT INTO items VALUES (1, 'chair', '1')");
    }

    private static String named(String name, String content) {
        return "version_schema: '" + name.replace("'", "''") + "'\n" + content;
    }

    private static List<String> schemas(Database database) {
        return database.jdbc()
                .queryForList(
                        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'public\\_%' ORDER BY 1", String.class);
    }

    @PostgresVersions
    void twoVersionsWorkSideBySideWhateverTheirSchemasAreCalled(Database database) {
        Fleet fleet = fleet(database)
                .withFile(ONE, named(ODD, PRICE))
                .withFile(TWO, named("select", NAME))
                .live(ONE)
                .live(TWO);
        PgTandem engine = fleet.build(TWO);

        assertThat(schemas(database))
                .containsExactlyInAnyOrder("public_" + Fleet.BASE, "public_" + ODD, "public_select");
        assertThat(engine.pin().version()).isEqualTo(TWO);
        assertThat(engine.status().pinned()).isEqualTo(new Status.Pinned(TWO, "public_select"));
        assertThat(engine.status().versions())
                .extracting(Status.Version::name, Status.Version::schema, Status.Version::state)
                .containsExactly(
                        tuple(Fleet.BASE, "public_" + Fleet.BASE, VersionState.BASE),
                        tuple(ONE, "public_" + ODD, VersionState.LIVE),
                        tuple(TWO, "public_select", VersionState.LIVE));

        fleet.at(Fleet.BASE).update("INSERT INTO items VALUES (2, 'table', '20')");
        fleet.at(ONE).update("UPDATE items SET price = 3 WHERE id = 1");
        fleet.at(TWO).update("INSERT INTO items (id, title, price) VALUES (4, 'bed', 400)");
        for (String version : List.of(ONE, TWO)) {
            assertThat(fleet.at(version).queryForList("SELECT price FROM items ORDER BY id", Integer.class))
                    .containsExactly(3, 20, 400);
        }
        assertThat(fleet.at(Fleet.BASE).queryForList("SELECT price FROM items ORDER BY id", String.class))
                .containsExactly("3", "20", "400");

        engine.complete(TWO, false, Fleet.TEST);
        assertThat(engine.status().versions())
                .extracting(Status.Version::schema, Status.Version::state)
                .containsExactly(
                        tuple("public_" + Fleet.BASE, VersionState.RETIRED),
                        tuple("public_" + ODD, VersionState.RETIRED),
                        tuple("public_select", VersionState.BASE));
        assertThatThrownBy(() -> fleet.at(ONE).queryForList("SELECT * FROM items"))
                .hasMessageContaining("schema version 0001_price was retired by completing 0002_name");
        assertThat(fleet.row(TWO, "SELECT title FROM items WHERE id = 4")).containsEntry("title", "bed");
    }

    @PostgresVersions
    void rollbackRemovesTheSchemaByItsName(Database database) {
        Fleet fleet = fleet(database).withFile(ONE, named(ODD, PRICE));
        Catalogue before = fleet.catalogue();
        List<String> schemas = schemas(database);
        fleet.live(ONE);

        fleet.build(ONE).rollback(null, false, Fleet.TEST);
        assertThat(schemas(database)).isEqualTo(schemas);
        assertThat(fleet.catalogue().difference(before)).isEmpty();
    }

    @Test
    void ofAReleaseOnlyTheTargetHasASchemaAndOthersGetTheirsWhenABuildAsksForIt(Database database) {
        Fleet fleet = fleet(database)
                .withFile(ONE, named("first", PRICE))
                .withFile(TWO, named("second", NAME))
                .live(TWO);
        assertThat(schemas(database)).containsExactly("public_" + Fleet.BASE, "public_second");

        fleet.live(ONE);
        assertThat(schemas(database)).containsExactly("public_" + Fleet.BASE, "public_first", "public_second");
        assertThat(fleet.row(ONE, "SELECT name, price FROM items")).containsEntry("price", 1);
    }

    @Test
    void aBaseVersionThatNoBuildEverAskedForIsToldByTheNameItWouldHave(Database database) {
        Fleet fleet = fleet(database)
                .withFile(ONE, named("first", PRICE))
                .withFile(TWO, named("second", NAME))
                .live(TWO);
        fleet.build(TWO).complete(ONE, false, Fleet.TEST);

        assertThat(fleet.build(TWO).status().versions())
                .filteredOn(v -> v.state() == VersionState.BASE)
                .extracting(Status.Version::schema)
                .containsExactly("public_first");
    }

    @Test
    void aNameMayBeAsLongAsNamesGo(Database database) {
        String name = "ä".repeat(31) + "x";
        Fleet fleet = fleet(database).withFile(ONE, named(name, PRICE)).live(ONE);

        assertThat(fleet.build(ONE).pin().schema()).matches("public_ä{23}_[0-9a-f]{8}");
        assertThat(fleet.row(ONE, "SELECT current_schema()::text AS schema, price FROM items"))
                .containsEntry("schema", fleet.build(ONE).pin().schema())
                .containsEntry("price", 1);
    }

    @Test
    void aChangedVersionSchemaIsAChangeOfTheFile(Database database) {
        fleet(database).withFile(ONE, named("beta", PRICE)).live(ONE);
        Fleet changed = Fleet.unstarted(database).withFile(ONE, named("gamma", PRICE));

        assertThatThrownBy(() -> changed.live(ONE))
                .isInstanceOf(HistoryMismatchException.class)
                .hasMessageContaining("migration 0001_price was changed after it was applied");
        assertThat(schemas(database)).containsExactly("public_" + Fleet.BASE, "public_beta");
    }

    @Test
    void aVersionThatWasRolledBackKeepsItsSchemaFromOthersWhileItAnswers(Database database) {
        Fleet fleet = fleet(database).withFile(ONE, named("beta", PRICE)).live(ONE);
        Fleet renamed = Fleet.unstarted(database).withFile(TWO, named("beta", NAME));
        try (InstanceRegistration alive = fleet.build(ONE).register("shop", "host-1")) {
            fleet.build(ONE).rollback(null, true, Fleet.TEST);
            assertThat(alive.id()).isNotEmpty();
        }

        assertThatThrownBy(() -> renamed.live(TWO))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessage("""
                        db/pgtandem/0002_name.yaml:1:1: its version schema would be named "public_beta", as is that of version \
                        0001_price, which is still there.
                        Give it another name with "version_schema".""");
        assertThat(renamed.build(TWO).validate().problems()).hasSize(1);
        assertThatThrownBy(() -> fleet.at(ONE).queryForList("SELECT * FROM items"))
                .hasMessageContaining("was removed by rolling back");
    }

    @Test
    void aVersionMayComeBackWithASchemaOfAnotherNameWhileTheOldOneAnswers(Database database) {
        Fleet fleet = fleet(database).withFile(ONE, named("beta", PRICE + VIEW)).live(ONE);
        try (InstanceRegistration alive = fleet.build(ONE).register("shop", "host-1")) {
            fleet.build(ONE).rollback(null, true, Fleet.TEST);
            assertThat(alive.id()).isNotEmpty();
        }
        Fleet again = Fleet.unstarted(database)
                .withFile(ONE, named("gamma", PRICE + VIEW))
                .with(TWO, NAME.replaceFirst("operations:", ""))
                .live(ONE);
        assertThat(again.row(ONE, "SELECT price FROM prices")).containsEntry("price", 1);

        again.live(TWO).build(TWO).complete(null, false, Fleet.TEST);
        for (String relation : List.of("items", "prices")) {
            assertThatThrownBy(() -> fleet.at(ONE).queryForList("SELECT * FROM " + relation))
                    .hasMessageContaining("was removed by rolling back");
            assertThatThrownBy(() -> again.at(ONE).queryForList("SELECT * FROM " + relation))
                    .hasMessageContaining("was retired by completing");
        }
        assertThat(again.row(TWO, "SELECT title FROM items")).containsEntry("title", "chair");
    }

    @Test
    void aVersionThatAnswersIsServedAgainAlsoWhereItIsNoReleasesTarget(Database database) {
        Fleet fleet = fleet(database).withFile(ONE, named("beta", PRICE)).live(ONE);
        try (InstanceRegistration alive = fleet.build(ONE).register("shop", "host-1")) {
            fleet.build(ONE).rollback(null, true, Fleet.TEST);
            assertThat(alive.id()).isNotEmpty();
        }
        fleet.withFile(TWO, NAME).live(TWO).live(ONE);
        assertThat(fleet.row(ONE, "SELECT name, price FROM items")).containsEntry("price", 1);

        fleet.build(TWO).complete(null, false, Fleet.TEST);
        assertThat(fleet.build(TWO).status().versions())
                .extracting(Status.Version::schema)
                .containsExactly("public_" + Fleet.BASE, "public_beta", "public_" + TWO);
        assertThatThrownBy(() -> fleet.at(ONE).queryForList("SELECT * FROM items"))
                .hasMessageContaining("was retired by completing");
    }

    @Test
    void aSchemaOfSomebodyElsesIsNotTaken(Database database) {
        database.execute("CREATE SCHEMA public_archive", "CREATE TABLE public_archive.items (id int)");
        Fleet fleet = fleet(database).withFile(ONE, named("archive", PRICE));
        Catalogue before = fleet.catalogue();

        assertThatThrownBy(() -> fleet.live(ONE))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessage("""
                        db/pgtandem/0001_price.yaml:1:1: its version schema would be named "public_archive", which is there \
                        already and holds objects that pgtandem did not create.
                        Give it another name with "version_schema".""");
        assertThat(fleet.catalogue().difference(before)).isEmpty();
    }

    @Test
    void aSchemaThatWasKeptForWhatSomebodyPutIntoItIsThatOfItsVersionAgain(Database database) {
        Fleet fleet = fleet(database).withFile(ONE, named("beta", PRICE)).live(ONE);
        database.execute("CREATE TABLE public_beta.mine (id int)");
        fleet.build(ONE).rollback(null, false, Fleet.TEST);
        fleet.live(ONE);
        assertThat(fleet.row(ONE, "SELECT price FROM items")).containsEntry("price", 1);

        fleet.build(ONE).rollback(null, false, Fleet.TEST);
        database.execute("ALTER TABLE public_beta.mine RENAME TO items");
        assertThatThrownBy(() -> fleet.live(ONE))
                .hasMessageContaining("\"public_beta\".\"items\" was not made by pgtandem");
    }

    @Test
    void theVersionSchemaOfAnotherBaseSchemaIsNotTaken(Database database) {
        fleet(database).withFile(ONE, named("eu_beta", PRICE)).live(ONE);
        database.execute("CREATE SCHEMA public_eu");
        PgTandem other = new PgTandem(
                database.dataSource(),
                Release.parse(List.of(new MigrationFile("db/eu/0001.yaml", named("beta", "operations: []\n")))),
                Settings.forSchema("public_eu"),
                new PgTandemListener() {});

        assertThatThrownBy(() -> other.start(Fleet.TEST)).hasMessageContaining("""
                        db/eu/0001.yaml:1:1: its version schema would be named "public_eu_beta", as is that of version \
                        0001_price of base schema "public", which is still there.""");
    }

    @Test
    void theBaselineHasTheSchemaThatItsFileNames(Database database) {
        database.execute("CREATE TABLE items (id bigint PRIMARY KEY, name text, price text NOT NULL)");
        Settings settings = Settings.forSchema("public").withBaseline(ONE);
        Fleet.unstarted(database)
                .withFile(ONE, named("beta", PRICE))
                .build(ONE, settings)
                .start(Fleet.TEST);
        assertThat(schemas(database)).containsExactly("public_beta");

        PgTandem changed = Fleet.unstarted(database).withFile(ONE, PRICE).build(ONE, settings);
        assertThatThrownBy(() -> changed.start(Fleet.TEST))
                .isInstanceOf(HistoryMismatchException.class)
                .hasMessage("""
                        db/pgtandem/0001_price.yaml: the schema of version 0001_price is "public_beta" in the database, \
                        but "public_0001_price" by this file.
                        Restore the file's "version_schema", or ship a further migration.""");
        Fleet next = Fleet.unstarted(database).withFile(ONE, PRICE).withFile(TWO, NAME);
        next.build(TWO, settings).start(Fleet.TEST);
        assertThat(new JdbcTemplate(next.pinned(TWO)).queryForList("SELECT title FROM items"))
                .isEmpty();
    }
}
