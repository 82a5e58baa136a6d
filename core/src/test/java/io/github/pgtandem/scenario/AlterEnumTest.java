package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.util.PGobject;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two versions of an enum type under one name: who finds which, and what each reads of the other's values. */
@ExtendWith(io.github.pgtandem.fixture.DatabaseExtension.class)
class AlterEnumTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_states";
    private static final String MORE = "0002_more";
    private static final String LAST = "0003_last";

    private static final String ORDERS = """
            CREATE TYPE order_state AS ENUM ('open', 'in_progress', 'done');
            CREATE TABLE orders (id bigint PRIMARY KEY, note text, state order_state NOT NULL DEFAULT 'open');
            INSERT INTO orders (id, state) VALUES (1, 'open'), (2, 'in_progress'), (3, 'done');
            """;

    private static final String STATES = """
              - alter_enum:
                  name: order_state
                  rename:
                    - {from: in_progress, to: active}
                  add:
                    - {value: paused, after: active, down: in_progress}
                  drop:
                    - {value: done, up: active}
            """;

    private static Fleet fleet(Database database) {
        return Fleet.on(database, ORDERS).with(NEW, STATES).with(MORE, """
                          - add_column: {table: orders, column: {name: city, type: text, nullable: true}}
                          - rename_column: {table: orders, from: note, to: remark}
                        """);
    }

    private static String state(Fleet fleet, String version, int id) {
        return String.valueOf(
                fleet.row(version, "SELECT state FROM orders WHERE id = ?", id).get("state"));
    }

    private static List<String> states(Fleet fleet, String version, String sql) {
        return fleet.at(version).queryForList(sql, String.class);
    }

    /** A type goes with the columns that have it; what else names it would be left on the old one. */
    @Test
    void anExpressionOnOtherColumnsThatNamesTheTypeIsRefused(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        ORDERS,
                        "CREATE TABLE imports (state text, CHECK (state::order_state IS NOT NULL))",
                        "ALTER TABLE orders ADD CONSTRAINT noted CHECK (note::order_state <> 'done')")
                .with(NEW, STATES);

        assertThatThrownBy(() -> fleet.live(NEW))
                .hasMessageContaining("constraint imports_state_check on table public.imports")
                .hasMessageContaining("constraint noted on table public.orders");
    }

    @PostgresVersions
    void eachVersionFindsItsOwnTypeUnderTheOneName(Database database) {
        Fleet fleet = fleet(database).live(NEW);

        for (String version : List.of(OLD, NEW)) {
            String label = version.equals(OLD) ? "in_progress" : "active";
            assertThat(states(fleet, version, "SELECT id FROM orders WHERE state = '" + label + "'::order_state"))
                    .contains("2");
            assertThat(states(
                            fleet,
                            version,
                            "SELECT id FROM orders WHERE state = ANY ('{" + label + "}'::order_state[]) AND id = 2"))
                    .containsExactly("2");
            assertThat(states(fleet, version, "SELECT pg_typeof(state)::text FROM orders WHERE id = 1"))
                    .containsExactly("order_state");
            PGobject typed = typed(label);
            assertThat(fleet.at(version).update("UPDATE orders SET state = ? WHERE state = ? AND id = 2", typed, typed))
                    .isOne();
        }
        assertThat(states(fleet, OLD, "SELECT unnest(enum_range(NULL::order_state))"))
                .containsExactly("open", "in_progress", "done");
        assertThat(states(fleet, NEW, "SELECT unnest(enum_range(NULL::order_state))"))
                .containsExactly("open", "active", "paused");
    }

    private static PGobject typed(String label) {
        try {
            PGobject object = new PGobject();
            object.setType("order_state");
            object.setValue(label);
            return object;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @PostgresVersions
    void eachVersionReadsTheValuesThatItKnows(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        assertThat(states(fleet, NEW, "SELECT state FROM orders ORDER BY id"))
                .containsExactly("open", "active", "active");
        assertThat(states(fleet, OLD, "SELECT state FROM orders ORDER BY id"))
                .containsExactly("open", "in_progress", "done");

        fleet.at(NEW).update("UPDATE orders SET state = 'paused' WHERE id = 1");
        assertThat(state(fleet, OLD, 1)).isEqualTo("in_progress");

        fleet.at(OLD).update("UPDATE orders SET note = 'x', state = state WHERE id = 1");
        assertThat(state(fleet, NEW, 1)).isEqualTo("paused");

        fleet.at(NEW).update("UPDATE orders SET note = 'y' WHERE id = 3");
        assertThat(state(fleet, OLD, 3)).isEqualTo("done");

        fleet.at(OLD).update("UPDATE orders SET state = 'done' WHERE id = 1");
        assertThat(state(fleet, NEW, 1)).isEqualTo("active");
        fleet.at(OLD).update("INSERT INTO orders (id) VALUES (4)");
        assertThat(state(fleet, NEW, 4)).isEqualTo("open");
    }

    /** Prepared statements hold the type itself, which stays the same when it is moved. */
    @PostgresVersions
    void completeDoesNotDisturbPreparedStatementsOfTheNewVersion(Database database) throws SQLException {
        Fleet fleet = fleet(database).live(NEW);
        DataSource pinned = fleet.pinned(NEW);
        try (Connection connection = pinned.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT count(*) FROM orders WHERE state = 'active'::order_state OR state = ?")) {
            for (int i = 0; i < 10; i++) {
                assertThat(count(select)).isEqualTo(3);
            }
            fleet.build(NEW).complete(null, true, Fleet.TEST);
            for (int i = 0; i < 10; i++) {
                assertThat(count(select)).isEqualTo(3);
            }
        }
        assertThat(database.jdbc().queryForList("SELECT enum_range(NULL::public.order_state)::text", String.class))
                .containsExactly("{open,active,paused}");
    }

    private static int count(PreparedStatement select) throws SQLException {
        select.setObject(1, typed("open"));
        try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @PostgresVersions
    void aRoleThatMayOnlyUseTheTablesWritesInBothVersions(Database database) {
        Fleet fleet = fleet(database);
        database.role("enum_writer");
        database.execute(
                "GRANT USAGE ON SCHEMA public TO enum_writer",
                "GRANT SELECT, INSERT, UPDATE ON orders TO enum_writer",
                "REVOKE ALL ON TYPE order_state FROM PUBLIC",
                "GRANT USAGE ON TYPE order_state TO enum_writer");
        fleet.live(NEW);
        for (String version : List.of(OLD, NEW)) {
            JdbcTemplate at = fleet.at(version);
            at.execute("SET ROLE enum_writer; UPDATE orders SET state = 'open' WHERE id = 2; RESET ROLE");
            assertThat(state(fleet, version, 2)).isEqualTo("open");
        }
        fleet.build(NEW).complete(null, true, Fleet.TEST);
        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT has_type_privilege('enum_writer', 'public.order_state', 'USAGE')"
                                        + " AND NOT EXISTS (SELECT FROM pg_type t, aclexplode(t.typacl) g"
                                        + " WHERE t.typname = 'order_state' AND g.grantee = 0)",
                                Boolean.class))
                .isTrue();
    }

    @Test
    void oneReleaseMayHoldMoreAndBeCompletedInBetween(Database database) {
        Fleet fleet = fleet(database).live(MORE);
        fleet.at(MORE).update("UPDATE orders SET state = 'paused'::order_state, city = 'Rome' WHERE id = 1");

        fleet.build(MORE).complete(NEW, true, Fleet.TEST);

        fleet.at(MORE).update("INSERT INTO orders (id) VALUES (9)");
        assertThat(state(fleet, MORE, 9)).isEqualTo("open");
        fleet.at(MORE).update("DELETE FROM orders WHERE id = 9");
        assertThat(fleet.row(MORE, "SELECT state::text, city FROM orders WHERE state = 'paused'::order_state"))
                .containsEntry("city", "Rome");
        assertThat(database.jdbc().queryForList("SELECT state FROM orders ORDER BY id", String.class))
                .containsExactly("paused", "active", "active");

        fleet.build(MORE).rollback(null, true, Fleet.TEST);
        assertThat(database.jdbc().queryForList("SELECT state FROM orders WHERE state = 'paused'", String.class))
                .hasSize(1);
    }

    /** What retired versions answer with must not keep the old type from being dropped. */
    @Test
    void aTypeThatRetiredVersionsHaveSeenIsReplaced(Database database) {
        Fleet fleet = Fleet.on(database, ORDERS, "CREATE TABLE gone (state order_state)")
                .with(NEW, "  - drop_table: {name: gone}\n  - rename_column: {table: orders, from: note, to: remark}")
                .with(MORE, STATES)
                .live(NEW);
        fleet.build(NEW).complete(null, true, Fleet.TEST);

        fleet.live(MORE).build(MORE).complete(null, true, Fleet.TEST);

        for (String query : List.of("SELECT * FROM orders WHERE state = 'open'", "SELECT state FROM gone")) {
            assertThatThrownBy(() -> fleet.at(OLD).queryForList(query))
                    .hasMessageContaining("was retired by completing " + NEW);
        }
        for (String query : List.of("state = 'done'::order_state", "state = ANY ('{done}'::order_state[])")) {
            assertThatThrownBy(() -> fleet.at(NEW).queryForList("SELECT * FROM orders WHERE " + query))
                    .hasMessageContaining("was retired by completing " + MORE);
        }
        assertThatThrownBy(() -> fleet.at(NEW).update("INSERT INTO orders (id, state) VALUES (9, 'done'::order_state)"))
                .hasMessageContaining("was retired by completing " + MORE);
        assertThat(states(fleet, MORE, "SELECT DISTINCT state FROM orders WHERE state = 'active'::order_state"))
                .containsExactly("active");

        database.execute("UPDATE pgtandem.migration SET retired_at = retired_at - interval '2 days'");
        fleet.with(LAST, "  - rename_column: {table: orders, from: remark, to: note}")
                .live(LAST);
        assertThat(database.jdbc()
                        .queryForList(
                                "SELECT typnamespace::regnamespace::text FROM pg_type WHERE typname = 'order_state'",
                                String.class))
                .containsExactly("public");
        assertThat(database.jdbc()
                        .queryForList("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'public\\_%'", String.class))
                .containsExactlyInAnyOrder("public_" + MORE, "public_" + LAST);
    }

    @Test
    void aSecondAlterationFollowsTheFirst(Database database) {
        Fleet fleet = fleet(database).with(LAST, """
                  - alter_enum:
                      name: order_state
                      rename:
                        - {from: paused, to: waiting}
                """).live(NEW);
        fleet.at(NEW).update("UPDATE orders SET state = 'paused' WHERE id = 1");
        fleet.build(NEW).complete(null, true, Fleet.TEST);

        fleet.live(LAST);

        assertThat(state(fleet, LAST, 1)).isEqualTo("waiting");
        assertThat(state(fleet, NEW, 1)).isEqualTo("paused");
        fleet.build(LAST).complete(null, true, Fleet.TEST);
        assertThat(state(fleet, LAST, 1)).isEqualTo("waiting");
    }

    /** A version that is removed while an instance of it is alive answers without the type. */
    @Test
    void aForcedRollbackTakesTheTypeAwayFromLivingInstances(Database database) {
        Fleet fleet = fleet(database).live(NEW);
        try (InstanceRegistration alive = fleet.build(NEW).register("shop", "host-1")) {
            assertThat(alive).isNotNull();

            fleet.build(NEW).rollback(null, true, Fleet.TEST);

            assertThatThrownBy(() -> fleet.at(NEW).queryForList("SELECT * FROM orders WHERE state = 'paused'"))
                    .hasMessageContaining("was removed by rolling back");
        }
        assertThat(database.jdbc()
                        .queryForList(
                                "SELECT typnamespace::regnamespace::text FROM pg_type WHERE typname LIKE '%order_state'"
                                        + " AND typtype = 'e'",
                                String.class))
                .containsExactly("public");
    }

    /** It would find the old type under the name. */
    @Test
    void aVersionThatTheReleaseSkippedIsNotServedBesideTheOneThatHasTheType(Database database) {
        Fleet fleet = fleet(database).live(MORE);

        assertThatThrownBy(() -> fleet.live(NEW))
                .hasMessageContaining("version " + NEW + " cannot be used beside " + MORE)
                .hasMessageContaining("roll back to " + NEW + " first");

        fleet.build(MORE).rollback(NEW, true, Fleet.TEST);
        fleet.live(NEW);
        fleet.at(NEW).update("UPDATE orders SET state = 'paused'::order_state WHERE id = 1");
        assertThat(state(fleet, OLD, 1)).isEqualTo("in_progress");
        fleet.build(NEW).complete(null, true, Fleet.TEST);
        assertThat(states(fleet, NEW, "SELECT id FROM orders WHERE state = 'paused'::order_state"))
                .containsExactly("1");
    }

    /** Its author calls the type by a name that is the new one's by then. */
    @Test
    void aColumnAddedByAMigrationInFlightIsAltered(Database database) {
        String added =
                "  - add_column: {table: orders, column: {name: first, type: order_state, default: \"'open'\"}}\n";
        Fleet apart = Fleet.on(database, ORDERS)
                .with("0000_first", added)
                .with(NEW, STATES)
                .live("0000_first")
                .live(NEW);
        apart.at(NEW).update("UPDATE orders SET first = 'paused' WHERE id = 1");
        assertThat(states(apart, "0000_first", "SELECT first FROM orders ORDER BY id"))
                .containsExactly("in_progress", "open", "open");
        apart.build(NEW).complete(null, true, Fleet.TEST);

        try (Database other = database.postgres().database()) {
            Fleet together = Fleet.on(other, ORDERS).with(NEW, added + STATES).live(NEW);
            assertThat(states(together, NEW, "SELECT first FROM orders")).containsOnly("open");
            together.build(NEW).complete(null, true, Fleet.TEST);
            assertThat(together.catalogue().difference(apart.catalogue())).isEmpty();
        }
    }
}
