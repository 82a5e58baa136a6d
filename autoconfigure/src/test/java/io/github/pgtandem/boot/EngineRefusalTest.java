package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.Actor;
import io.github.pgtandem.BaselineRequiredException;
import io.github.pgtandem.HistoryMismatchException;
import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.VersionRetiredException;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the engine refuses at a start reaches the user as a failure analysis. The engine's tests hold the words. */
@ExtendWith(DatabaseExtension.class)
class EngineRefusalTest {

    @Test
    void tablesWithoutAHistory(Database database) {
        database.execute("CREATE TABLE legacy (a int)");
        assertThat(refused(Build.of("one", database), BaselineRequiredException.class))
                .contains("pgtandem.baseline");
    }

    @Test
    void aMigrationThatDoesNotCompile(Database database) {
        started(Build.of("one", database));
        assertThat(refused(Build.of("broken", database), InvalidMigrationException.class))
                .contains("releases/broken/0002_typo.yaml", "nmae");
        started(Build.of("one", database));
    }

    @Test
    void aRetiredVersion(Database database) {
        started(Build.of("one", database));
        Build.of("two", database)
                .run(context -> context.getBean(PgTandem.class).complete(null, true, new Actor("test", "test")));
        assertThat(refused(Build.of("one", database), VersionRetiredException.class))
                .contains("0001_customers", "0003_name_length");
    }

    @Test
    void anEditedMigration(Database database, @TempDir Path folder) throws IOException {
        started(Build.of("one", database));
        Files.writeString(
                folder.resolve("0001_customers.yaml"),
                "operations: [{create_table: {name: others, columns: [{name: id, type: int, pk: true}]}}]");
        refused(
                Build.of("one", database).withPropertyValues("pgtandem.locations=file:" + folder),
                HistoryMismatchException.class);
    }

    @Test
    void aRoleThatMayNotCreateSchemas(Database database) {
        database.role("weak");
        refused(
                Build.of("one", database).withPropertyValues("spring.datasource.username=weak"),
                PgTandemException.class);
    }

    private static void started(ApplicationContextRunner application) {
        application.run(context -> assertThat(context).hasNotFailed());
    }

    private static String refused(ApplicationContextRunner application, Class<? extends PgTandemException> type) {
        StringBuilder told = new StringBuilder();
        application.run(context -> {
            FailureAnalysis analysis = StartRefusalTest.analysis(context);
            assertThat(analysis.getCause()).isInstanceOf(type);
            assertThat(analysis.getDescription()).isNotBlank();
            assertThat(analysis.getAction()).isNotBlank();
            told.append(analysis.getDescription()).append('\n').append(analysis.getAction());
        });
        return told.toString();
    }
}
