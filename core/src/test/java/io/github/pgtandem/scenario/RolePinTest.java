package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** P8: a login role is one version's, and goes over to another when nobody works with it. */
@ExtendWith(DatabaseExtension.class)
class RolePinTest {

    private static final String NEW = "0001_new";
    private static final String ROLE = "shop, the \"first\"";

    private static Fleet fleet(Database database) {
        return Fleet.on(database, "CREATE TABLE items (id int PRIMARY KEY)")
                .with(NEW, "\n  - rename_column: {table: items, from: id, to: number}")
                .live(NEW);
    }

    private static void pin(Fleet fleet, String version) {
        pin(fleet.build(version), version, "extensions");
    }

    private static void pin(PgTandem build, String version, String... more) {
        List<String> path = new ArrayList<>(List.of(Fleet.schema(version), "public"));
        path.addAll(List.of(more));
        build.pinRole(ROLE, path, Fleet.TEST);
    }

    private static String path(DataSource role) {
        return new JdbcTemplate(role).queryForObject("SHOW search_path", String.class);
    }

    @Test
    void itsSessionsBeginOnTheVersionInThisDatabaseOnly(Database database, Database other) {
        Fleet fleet = fleet(database);
        DataSource role = database.role(ROLE);

        pin(fleet, NEW);
        pin(fleet, NEW);

        assertThat(path(role)).isEqualTo("public_0001_new, public, extensions");
        assertThat(path(other.dataSource(ROLE, ""))).isNotEqualTo(path(role));
        assertThat(new JdbcTemplate(role).queryForObject("SELECT current_schema()", String.class))
                .isEqualTo("public_0001_new");
    }

    @Test
    void ofTwoInstancesThatStartTogetherTheSecondFindsItSet(Database database) throws SQLException {
        Fleet fleet = fleet(database);
        DataSource role = database.role(ROLE);
        AtomicBoolean once = new AtomicBoolean();
        AtomicReference<Connection> pool = new AtomicReference<>();
        PgTandem second = fleet.build(NEW, Fleet.SETTINGS, Between.statements(database, (connection, sql, alone) -> {
            if (sql.contains("pg_try_advisory_lock") && once.compareAndSet(false, true)) {
                pin(fleet, NEW);
                pool.set(role.getConnection());
            }
        }));

        pin(second, NEW, "extensions");

        assertThat(path(role)).isEqualTo("public_0001_new, public, extensions");
        pool.get().close();
    }

    @Test
    void theSecondDoesNotWaitForWhoeverFillsRows(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        "CREATE TABLE items (id int PRIMARY KEY, price int)",
                        "INSERT INTO items SELECT n, n FROM generate_series(1, 1000) AS n")
                .with(NEW, "\n  - alter_column: {table: items, column: price, type: bigint, up: price, down: price}");
        database.role(ROLE);
        PgTandem first = fleet.build(NEW);
        first.open(Fleet.TEST);
        first.backfill(true, Map.of(), Fleet.TEST);
        AtomicReference<CompletableFuture<?>> filling = new AtomicReference<>();
        PgTandem second = fleet.build(
                NEW, Fleet.patient(Duration.ofSeconds(2)), Between.statements(database, (connection, sql, alone) -> {
                    if (sql.contains("pg_try_advisory_lock") && filling.get() == null) {
                        pin(first, NEW, "extensions");
                        filling.set(CompletableFuture.runAsync(() -> first.start(Fleet.TEST)));
                        await().until(() -> !first.status().backfills().isEmpty());
                    }
                }));

        pin(second, NEW, "extensions");

        assertThat(filling.get()).isNotDone();
        first.backfill(false, Map.of(), Fleet.TEST);
        filling.get().join();
    }

    @Test
    void whatIsSetForEveryDatabaseWillDo(Database database) {
        Fleet fleet = fleet(database);
        DataSource role = database.role(ROLE);
        database.execute(
                "ALTER ROLE \"shop, the \"\"first\"\"\" SET search_path = public_0001_new, public, extensions");

        pin(fleet, NEW);

        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase"
                                        + " WHERE d.datname = current_database()",
                                Integer.class))
                .isZero();
        assertThat(path(role)).isEqualTo("public_0001_new, public, extensions");
    }

    @Test
    void whoeverWorksWithItKeepsIt(Database database) throws Exception {
        Fleet fleet = fleet(database);
        DataSource role = database.role(ROLE);
        pin(fleet, Fleet.BASE);
        try (Connection session = role.getConnection()) {
            assertThatThrownBy(() -> pin(fleet, NEW))
                    .isInstanceOf(PgTandemException.class)
                    .hasMessageMatching(
                            "(?s)role \"shop, the \"first\"\" is in use with public_0000_baseline, public,"
                                    + " extensions: pid \\d+ \\(PostgreSQL JDBC Driver\\)\\.\\nGive each version a login role.*");
            assertThat(session.isValid(1)).isTrue();
        }
        try (InstanceRegistration idle = fleet.build(Fleet.BASE).register("shop", "host-7")) {
            assertThatThrownBy(() -> pin(fleet, NEW))
                    .hasMessageContaining("shop on host-7 (version 0000_baseline, up for ")
                    .hasMessageContaining(idle.id());
        }
        pin(fleet, NEW);
        assertThat(path(role)).isEqualTo("public_0001_new, public, extensions");
    }

    @Test
    void whoeverLogsInMeanwhileKeepsIt(Database database) throws Exception {
        Fleet fleet = fleet(database);
        DataSource role = database.role(ROLE);
        pin(fleet, Fleet.BASE);
        List<Connection> sessions = new ArrayList<>();
        PgTandem next = fleet.build(NEW, Fleet.SETTINGS, Between.statements(database, (connection, sql, alone) -> {
            if (sql.startsWith("ALTER ROLE") && sessions.isEmpty()) {
                sessions.add(role.getConnection());
            }
        }));

        assertThatThrownBy(() -> pin(next, NEW)).hasMessageContaining("is in use with public_0000_baseline, public");

        assertThat(path(role)).isEqualTo("public_0000_baseline, public, extensions");
        assertThat(sessions).hasSize(1);
        sessions.get(0).close();
    }

    @Test
    void aPathOfAnotherVersionIsNoneToPin(Database database) {
        Fleet fleet = fleet(database);
        assertThatThrownBy(() -> pin(fleet.build(NEW), Fleet.BASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not begin with \"public_0001_new\", \"public\"");
    }

    @Test
    void anInstanceOfAnotherBaseSchemaKeepsIt(Database database) throws Exception {
        Fleet fleet = fleet(database);
        DataSource role = database.role(ROLE);
        database.execute("CREATE SCHEMA billing");
        PgTandem billing = fleet.build(Fleet.BASE, Settings.forSchema("billing").withBaseline(Fleet.BASE));
        billing.start(Fleet.TEST);
        billing.pinRole(ROLE, List.of("billing_0000_baseline", "billing"), Fleet.TEST);

        try (InstanceRegistration idle = billing.register("billing", "host-7")) {
            assertThatThrownBy(() -> pin(fleet, NEW))
                    .hasMessageContaining("is in use with billing_0000_baseline, billing: billing on host-7 (version")
                    .hasMessageContaining(idle.id());
        }
        pin(fleet, NEW);
        assertThat(path(role)).isEqualTo("public_0001_new, public, extensions");
    }
}
