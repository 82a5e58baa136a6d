package io.github.pgtandem.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.Actor;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** P4 and P5 for every case: the catalogue after rollback and after complete. */
class RoundTripTest {

    private static final Actor TEST = new Actor("test", "test");

    @TestFactory
    Stream<DynamicTest> rollbackLeavesNothing() {
        return onEach((each, database) -> {
            PgTandem engine = each.engine(database);
            Catalogue before = catalogue(database);
            List<String> rows = Rows.of(database);
            engine.start(TEST);
            engine.rollback(null, false, TEST);

            assertThat(catalogue(database).difference(before)).isEmpty();
            assertThat(Rows.of(database)).isEqualTo(rows);
            assertThat(versionSchemas(database)).containsExactly("public_" + Case.BASELINE);
        });
    }

    @TestFactory
    Stream<DynamicTest> completeLeavesWhatSomebodyWouldHaveWrittenByHand() {
        return onEach((each, database) -> {
            PgTandem engine = each.engine(database);
            engine.start(TEST);
            engine.complete(null, false, TEST);
            try (Database byHand = database.postgres().database()) {
                byHand.execute(each.text("before.sql"), each.text("after.sql"));

                assertThat(catalogue(database).difference(catalogue(byHand))).isEmpty();
                if (!each.isVolatile()) {
                    assertThat(Rows.of(database)).isEqualTo(Rows.of(byHand));
                }
            }
            assertThat(database.jdbc()
                            .queryForList(
                                    "SELECT relname FROM pg_class WHERE relnamespace = 'public_0001_migration'::regnamespace",
                                    String.class))
                    .containsExactlyInAnyOrderElementsOf(each.viewsOfTheVersion());
        });
    }

    private static Catalogue catalogue(Database database) {
        return Catalogue.of(database, "public")
                .withNotNullNames()
                .withoutSchemas("pgtandem", "public_" + Case.BASELINE, "public_" + Case.MIGRATION);
    }

    private static List<String> versionSchemas(Database database) {
        return database.jdbc()
                .queryForList(
                        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'public\\_%' ORDER BY 1", String.class);
    }

    private static Stream<DynamicTest> onEach(BiConsumer<Case, Database> test) {
        return Postgres.versions().stream()
                .flatMap(version -> Case.all().stream()
                        .map(each -> dynamicTest(each + " on PostgreSQL " + version, () -> {
                            try (Database database = Postgres.version(version).database()) {
                                database.execute(each.text("before.sql"));
                                test.accept(each, database);
                            }
                        })));
    }
}
