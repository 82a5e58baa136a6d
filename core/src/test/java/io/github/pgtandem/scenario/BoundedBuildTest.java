package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P1 for what PostgreSQL cannot build beside writers: docs/adr/0012. */
@ExtendWith(DatabaseExtension.class)
class BoundedBuildTest {

    private static final String NEW = "0001_new";

    /** Each row takes a while, so the whole table takes longer than writers may wait. */
    private static Fleet fleet(Database database) {
        return Fleet.on(
                        database,
                        "CREATE TABLE t (id int PRIMARY KEY, name text)",
                        "INSERT INTO t SELECT n, 'name' FROM generate_series(1, 40) n",
                        "CREATE FUNCTION slow(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS "
                                + "'BEGIN PERFORM pg_catalog.pg_sleep(0.05); RETURN pg_catalog.upper($1); END'")
                .with(NEW, """
                          - add_column:
                              table: t
                              column: {name: loud, type: text, generated: {expression: slow(name)}}
                        """);
    }

    @Test
    void aGeneratedColumnThatTakesTooLongIsGivenUpAndLeavesNothing(Database database) {
        Fleet fleet = fleet(database);

        assertThatThrownBy(() -> fleet.live(NEW))
                .isInstanceOf(ActFailedException.class)
                .hasMessageContaining("prepare table t")
                .hasMessageContaining("it takes longer than writers may be kept waiting (pgtandem.lock-timeout)")
                .hasMessageContaining("Give it more time in a quiet hour, with a longer pgtandem.lock-timeout");

        try (Database untouched = database.postgres().database()) {
            fleet(untouched);
            assertThat(fleet.catalogue().difference(fleet.shape(untouched).withNotNullNames()))
                    .isEmpty();
        }
        assertThat(fleet.at(Fleet.BASE).update("INSERT INTO t VALUES (0, 'late')"))
                .isOne();
    }

    @Test
    void itIsBuiltWhereItMayTakeThatLong(Database database) {
        Fleet fleet = fleet(database);

        fleet.build(NEW, Fleet.waiting(Duration.ofMinutes(1))).start(Fleet.TEST);

        assertThat(fleet.row(NEW, "SELECT loud FROM t WHERE id = 7")).containsEntry("loud", "NAME");
    }
}
