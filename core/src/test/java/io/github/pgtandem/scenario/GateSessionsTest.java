package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pgtandem.GateShutException;
import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.sql.SQLException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** P8, by the names of sessions: whose they are, and of which version. */
@ExtendWith(DatabaseExtension.class)
class GateSessionsTest {

    private static final String NEW = "0001_price";
    private static final String LONG = "customer-notification-and-billing-preferences-service";

    private static Fleet fleet(Database database) {
        return Fleet.on(database, "CREATE TABLE items (id bigint PRIMARY KEY, price text NOT NULL)")
                .with(NEW, """
                          - alter_column:
                              {table: items, column: price, type: int, up: price::int, down: price::text}
                        """);
    }

    private static Connection opened(Database database, String name) throws SQLException {
        PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource(database.user(), "public");
        source.setApplicationName(name);
        return source.getConnection();
    }

    /** An instance of the first version in the registry. */
    private static void registered(
            Database database, String schema, String application, long heartbeatMillis, String lastSeen) {
        database.jdbc().update("""
                INSERT INTO pgtandem.instance (id, schema, application, host, version, heartbeat_ms, last_seen)
                VALUES (gen_random_uuid()::text, ?, ?, 'host-1', ?, ?, clock_timestamp() - ?::interval)
                """, schema, application, Fleet.BASE, heartbeatMillis, lastSeen);
    }

    @Test
    void aSessionCountsThoughOnlyADeadInstanceOfAnotherBaseSchemaHasItsName(Database database) throws Exception {
        PgTandem next = fleet(database).live(NEW).build(NEW);
        registered(database, "billing", "shop", 10_000, "6 days");
        try (Connection old = opened(database, "shop@" + Fleet.BASE)) {
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST))
                    .isInstanceOf(GateShutException.class)
                    .hasMessageContaining("session shop@" + Fleet.BASE);
            assertThat(old.isValid(1)).isTrue();
        }
    }

    @Test
    void aSessionCountsWhereItMayBeOfAnInstanceThatHasFallenSilent(Database database) throws Exception {
        PgTandem next = fleet(database).live(NEW).build(NEW);
        registered(database, "billing", "shop", 10_000, "0 s");
        registered(database, "public", "shop", 10_000, "1 day");
        try (Connection old = opened(database, "shop@" + Fleet.BASE)) {
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST))
                    .isInstanceOf(GateShutException.class)
                    .hasMessageContaining("session shop@" + Fleet.BASE)
                    .hasMessageEndingWith(
                            "and try again, or force. Instances of base schema billing that are alive have"
                                    + " sessions of the same name: force if these are theirs, and give each application a name of"
                                    + " its own.");
            next.complete(null, true, Fleet.TEST);
            assertThat(old.isValid(1)).isTrue();
        }
    }

    @Test
    void aSessionOfAnotherBaseSchemaDoesNotCountOnceOurInstancesOfItsNameHaveSignedOff(Database database)
            throws Exception {
        PgTandem next = fleet(database).live(NEW).build(NEW);
        registered(database, "billing", "application", 10_000, "0 s");
        registered(database, "public", "application", 0, "5 days");
        try (Connection other = opened(database, "application@" + Fleet.BASE)) {
            assertThat(next.complete(null, false, Fleet.TEST).version()).isEqualTo(NEW);
            assertThat(other.isValid(1)).isTrue();
        }
    }

    @Test
    void aSessionOfAnotherBaseSchemaDoesNotCountThoughItsNameIsCut(Database database) throws Exception {
        PgTandem next = fleet(database).live(NEW).build(NEW);
        registered(database, "billing", LONG, 10_000, "0 s");
        try (Connection other = opened(database, LONG.substring(0, 49) + "@" + Fleet.BASE)) {
            assertThat(next.complete(null, false, Fleet.TEST).version()).isEqualTo(NEW);
            assertThat(other.isValid(1)).isTrue();
        }
    }

    @Test
    void sessionsWhoseNameIsCutAreNotNamedBesideTheirInstance(Database database) throws Exception {
        Fleet fleet = fleet(database).live(NEW);
        try (InstanceRegistration old = fleet.build(Fleet.BASE).register(LONG, "host-7");
                Connection pooled = opened(database, LONG.substring(0, 49) + "@" + Fleet.BASE)) {
            assertThatThrownBy(() -> fleet.build(NEW).complete(null, false, Fleet.TEST))
                    .hasMessageContaining(old.id())
                    .message()
                    .doesNotContain("session");
            assertThat(pooled.isValid(1)).isTrue();
        }
    }

    /** Both as a pinned connection says it and as somebody else may. */
    @PostgresVersions
    void aVersionIsKnownThoughTheServerDoesNotShowItsLetters(Database database) throws Exception {
        String umlauts = "0001_größe";
        Fleet fleet = Fleet.on(database, "CREATE TABLE items (id bigint PRIMARY KEY, price text NOT NULL)")
                .with(umlauts, "  - add_column: {table: items, column: {name: size, type: int, nullable: true}}\n")
                .with("0002_price", """
                          - alter_column:
                              {table: items, column: price, type: int, up: price::int, down: price::text}
                        """);
        fleet.live(umlauts).live("0002_price");
        PgTandem next = fleet.build("0002_price");
        next.complete(umlauts, false, Fleet.TEST);
        String pinned = fleet.build(umlauts).pin().sessionName("büro");
        try (Connection one = opened(database, pinned);
                Connection two = opened(database, "lager@" + umlauts)) {
            assertThatThrownBy(() -> next.complete(null, false, Fleet.TEST))
                    .asInstanceOf(InstanceOfAssertFactories.throwable(GateShutException.class))
                    .extracting(GateShutException::sessions)
                    .asInstanceOf(InstanceOfAssertFactories.list(Status.Session.class))
                    .extracting(Status.Session::application, Status.Session::version)
                    .containsExactlyInAnyOrder(tuple("b??ro", umlauts), tuple("lager", umlauts));
            assertThat(one.isValid(1) && two.isValid(1)).isTrue();
        }
    }

    @Test
    void aNameThatSaysAVersionToTheEndIsNotTakenForThatOfALongerOne(Database database) throws Exception {
        String longer = NEW + "_in_cents";
        Fleet fleet = fleet(database)
                .with(longer, "  - add_column: {table: items, column: {name: cents, type: int, nullable: true}}\n");
        fleet.live(NEW).live(longer);
        String name = fleet.build(NEW).pin().sessionName(LONG);
        assertThat(name).hasSize(63);
        try (Connection own = opened(database, name)) {
            assertThat(fleet.build(longer).rollback(NEW, false, Fleet.TEST).version())
                    .isEqualTo(NEW);
            assertThat(own.isValid(1)).isTrue();
        }
    }

    @Test
    void pinnedConnectionsSayTheVersionWhateverIsLeftOfTheApplication(Database database) {
        Fleet fleet = fleet(database);
        assertThat(fleet.build(NEW).pin().sessionName("shop")).isEqualTo("shop@0001_price");
        assertThat(fleet.build(NEW).pin().sessionName("ü".repeat(40)))
                .isEqualTo("?".repeat(63 - "@0001_price".length()) + "@0001_price");
        String verbose = "0002_" + "v".repeat(58);
        fleet.with(verbose, "[]");
        assertThat(fleet.build(verbose).pin().sessionName("warehouse"))
                .hasSize(63)
                .startsWith("warehous@0002_vvv");
    }
}
