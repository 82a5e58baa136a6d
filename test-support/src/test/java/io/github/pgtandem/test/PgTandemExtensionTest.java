package io.github.pgtandem.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Pin;
import io.github.pgtandem.Release;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** As in a user's build: an empty database, and the migrations of the class path. */
@PgTandemMigrations(dataSource = PgTandemExtensionTest.Empty.class)
class PgTandemExtensionTest {

    static final class Empty implements Supplier<DataSource> {

        @Override
        public DataSource get() {
            return Postgres.current().database().dataSource();
        }
    }

    /** Holds a table that no migration has made. */
    static final class WithTables implements Supplier<DataSource> {

        @Override
        public DataSource get() {
            Database database = Postgres.current().database();
            database.execute(
                    "CREATE SCHEMA shop", "CREATE TABLE shop.users (id bigint PRIMARY KEY, name text, age text)");
            return database.dataSource();
        }
    }

    @BeforeAll
    static void beforeAllOfTheClassTheSchemaIsThere(DataSource dataSource) {
        new JdbcTemplate(dataSource).update("INSERT INTO users (full_name, age) VALUES ('Ada', 36)");
    }

    @Test
    void aTestUsesTheSchemaOfTheRelease(DataSource dataSource, Release release, PgTandem tandem) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);

        assertThat(jdbc.queryForObject("SELECT age FROM users WHERE full_name = 'Ada'", Integer.class))
                .isEqualTo(36);
        assertThat(jdbc.queryForObject("SELECT current_schema()", String.class)).isEqualTo("public_0003_full_name");
        assertThat(release.names()).containsExactly("0001_users", "0002_age", "0003_full_name");
        assertThat(tandem.pin()).isEqualTo(new Pin("0003_full_name", "public_0003_full_name", "public"));
    }

    @Nested
    class InANestedClass {

        @Test
        void theDatabaseIsThatOfTheClassAroundIt(DataSource dataSource) {
            assertThat(new JdbcTemplate(dataSource).queryForObject("SELECT count(*) FROM users", Long.class))
                    .isOne();
        }
    }

    @Nested
    @PgTandemMigrations(dataSource = WithTables.class, schema = "shop", baseline = "0001_users")
    class InANestedClassWithItsOwn {

        @Test
        void tablesWithoutHistoryAreTakenAsTheBaseline(DataSource dataSource, PgTandem tandem) {
            assertThat(new JdbcTemplate(dataSource).queryForList("SELECT full_name, age FROM users"))
                    .isEmpty();
            assertThat(tandem.status().versions())
                    .extracting(Status.Version::schema)
                    .containsExactly("shop_0001_users", "shop_0003_full_name");
        }
    }
}
