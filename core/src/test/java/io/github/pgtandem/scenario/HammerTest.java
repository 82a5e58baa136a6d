package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.cases.Case;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * P1 for every case: the statements of its {@code old.sql} never fail, from before expand until complete retires the old
 * version or until after rollback, while those of {@code new.sql} are executed beside them as soon as its schema is
 * there. P2, P4 and P5 hold meanwhile.
 */
class HammerTest {

    /** Says why the old version cannot see everything that a case's new version writes. */
    private static final String ONE_WAY = "one_way.txt";

    @TestFactory
    Stream<DynamicTest> noStatementFailsThroughExpandAndComplete() {
        return onEach((each, fleet, hammer) -> {
            Agreement agreement = new Agreement(fleet, each);
            if (!each.isVolatile() && !Files.exists(each.folder().resolve(ONE_WAY))) {
                agreement.ofRows();
            }
            hammer.retire();
            migrator(fleet, hammer).complete(null, false, Fleet.TEST);
            hammer.goOn();
            agreement.ofCatalogues();
        });
    }

    @TestFactory
    Stream<DynamicTest> noStatementFailsThroughExpandAndRollback() {
        return onEach((each, fleet, hammer) -> {
            hammer.stopNext();
            migrator(fleet, hammer).rollback(null, false, Fleet.TEST);
            hammer.goOn();
            try (Database untouched = fleet.database().postgres().database()) {
                untouched.execute(each.text("before.sql"));
                Catalogue before = fleet.shape(untouched).withNotNullNames();

                assertThat(fleet.catalogue().difference(before)).isEmpty();
            }
        });
    }

    private static PgTandem migrator(Fleet fleet, Hammer hammer) {
        return fleet.build(Case.MIGRATION, Fleet.SETTINGS, hammer.migrator());
    }

    private interface Ending {
        void on(Case each, Fleet fleet, Hammer hammer) throws SQLException;
    }

    private static Stream<DynamicTest> onEach(Ending ending) {
        return Case.all().stream()
                .map(each -> dynamicTest(each.name(), () -> {
                    try (Database database = Postgres.current().database()) {
                        hammered(each, Fleet.on(database, each.text("before.sql")), ending);
                    }
                }));
    }

    private static void hammered(Case each, Fleet fleet, Ending ending) throws SQLException {
        fleet.withFile(Case.MIGRATION, each.text("migration.yaml"));
        Runnable whenLive = () -> {
            if (!each.isVolatile()) {
                new Agreement(fleet, each).ofRows();
            }
        };
        try (Hammer hammer = new Hammer(fleet, statements(each, "old.sql"), statements(each, "new.sql"), whenLive)) {
            hammer.goOn();
            migrator(fleet, hammer).start(Fleet.TEST);
            hammer.goOn();
            ending.on(each, fleet, hammer);
        }
    }

    /** A statement ends at a semicolon at the end of a line. */
    private static List<String> statements(Case each, String file) {
        if (!Files.exists(each.folder().resolve(file))) {
            return List.of();
        }
        return Arrays.stream(each.text(file).split("; *(\\R|$)"))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }
}
