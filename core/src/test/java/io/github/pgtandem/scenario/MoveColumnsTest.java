package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** P1, P2, P3 and P7 for columns that are in another table for newer versions. */
class MoveColumnsTest {

    private static final String OLD = Fleet.BASE;
    private static final String TRIMMED = "0001_trim";
    private static final String MOVED = "0002_move";
    private static final String LOUD = "0003_loud";

    private static final String USERS = """
            CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, address text NOT NULL);
            INSERT INTO users VALUES (1, 'Ada', ' London'), (2, 'Plato', ' Athens'), (3, 'Kurt', ' Brno');
            """;

    private static final String TRIM = """
              - alter_column: {table: users, column: address, type: varchar(80), up: ltrim(address), down: "' ' || address"}
            """;

    private static final String MOVE = """
              - create_table:
                  name: addresses
                  columns:
                    - {name: user_id, type: int, references: {name: user_fkey, table: users, column: id}}
                    - {name: number, type: int, default: 1}
                  constraints:
                    - {name: addresses_pkey, type: primary_key, columns: [user_id, number]}
              - move_columns:
                  table: users
                  columns: {address: town}
                  to: addresses
                  match: {user_id: id}
                  create: true
                  absent: {address: "'nowhere'"}
            """;

    private static final String RAISE = """
              - alter_column: {table: addresses, column: town, type: text, up: upper(town), down: initcap(town)}
              - rename_table: {from: addresses, to: places}
            """;

    private static Fleet fleet(Database database) {
        return Fleet.on(database, USERS).with(TRIMMED, TRIM).with(MOVED, MOVE).with(LOUD, RAISE);
    }

    private static Fleet moved(Database database) {
        return Fleet.on(database, USERS).with(MOVED, MOVE).live(MOVED);
    }

    private static List<String> oldAddresses(Fleet fleet) {
        return addresses(fleet, OLD);
    }

    private static List<String> addresses(Fleet fleet, String version) {
        return fleet.at(version).queryForList("SELECT address FROM users ORDER BY id", String.class);
    }

    private static List<String> towns(Fleet fleet) {
        return fleet.at(MOVED).queryForList("SELECT town FROM addresses ORDER BY user_id, number", String.class);
    }

    private static List<String> places(Fleet fleet) {
        return fleet.at(LOUD).queryForList("SELECT town FROM places ORDER BY user_id, number", String.class);
    }

    @PostgresVersions
    void eachOfFourVersionsReadsWhatTheOthersWrite(Database database) {
        Fleet fleet = fleet(database).live(TRIMMED).live(MOVED).live(LOUD);

        fleet.at(OLD).update("UPDATE users SET address = ' Paris' WHERE id = 1");
        fleet.at(TRIMMED).update("UPDATE users SET address = 'Rome' WHERE id = 2");
        fleet.at(MOVED).update("UPDATE addresses SET town = 'Wien' WHERE user_id = 3");
        fleet.at(OLD).update("INSERT INTO users VALUES (4, 'Alan', ' Wilmslow')");
        fleet.at(LOUD).update("INSERT INTO users (id, name) VALUES (5, 'Emmy')");
        fleet.at(LOUD).update("INSERT INTO places (user_id, town) VALUES (5, 'ERLANGEN')");

        assertThat(oldAddresses(fleet)).containsExactly(" Paris", " Rome", " Wien", " Wilmslow", " Erlangen");
        assertThat(addresses(fleet, TRIMMED)).containsExactly("Paris", "Rome", "Wien", "Wilmslow", "Erlangen");
        assertThat(towns(fleet)).containsExactly("Paris", "Rome", "Wien", "Wilmslow", "Erlangen");
        assertThat(places(fleet)).containsExactly("PARIS", "ROME", "WIEN", "WILMSLOW", "ERLANGEN");
    }

    @PostgresVersions
    void theyGoOnDoingSoWhileOneAfterTheOtherIsCompleted(Database database) {
        Fleet fleet = fleet(database).live(TRIMMED).live(MOVED).live(LOUD);

        fleet.build(LOUD).complete(TRIMMED, false, Fleet.TEST);
        fleet.at(TRIMMED).update("UPDATE users SET address = 'Rome' WHERE id = 2");
        fleet.at(LOUD).update("UPDATE places SET town = 'WIEN' WHERE user_id = 3");
        assertThat(addresses(fleet, TRIMMED)).containsExactly("London", "Rome", "Wien");
        assertThat(towns(fleet)).containsExactly("London", "Rome", "Wien");
        assertThat(places(fleet)).containsExactly("LONDON", "ROME", "WIEN");

        fleet.build(LOUD).complete(MOVED, false, Fleet.TEST);
        fleet.at(MOVED).update("UPDATE addresses SET town = 'Berlin' WHERE user_id = 1");
        assertThat(towns(fleet)).containsExactly("Berlin", "Rome", "Wien");
        assertThat(places(fleet)).containsExactly("BERLIN", "ROME", "WIEN");

        fleet.build(LOUD).complete(LOUD, false, Fleet.TEST);
        try (Database byHand = database.postgres().database()) {
            byHand.execute("""
                    CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);
                    CREATE TABLE addresses (
                        user_id int NOT NULL CONSTRAINT user_fkey REFERENCES users,
                        number int NOT NULL DEFAULT 1,
                        CONSTRAINT addresses_pkey PRIMARY KEY (user_id, number));
                    ALTER TABLE addresses RENAME TO places;
                    ALTER TABLE places ADD COLUMN town text NOT NULL;
                    """);
            assertThat(fleet.catalogue().difference(fleet.shape(byHand).withNotNullNames()))
                    .isEmpty();
        }
    }

