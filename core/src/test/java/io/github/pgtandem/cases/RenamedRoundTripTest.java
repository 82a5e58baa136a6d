package io.github.pgtandem.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.Actor;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** P4, P5 and P7: the round trip of every case whose release renames each of its tables and columns first. */
class RenamedRoundTripTest {

    private static final Actor TEST = new Actor("test", "test");
    private static final String[] OWN = {
        "pgtandem", "public_" + Case.BASELINE, "public_" + RenamedCase.RENAME, "public_" + RenamedCase.MIGRATION
    };

    @TestFactory
    Stream<DynamicTest> afterARenameInAFileOfItsOwn() {
        return Postgres.versions().stream().flatMap(version -> onEach(version, RenamedCase::inTwoFiles));
    }

    @TestFactory
    Stream<DynamicTest> afterARenameInTheSameFile() {
        return onEach(Postgres.current().version(), RenamedCase::inOneFile);
    }

    /** An exclusion that is not needed any more has to go. */
    @TestFactory
    Stream<DynamicTest> whatIsExcludedCannotBeDoneAndSaysWhy() {
        return Case.all().stream()
                .filter(RenamedCase::isExcluded)
                .map(each -> dynamicTest(each.name(), () -> {
                    assertThat(each.text(RenamedCase.EXCLUSION)).isNotBlank();
                    assertThat(catchThrowable(() -> roundTrip(each, Postgres.current(), RenamedCase::inTwoFiles)))
                            .isNotNull();
                }));
    }

    @Test
    void fewCasesAreExcluded() {
        List<Case> all = Case.all();

        assertThat(all.stream().filter(RenamedCase::isExcluded).count()).isLessThanOrEqualTo(all.size() / 10);
    }

    private static Stream<DynamicTest> onEach(int version, BiFunction<RenamedCase, Database, PgTandem> engine) {
        return Case.all().stream()
                .filter(each -> !RenamedCase.isExcluded(each))
                .map(each -> dynamicTest(
                        each + " on PostgreSQL " + version, () -> roundTrip(each, Postgres.version(version), engine)));
    }

    private static void roundTrip(Case each, Postgres postgres, BiFunction<RenamedCase, Database, PgTandem> build) {
        try (Database database = postgres.database()) {
            PgTandem engine = build.apply(RenamedCase.on(database, each), database);
            Catalogue before = catalogue(database).withNotNullNames();
            List<String> rows = Rows.of(database);

            engine.start(TEST);
            engine.rollback(null, false, TEST);

            assertThat(catalogue(database).withNotNullNames().difference(before))
                    .as("rolled back")
                    .isEmpty();
            assertThat(Rows.of(database)).as("rolled back").isEqualTo(rows);

            engine.start(TEST);
            engine.complete(null, false, TEST);

            try (Database byHand = postgres.database()) {
                byHand.execute(each.text("before.sql"), each.text("after.sql"));
                assertThat(catalogue(database).difference(catalogue(byHand)))
                        .as("completed")
                        .isEmpty();
                if (!each.isVolatile()) {
                    assertThat(Rows.of(database)).as("completed").isEqualTo(Rows.of(byHand));
                }
            }
        }
    }

    /** Without the names of NOT NULL constraints, which PostgreSQL 18 makes from those that columns had at first. */
    private static Catalogue catalogue(Database database) {
        return Catalogue.of(database, "public").withoutSchemas(OWN);
    }
}
