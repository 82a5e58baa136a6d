package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.JdbcTemplate;

/** What those get who write to a table in flight and are of no version: design, section 6. */
@ExtendWith(DatabaseExtension.class)
class UnpinnedWritersTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";
    private static final String REVIEWS = "CREATE TABLE reviews (id int PRIMARY KEY, rating text, note text)";
    private static final String NUMBERS = """
              - alter_column:
                  table: reviews
                  column: rating
                  type: int
                  up: length(rating)
                  down: repeat('*', rating)
            """;
    private static final String STORED = "SELECT id, rating, _pgtandem_rating FROM public.reviews ORDER BY id";

    private static Fleet fleet(Database database) {
        return Fleet.on(database, REVIEWS, "INSERT INTO reviews VALUES (1, '*')")
                .with(NEW, NUMBERS)
                .live(NEW);
    }

    private static List<String> stored(Database database) {
        return database.jdbc()
                .query(STORED, (row, n) -> row.getInt(1) + " " + row.getString(2) + " " + row.getObject(3));
    }

    @PostgresVersions
    void whoeverWorksInTheBaseSchemaIsOfTheBaseVersion(Database database) {
        Fleet fleet = fleet(database);
        JdbcTemplate psql = new JdbcTemplate(database.dataSource("\"$user\", public"));

        psql.update("INSERT INTO reviews (id, rating) VALUES (2, '**')");
        psql.update("UPDATE reviews SET rating = '***' WHERE id = 1");
        psql.update("UPDATE reviews SET note = 'x'");

        assertThat(stored(database)).containsExactly("1 *** 3", "2 ** 2");
        fleet.at(NEW).update("UPDATE reviews SET rating = 5 WHERE id = 2");
        assertThat(psql.queryForObject("SELECT rating FROM reviews WHERE id = 2", String.class))
                .isEqualTo("*****");
    }

    @PostgresVersions
    void aCopyIntoTheBaseSchemaIsOfTheBaseVersion(Database database) throws Exception {
        fleet(database);

        copyIn(database, "public", "COPY reviews (id, rating) FROM STDIN", "2\t**\n3\t\\N\n");

        assertThat(stored(database)).containsExactly("1 * 1", "2 ** 2", "3 null null");
    }

    /** A dump has every stored column, and is loaded under an empty path. */
    @PostgresVersions
    void aRestoreUnderAnEmptyPathKeepsBothValues(Database database) throws Exception {
        Fleet fleet = fleet(database);
        fleet.at(NEW).update("INSERT INTO reviews (id, rating) VALUES (2, 4)");
        // As if somebody had mended one of them: nothing is to be computed anew.
        database.execute("SET session_replication_role = replica; UPDATE reviews SET rating = 'four' WHERE id = 2");
        List<String> before = stored(database);
        String dump = copyOut(database, "COPY public.reviews TO STDOUT");
        database.execute("TRUNCATE reviews");

        copyIn(database, "", "COPY public.reviews FROM STDIN", dump);

        assertThat(stored(database)).isEqualTo(before).containsExactly("1 * 1", "2 four 4");
        fleet.at(OLD).update("UPDATE reviews SET rating = '*****' WHERE id = 2");
        assertThat(fleet.row(NEW, "SELECT rating FROM reviews WHERE id = 2")).containsEntry("rating", 5);
    }

    @PostgresVersions
    void aFunctionWritesAsThePathThatItSets(Database database) {
        Fleet fleet = fleet(database);
        database.execute(
                "CREATE FUNCTION as_base() RETURNS void LANGUAGE sql SET search_path = public"
                        + " AS $$ UPDATE reviews SET rating = '**' WHERE id = 1 $$",
                "CREATE FUNCTION as_nobody() RETURNS void LANGUAGE sql SET search_path = pg_catalog"
                        + " AS $$ UPDATE public.reviews SET rating = 'none' WHERE id = 1 $$");

        fleet.at(NEW).execute("SELECT public.as_base()");
        assertThat(stored(database)).containsExactly("1 ** 2");
        fleet.at(NEW).execute("SELECT public.as_nobody()");
        assertThat(stored(database)).containsExactly("1 none 2");
    }

    /** Both values travel, as of any two columns; on a subscriber without the new one nothing is lost, but waits. */
    @PostgresVersions
    void aSubscriberGetsBothValuesOnceItHasTheColumn(Database database) {
        Fleet fleet = fleet(database);
        Database subscriber = database.postgres().database();
        subscriber.execute("CREATE TABLE reviews (id int PRIMARY KEY, rating text, note text)");
        try (Replication out = Replication.between(database, subscriber, "reviews")) {
            fleet.at(NEW).update("INSERT INTO reviews (id, rating) VALUES (2, 4)");
            await().until(() -> out.errors() > 0);
            subscriber.execute("ALTER TABLE reviews ADD COLUMN _pgtandem_rating int");

            await().until(() -> stored(subscriber).equals(List.of("1 * 1", "2 **** 4")));
            fleet.at(OLD).update("UPDATE reviews SET rating = '*****' WHERE id = 2");
            await().until(() -> stored(subscriber).contains("2 ***** 5"));
        } finally {
            subscriber.close();
        }
    }

    /** An apply worker is of no version and fires no trigger: what it brings stays as it is. */
    @PostgresVersions
    void whatASubscriptionBringsIsNotTranslated(Database database) {
        Database publisher = database.postgres().database();
        publisher.execute(REVIEWS, "INSERT INTO reviews VALUES (2, '**')");
        Fleet fleet = fleet(database);
        try (Replication in = Replication.between(publisher, database, "reviews")) {
            await().until(() -> stored(database).equals(List.of("1 * 1", "2 ** null")));
            publisher.execute("UPDATE reviews SET rating = '***' WHERE id = 2");
            await().until(() -> stored(database).contains("2 *** null"));
            assertThat(in.errors()).isZero();

            // The next write of a version that is known brings it in step.
            fleet.at(OLD).update("UPDATE reviews SET rating = '****' WHERE id = 2");
            assertThat(fleet.row(NEW, "SELECT rating FROM reviews WHERE id = 2"))
                    .containsEntry("rating", 4);
        } finally {
            publisher.close();
        }
    }

    private static void copyIn(Database database, String path, String copy, String rows)
            throws SQLException, IOException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.createStatement().execute("SELECT set_config('search_path', '" + path + "', false)");
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            copies.copyIn(copy, new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String copyOut(Database database, String copy) throws SQLException, IOException {
        try (Connection connection = database.dataSource().getConnection()) {
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, rows);
            return rows.toString(StandardCharsets.UTF_8);
        }
    }

    /** Logical replication of a table from one database of a server to another. */
    private record Replication(Database from, Database to, String name) implements AutoCloseable {

        static Replication between(Database from, Database to, String table) {
            Replication replication = new Replication(from, to, "between_" + from.name() + "_" + to.name());
            String name = replication.name;
            from.execute("CREATE PUBLICATION " + name + " FOR TABLE " + table);
            // Within one server the slot must be there before, or making the subscription would wait for itself.
            from.jdbc().queryForMap("SELECT pg_create_logical_replication_slot(?, 'pgoutput')", name);
            to.execute("CREATE SUBSCRIPTION %s CONNECTION 'host=localhost port=%d dbname=%s user=%s' PUBLICATION %s"
                            .formatted(name, from.postgres().port(), from.name(), from.user(), name)
                    + " WITH (create_slot = false, slot_name = " + name + ", copy_data = true)");
            return replication;
        }

        int errors() {
            Map<String, Object> counts = to.jdbc()
                    .queryForMap(
                            "SELECT apply_error_count + sync_error_count AS n FROM pg_stat_subscription_stats WHERE subname = ?",
                            name);
            return ((Number) counts.get("n")).intValue();
        }

        @Override
        public void close() {
            to.execute(
                    "ALTER SUBSCRIPTION " + name + " DISABLE",
                    "ALTER SUBSCRIPTION " + name + " SET (slot_name = NONE)",
                    "DROP SUBSCRIPTION " + name);
            await().until(() -> Boolean.FALSE.equals(from.jdbc()
                    .queryForObject(
                            "SELECT active FROM pg_replication_slots WHERE slot_name = ?", Boolean.class, name)));
            from.jdbc().queryForList("SELECT pg_drop_replication_slot(?)", name);
        }
    }
}