    @PostgresVersions
    void rollbackGoesBackVersionByVersion(Database database) {
        Fleet fleet = fleet(database).live(TRIMMED).live(MOVED).live(LOUD);
        fleet.at(LOUD).update("UPDATE places SET town = 'WIEN' WHERE user_id = 3");

        fleet.build(LOUD).rollback(MOVED, false, Fleet.TEST);
        fleet.at(MOVED).update("UPDATE addresses SET town = 'Berlin' WHERE user_id = 1");
        fleet.at(OLD).update("UPDATE users SET address = ' Rome' WHERE id = 2");
        assertThat(towns(fleet)).containsExactly("Berlin", "Rome", "Wien");
        assertThat(oldAddresses(fleet)).containsExactly(" Berlin", " Rome", " Wien");

        fleet.build(LOUD).rollback(OLD, false, Fleet.TEST);
        assertThat(oldAddresses(fleet)).containsExactly(" Berlin", " Rome", " Wien");
        try (Database untouched = database.postgres().database()) {
            untouched.execute(USERS);
            assertThat(fleet.catalogue().difference(fleet.shape(untouched).withNotNullNames()))
                    .isEmpty();
        }
    }

    @PostgresVersions
    void rowsComeAndGoWithThoseTheyBelongTo(Database database) {
        Fleet fleet = moved(database);

        fleet.at(OLD).update("DELETE FROM users WHERE id = 1");
        fleet.at(OLD).update("UPDATE users SET id = 20 WHERE id = 2");
        fleet.at(MOVED).update("DELETE FROM addresses WHERE user_id = 3");

        assertThat(oldAddresses(fleet)).containsExactly("nowhere", " Athens");
        assertThat(towns(fleet)).containsExactly(" Athens");

        fleet.at(OLD).update("UPDATE users SET address = 'found' WHERE id = 3");
        fleet.at(MOVED).update("UPDATE addresses SET user_id = 3, number = 2 WHERE user_id = 20");

        assertThat(oldAddresses(fleet)).containsExactly("found", "nowhere");
        assertThat(towns(fleet)).containsExactly("found", " Athens");
    }

    @PostgresVersions
    void whatANewerVersionHasWrittenOfOtherRowsSurvives(Database database) {
        Fleet fleet = moved(database);

        fleet.at(MOVED).update("INSERT INTO addresses VALUES (1, 2, 'Ockham'), (1, 3, ' London')");
        fleet.at(OLD).update("UPDATE users SET address = 'Paris' WHERE id = 1");
        fleet.at(OLD).update("UPDATE users SET name = 'Countess' WHERE id = 1");

        assertThat(towns(fleet)).containsExactly("Paris", "Ockham", "Paris", " Athens", " Brno");

        fleet.at(MOVED).update("DELETE FROM addresses WHERE user_id = 1 AND number = 1");
        assertThat(oldAddresses(fleet)).containsExactly("Ockham", " Athens", " Brno");
    }

