package io.github.pgtandem.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * P11: every bad input is refused with its whole message, and changes nothing. {@code -Dcases.update=true} writes the
 * messages anew.
 */
class BadInputTest {

    private static final Actor TEST = new Actor("test", "test");

    private static @Nullable Database shared;
    private static @Nullable Catalogue sharedCatalogue;

    @TestFactory
    Stream<DynamicTest> badInputIsRefusedWithPlaceProblemAndRemedyAndChangesNothing() {
        return BadInput.all().stream()
                .map(each -> dynamicTest(each.name(), () -> {
                    if (each.isPlain()) {
                        refusedOnShared(each);
                    } else {
                        try (Database database = Postgres.current().database()) {
                            DataSource migrations = prepare(each, database);
                            refused(each, database, migrations, catalogue(database));
                        }
                    }
                }));
    }

    /** As nothing is changed, all that need no more than the tables of {@code before.sql} share one database. */
    private static Database shared() {
        if (shared == null) {
            shared = Postgres.current().database();
            prepare(new BadInput("", Path.of(""), List.of()), shared);
            sharedCatalogue = catalogue(shared);
        }
        return shared;
    }

    private static void refusedOnShared(BadInput bad) {
        Database database = shared();
        boolean unchanged = false;
        try {
            refused(bad, database, database.dataSource(), Objects.requireNonNull(sharedCatalogue));
            unchanged = true;
        } finally {
            if (!unchanged) {
                dropShared();
            }
        }
    }

    @AfterAll
    static void dropShared() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    private static void refused(BadInput bad, Database database, DataSource migrations, Catalogue before) {
        List<String> rows = Rows.of(database);
        List<String> state = state(database);

        Throwable refusal = catchThrowable(() -> start(bad, migrations, bad.files("file")));

        String message = String.valueOf(refusal == null ? "not refused" : refusal.getMessage())
                .replace(database.name(), "{database}")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "{time}");
        if (Boolean.getBoolean("cases.update")) {
            bad.update(message);
        } else {
            assertThat(message).isEqualTo(bad.message());
        }
        assertThat(refusal).isInstanceOf(PgTandemException.class);
        assertThat(catalogue(database).difference(before)).isEmpty();
        assertThat(Rows.of(database)).isEqualTo(rows);
        if (bad.has("fails")) {
            assertFailed(bad, migrations, (PgTandemException) refusal);
        } else {
            assertThat(state(database)).isEqualTo(state);
        }
    }

    private static DataSource prepare(BadInput bad, Database database) {
        database.execute(BadInput.before());
        if (bad.has("before")) {
            database.execute(bad.text("before"));
        }
        DataSource migrations = database.dataSource();
        if (!bad.has("no")) {
            List<MigrationFile> applied = new ArrayList<>();
            applied.add(new MigrationFile("db/" + Case.BASELINE + ".yaml", "operations: []"));
            applied.addAll(bad.files("applied"));
            PgTandem engine = engine(migrations, applied, "public", Case.BASELINE);
            engine.start(TEST);
            if (bad.has("completed")) {
                engine.complete(null, true, TEST);
            }
        }
        if (bad.has("role")) {
            migrations = database.role(BadInput.ROLE);
            database.execute(bad.text("role").replace("{database}", database.name()));
        }
        return migrations;
    }

    private static void start(BadInput bad, DataSource dataSource, List<MigrationFile> files) {
        String baseline = bad.argument("baseline", bad.has("no") ? "" : Case.BASELINE);
        engine(dataSource, files, bad.argument("schema", "public"), baseline).start(TEST);
    }

    private static PgTandem engine(DataSource dataSource, List<MigrationFile> files, String schema, String baseline) {
        Settings settings = Settings.forSchema(schema).withBaseline(baseline.isEmpty() ? null : baseline);
        return new PgTandem(dataSource, Release.parse(files), settings, new PgTandemListener() {});
    }

    /** An expand that has begun leaves its reason, and nothing else. */
    private static void assertFailed(BadInput bad, DataSource dataSource, PgTandemException refusal) {
        List<MigrationFile> files = bad.files("file");
        List<Status.Migration> failed =
                engine(dataSource, files, "public", Case.BASELINE).status().migrations().stream()
                        .filter(m -> m.state() == MigrationState.FAILED)
                        .toList();
        assertThat(failed)
                .extracting(Status.Migration::name)
                .containsExactlyElementsOf(Release.parse(files).names());
        assertThat(refusal.problem()).contains(String.valueOf(failed.get(0).error()));
    }

    /** The schema, and which schemas there are. */
    private static Catalogue catalogue(Database database) {
        return Catalogue.of(database, "public").withOrder().withNotNullNames().withSequenceValues();
    }

    /** All that the state schema says of migrations and acts; empty where there is none. */
    private static List<String> state(Database database) {
        boolean installed = Boolean.TRUE.equals(
                database.jdbc().queryForObject("SELECT to_regclass('pgtandem.migration') IS NOT NULL", Boolean.class));
        return !installed
                ? List.of()
                : database.jdbc()
                        .queryForList(
                                "SELECT to_jsonb(m)::text FROM pgtandem.migration m"
                                        + " UNION ALL SELECT to_jsonb(a)::text FROM pgtandem.act a ORDER BY 1",
                                String.class);
    }
}
