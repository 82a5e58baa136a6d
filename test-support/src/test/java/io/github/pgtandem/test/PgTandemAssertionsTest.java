package io.github.pgtandem.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.Pin;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(DatabaseExtension.class)
class PgTandemAssertionsTest {

    @Test
    void aFolderWithoutMigrationsFailsAndSaysWhereTheyBelong() {
        assertThatThrownBy(() -> PgTandemAssertions.assertMigrationsValid("classpath:db/absent"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        No migrations (*.yaml, *.yml, *.json) in [classpath:db/absent].
                        Put them there, or name the folder that holds them.""");
    }

    @Test
    void withoutADatabaseTheExtensionSaysHowToNameOne() {
        assertThatThrownBy(() -> new PropertiesDataSource().get()).hasMessage("""
                        @PgTandemMigrations: which database to use is not told.
                        Set the system property pgtandem.test.url (and pgtandem.test.user, pgtandem.test.password), \
                        or give @PgTandemMigrations(dataSource = ...).""");
    }

    @Test
    void aPinnedConnectionHasTheSearchPathOfTheRelease(Database database) {
        Pin pin = new Pin("0001_users", "public_0001_users", "public");
        database.execute("CREATE SCHEMA public_0001_users");

        JdbcTemplate jdbc = new JdbcTemplate(new PinnedDataSource(database.dataSource(), pin));

        assertThat(jdbc.queryForObject("SELECT current_schema()", String.class)).isEqualTo("public_0001_users");
    }

    @PostgresVersions
    void whatARollbackLeftBehindIsTold(Database database) {
        database.execute("CREATE TABLE users (id bigint, name text)");
        List<String> before = SchemaFacts.read(database.dataSource(), "public");
        database.execute("ALTER TABLE users ADD COLUMN left_behind int, ALTER COLUMN name SET STORAGE EXTERNAL");
        List<String> after = SchemaFacts.read(database.dataSource(), "public");

        assertThat(SchemaFacts.difference(before, before)).isEmpty();
        assertThat(SchemaFacts.difference(before, after).lines())
                .hasSize(3)
                .allMatch(line ->
                        line.contains("column users left_behind integer") || line.contains("column users name text"));
    }
}