    @PostgresVersions
    void anOlderVersionsRoleNeedsNoPrivilegesOnTheNewTable(Database database) {
        String role = "clerk of " + database.name();
        database.role(role);
        Fleet fleet = Fleet.on(
                        database,
                        USERS,
                        "GRANT USAGE ON SCHEMA public TO \"" + role + "\"",
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON users TO \"" + role + "\"")
                .with(MOVED, MOVE)
                .live(MOVED);
        JdbcTemplate clerk = fleet.at(OLD, role);

        clerk.update("INSERT INTO users VALUES (4, 'Alan', 'Wilmslow')");
        clerk.update("UPDATE users SET address = 'Paris' WHERE id = 1");
        clerk.update("DELETE FROM users WHERE id = 2");

        assertThat(towns(fleet)).containsExactly("Paris", " Brno", "Wilmslow");
        assertThatThrownBy(() -> clerk.execute("SELECT * FROM addresses"))
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> clerk.execute("""
                        CREATE TEMP TABLE mine (id int, name text, address text, _pgtandem_pending boolean);
                        CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW
                            EXECUTE FUNCTION public._pgtandem_forth_addresses_town();
                        """)).rootCause().hasMessageContaining("permission denied");
    }

    @PostgresVersions
    void versionsThatWriteToTheSameRowsNeverStopEachOther(Database database) throws Exception {
        Fleet fleet = moved(database);
        int rounds = 1_500;
        List<Callable<Void>> writers = new ArrayList<>();
        for (int worker = 0; worker < 2; worker++) {
            int from = worker;
            writers.add(() -> repeat(fleet, OLD, rounds, "UPDATE users SET address = ? WHERE id = ?", "old " + from));
            writers.add(() ->
                    repeat(fleet, MOVED, rounds, "UPDATE addresses SET town = ? WHERE user_id = ?", "new " + from));
        }
        ExecutorService pool = Executors.newFixedThreadPool(writers.size());
        try {
            for (Future<Void> writer : pool.invokeAll(writers)) {
                writer.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(towns(fleet)).isEqualTo(oldAddresses(fleet));
        assertThat(database.jdbc().queryForObject("SELECT count(*) FROM users WHERE _pgtandem_pending", Integer.class))
                .isZero();
    }

    private static Void repeat(Fleet fleet, String version, int rounds, String sql, String value) throws SQLException {
        try (Connection connection = fleet.pinned(version).getConnection()) {
            JdbcTemplate writer = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            for (int i = 0; i < rounds; i++) {
                assertThat(writer.update(sql, value + "/" + i, 1 + i % 3)).isEqualTo(1);
            }
        }
        return null;
    }

    /** An older version's write that gives way is not lost, whoever is next. */
    @PostgresVersions
    void aWriteThatGaveWayIsCarriedByTheNext(Database database) throws Exception {
        Fleet fleet = moved(database);
        givingWay(fleet, 1);
        assertThat(towns(fleet).get(0)).isEqualTo(" London");
        fleet.at(MOVED).update("UPDATE users SET name = 'Countess' WHERE id = 1");
        assertThat(towns(fleet).get(0)).isEqualTo("moved on");

        givingWay(fleet, 2);
        fleet.at(MOVED).update("UPDATE addresses SET number = 7 WHERE user_id = 2");
        assertThat(towns(fleet).get(1)).isEqualTo("moved on");
        assertThat(oldAddresses(fleet).get(1)).isEqualTo("moved on");

        givingWay(fleet, 3);
        fleet.build(MOVED).complete(null, false, Fleet.TEST);
        assertThat(towns(fleet).get(2)).isEqualTo("moved on");
    }

    /** Somebody holds the new row, and somebody waits for the old version's writer for another reason. */
    private static void givingWay(Fleet fleet, int user) throws Exception {
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try (Connection holder = fleet.pinned(MOVED).getConnection();
                Connection writer = fleet.pinned(OLD).getConnection()) {
            holder.setAutoCommit(false);
            writer.setAutoCommit(false);
            execute(holder, "SELECT FROM addresses WHERE user_id = " + user + " FOR UPDATE");
            execute(writer, "SELECT pg_advisory_xact_lock(7)");
            Future<?> waiter = waiting.submit(() -> fleet.at(OLD).execute("SELECT pg_advisory_xact_lock(7)"));
            await().until(() -> Boolean.TRUE.equals(fleet.database()
                    .jdbc()
                    .queryForObject("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)", Boolean.class)));
            execute(writer, "UPDATE users SET address = 'moved on' WHERE id = " + user);
            writer.commit();
            holder.rollback();
            waiter.get();
        } finally {
            waiting.shutdownNow();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @PostgresVersions
    void valuesThatNoRowTakesAreNotLost(Database database) {
        String profiles = "CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users, bio text);";
        Fleet fleet = Fleet.on(database, USERS, profiles, "INSERT INTO profiles SELECT id FROM users WHERE id < 3")
                .with(MOVED, """
                          - move_columns:
                              table: users
                              columns: [address]
                              to: profiles
                              match: {user_id: id}
                              absent: {address: "'nowhere'"}
                        """);

        assertThatThrownBy(() -> fleet.live(MOVED))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("1 rows of table users have values in columns that are moved to profiles, which"
                        + " has no row for them, so complete would lose them.");
        assertThat(oldAddresses(fleet)).containsExactly(" London", " Athens", " Brno");

        database.execute("INSERT INTO profiles VALUES (3)");
        fleet.live(MOVED);
        fleet.at(OLD).update("INSERT INTO users VALUES (4, 'Alan', 'Wilmslow'), (5, 'Alonzo', 'Hudson')");
        assertThatThrownBy(() -> fleet.build(MOVED).complete(null, false, Fleet.TEST))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("Insert the rows; or, where the values may be lost, give these columns what older"
                        + " versions see without a row: the value of absent, else their default.")
                .hasMessageContaining("Nothing has changed");
        fleet.at(OLD).update("INSERT INTO profiles (user_id) VALUES (4)");
        fleet.at(OLD).update("UPDATE users SET address = 'nowhere' WHERE id = 5");
        fleet.build(MOVED).complete(null, false, Fleet.TEST);

        assertThat(fleet.at(MOVED).queryForList("SELECT address FROM profiles ORDER BY user_id", String.class))
                .containsExactly(" London", " Athens", " Brno", "Wilmslow");
    }
}
