package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Tables with row-level security, whose policies hold for the roles of both versions, and tables of another schema. */
@ExtendWith(DatabaseExtension.class)
class ShieldedTablesTest {

    private static final String TENANT = "tenant";
    private static final String OWNER = "owner";
    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_cents";
    private static final String CENTS = """
              - alter_column:
                  table: bills
                  column: amount
                  type: int
                  up: (amount * 100)::int
                  down: amount / 100.0
            """;
    private static final String[] BILLS = {
        "CREATE TABLE bills (id int PRIMARY KEY, tenant text NOT NULL DEFAULT current_user, amount numeric)",
        "INSERT INTO bills SELECT n, 'somebody', n FROM generate_series(1, 9) AS n",
        "ALTER TABLE bills ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY own ON bills USING (tenant = current_user)"
    };

    @PostgresVersions
    void aRestrictedRoleSeesAndWritesItsOwnRowsInBothVersions(Database database) {
        database.role(TENANT);
        Fleet fleet = Fleet.on(database, BILLS).with(NEW, CENTS);
        database.execute(
                "GRANT USAGE ON SCHEMA public TO " + TENANT,
                "GRANT SELECT, INSERT, UPDATE ON bills TO " + TENANT,
                "INSERT INTO bills VALUES (10, '" + TENANT + "', 1.5)");
        fleet.live(NEW);

        as(fleet, OLD, old -> old.update("INSERT INTO bills (id, amount) VALUES (11, 2.5)"));
        as(fleet, NEW, other -> other.update("INSERT INTO bills (id, amount) VALUES (12, 350)"));
        as(fleet, NEW, other -> other.update("UPDATE bills SET amount = amount + 1"));

        assertThat(as(fleet, OLD, ShieldedTablesTest::amounts)).containsExactly("1.51", "2.51", "3.51");
        assertThat(as(fleet, NEW, ShieldedTablesTest::amounts)).containsExactly("151", "251", "351");
        assertThatThrownBy(() -> as(fleet, NEW, other -> other.update("INSERT INTO bills VALUES (13, 'somebody', 1)")))
                .hasRootCauseMessage("ERROR: new row violates row-level security policy for table \"bills\"");
        assertThat(database.jdbc()
                        .queryForObject("SELECT count(*) FROM bills WHERE amount * 100 <> _pgtandem_amount", int.class))
                .isZero();
    }

    @PostgresVersions
    void aMigrationRoleThatPoliciesHideRowsFromIsRefusedBeforeAnythingChanges(Database database) {
        DataSource source = database.role(OWNER);
        database.execute(BILLS);
        database.execute(
                "ALTER TABLE bills OWNER TO " + OWNER,
                "ALTER TABLE bills FORCE ROW LEVEL SECURITY",
                "GRANT CREATE ON DATABASE \"" + database.name() + "\" TO " + OWNER,
                "GRANT CREATE, USAGE ON SCHEMA public TO " + OWNER);
        Fleet fleet = Fleet.unstarted(database).with(NEW, CENTS);
        fleet.build(OLD, Fleet.SETTINGS, source).start(Fleet.TEST);
        Catalogue before = fleet.catalogue();

        assertThatThrownBy(() -> fleet.build(NEW, Fleet.SETTINGS, source).start(Fleet.TEST))
                .hasMessageContaining("row-level security holds for the migration role too on bills")
                .hasMessageContaining("ALTER ROLE " + OWNER + " BYPASSRLS;");

        assertThat(fleet.catalogue().difference(before)).isEmpty();
        database.execute("ALTER TABLE bills NO FORCE ROW LEVEL SECURITY");
        fleet.build(NEW, Fleet.SETTINGS, source).start(Fleet.TEST);
        assertThat(database.jdbc().queryForObject("SELECT sum(_pgtandem_amount) FROM bills", int.class))
                .isEqualTo(4500);
    }

    @PostgresVersions
    void anotherSchemaIsABaseSchemaLikePublic(Database database) {
        database.execute(
                "CREATE SCHEMA \"The Shop\"",
                "CREATE TABLE \"The Shop\".bills (id int PRIMARY KEY, amount numeric)",
                "CREATE TABLE public.bills (id int PRIMARY KEY, amount numeric)",
                "INSERT INTO \"The Shop\".bills VALUES (1, 1.5)");
        Settings settings = Settings.forSchema("The Shop").withBaseline(OLD);
        PgTandem engine = new PgTandem(
                database.dataSource(),
                Release.parse(List.of(new MigrationFile("db/" + NEW + ".yaml", "operations:\n" + CENTS))),
                settings,
                new PgTandemListener() {});
        engine.start(Fleet.TEST);
        JdbcTemplate old = new JdbcTemplate(database.dataSource("\"The Shop_0000_baseline\", \"The Shop\""));
        JdbcTemplate other = new JdbcTemplate(database.dataSource("\"The Shop_" + NEW + "\", \"The Shop\""));
        old.update("INSERT INTO bills VALUES (2, 2.5)");
        other.update("INSERT INTO bills (id, amount) VALUES (3, 350)");

        assertThat(amounts(other)).containsExactly("150", "250", "350");
        assertThat(amounts(old).get(2)).startsWith("3.5");
        engine.complete(null, true, Fleet.TEST);
        assertThat(amounts(new JdbcTemplate(database.dataSource("\"The Shop\""))))
                .containsExactly("150", "250", "350");
        assertThat(database.jdbc().queryForObject("SELECT count(*) FROM public.bills", int.class))
                .isZero();
    }

    private static List<String> amounts(JdbcTemplate jdbc) {
        return jdbc.queryForList("SELECT trim_scale(amount::numeric)::text FROM bills ORDER BY id", String.class);
    }

    private static <T> T as(Fleet fleet, String version, Function<JdbcTemplate, T> work) {
        try (Connection pinned = fleet.pinned(version).getConnection()) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(pinned, true));
            jdbc.execute("SET ROLE " + TENANT);
            return work.apply(jdbc);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
