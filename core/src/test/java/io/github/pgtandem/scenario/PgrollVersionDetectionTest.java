package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Who writes: docs/pgroll.md, 1 to 4. */
@ExtendWith(DatabaseExtension.class)
class PgrollVersionDetectionTest {

    private static final String OLD = Fleet.BASE;
    private static final String NEW = "0001_new";
    private static final String REVIEWS = "CREATE TABLE reviews (id serial PRIMARY KEY, rating text NOT NULL)";
    private static final String NUMBERS = """
              - alter_column:
                  table: reviews
                  column: rating
                  type: int
                  up: length(rating)
                  down: repeat('*', rating)
            """;

    private static Fleet fleet(Database database, String version) {
        return Fleet.on(database, REVIEWS).with(version, NUMBERS).live(version);
    }

    @Test
    @DisplayName("#1: a path with more schemas behind the version's is still the version's")
    void thePathMayGoOn(Database database) {
        Fleet fleet = fleet(database, NEW);
        JdbcTemplate next = new JdbcTemplate(database.dataSource("\"" + Fleet.schema(NEW) + "\", \"public\", pg_temp"));

        next.update("INSERT INTO reviews (id, rating) VALUES (nextval('reviews_id_seq'), 5)");
        assertThat(next.queryForObject("SELECT rating FROM reviews", Integer.class))
                .isEqualTo(5);
        assertThat(fleet.row(OLD, "SELECT rating FROM reviews")).containsEntry("rating", "*****");
        next.update("UPDATE reviews SET rating = 4");
        assertThat(next.queryForObject("SELECT rating FROM reviews", Integer.class))
                .isEqualTo(4);
        assertThat(fleet.row(OLD, "SELECT rating FROM reviews")).containsEntry("rating", "****");
    }

    @Test
    @DisplayName("#2: a version whose name needs quotes is known by it")
    void aNameMayNeedQuotes(Database database) {
        Fleet fleet = fleet(database, "0001_Add-Col");

        fleet.at("0001_Add-Col").update("INSERT INTO reviews (rating) VALUES (3)");
        assertThat(fleet.row(OLD, "SELECT rating FROM reviews")).containsEntry("rating", "***");
        fleet.at(OLD).update("UPDATE reviews SET rating = '*'");
        assertThat(fleet.row("0001_Add-Col", "SELECT rating FROM reviews")).containsEntry("rating", 1);
    }

    @Test
    @DisplayName("#3: a function with a path of its own writes as the version of that path")
    void aFunctionWritesAsThePathItHas(Database database) {
        Fleet fleet = Fleet.on(
                        database,
                        REVIEWS,
                        "CREATE FUNCTION praise() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public"
                                + " AS $$ INSERT INTO reviews (rating) VALUES ('*****') $$")
                .with(NEW, NUMBERS)
                .live(NEW);

        fleet.at(NEW).execute("SELECT praise()");

        assertThat(fleet.row(NEW, "SELECT rating FROM reviews")).containsEntry("rating", 5);
        assertThat(fleet.row(OLD, "SELECT rating FROM reviews")).containsEntry("rating", "*****");
    }

    @Test
    @DisplayName("#4: a replicated row keeps both of its values, and one without the new value is not taken silently")
    void aReplicatedRowStaysAsItWas(Database database) throws SQLException {
        Fleet fleet = fleet(database, NEW);
        try (Connection connection = database.dataSource().getConnection()) {
            JdbcTemplate apply = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            apply.execute("SET session_replication_role = replica");
            apply.update("INSERT INTO public.reviews (id, rating, _pgtandem_rating) VALUES (1, 'good', 5)");

            assertThat(fleet.row(OLD, "SELECT rating FROM reviews")).containsEntry("rating", "good");
            assertThat(fleet.row(NEW, "SELECT rating FROM reviews")).containsEntry("rating", 5);
            assertThatThrownBy(() -> apply.update("INSERT INTO public.reviews (id, rating) VALUES (2, 'bad')"))
                    .hasMessageContaining("_pgtandem_rating_not_null");
        }
    }
}
