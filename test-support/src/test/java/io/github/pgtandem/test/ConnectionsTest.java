package io.github.pgtandem.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.Pin;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@ExtendWith(DatabaseExtension.class)
class ConnectionsTest {

    private static final Pin PIN = new Pin("0001_users", "public_0001_users", "public");

    @Test
    void withoutADatabaseTheExtensionSaysHowToNameOne() {
        assertThatThrownBy(() -> new PropertiesDataSource().get()).hasMessage("""
                        @PgTandemMigrations: which database to use is not told.
                        Set the system property pgtandem.test.url (and pgtandem.test.user, pgtandem.test.password), \
                        or give @PgTandemMigrations(dataSource = ...).""");
    }

    @Test
    void aPinnedConnectionHasTheSearchPathOfTheRelease(Database database) {
        database.execute("CREATE SCHEMA public_0001_users");

        JdbcTemplate jdbc = new JdbcTemplate(new PinnedDataSource(database.dataSource(), PIN));

        assertThat(jdbc.queryForObject("SELECT current_schema()", String.class)).isEqualTo("public_0001_users");
    }

    @Test
    void aRollbackOfTheTestDoesNotTakeThePinBack(Database database) throws Exception {
        database.execute("CREATE SCHEMA public_0001_users");
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            var single = new SingleConnectionDataSource(connection, true);

            new PinnedDataSource(single, PIN).getConnection().rollback();

            assertThat(new JdbcTemplate(single).queryForObject("SELECT current_schema()", String.class))
                    .isEqualTo("public_0001_users");
        }
    }
}
