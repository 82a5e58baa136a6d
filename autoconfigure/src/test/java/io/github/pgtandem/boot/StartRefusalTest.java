package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchDataSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What stops a start, in the words of the failure analysis; and that the database is as it was. */
@ExtendWith(DatabaseExtension.class)
class StartRefusalTest {

    @Test
    void missingMigrations(Database database) {
        refused(
                Build.of("nowhere", database),
                "There is no migration (*.yaml, *.yml, *.json) in classpath:releases/nowhere.",
                "Put the first migration there, name other locations in pgtandem.locations, or set"
                        + " pgtandem.fail-on-missing-locations=false to start without migrations.",
                database);
    }

    @Test
    void aSoakTimeThatNobodyRemembers(Database database) {
        refused(
                Build.of("one", database).withPropertyValues("pgtandem.complete.after=8d"),
                "pgtandem.complete.after=8d is not from 0 to 7 days, as long as it is remembered who was alive.",
                "Set a time in this range, or pgtandem.complete.mode=manual.",
                database);
    }

    @Test
    void hibernateBeforeTheMigrations(Database database) {
        refused(
                Build.of("one", database).withPropertyValues("spring.jpa.defer-datasource-initialization=true"),
                "spring.jpa.defer-datasource-initialization=true has Hibernate start before the database is migrated.",
                "Remove it; put what data.sql and schema.sql do into migrations.",
                database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "quartz", "session"})
    void toolsThatCreateTheirTablesThroughThePinnedPath(String tool, Database database) {
        String property = "spring.%s.jdbc.initialize-schema".formatted(tool);
        Build.of("one", database).withPropertyValues(property + "=always").run(context -> {
            assertThat(analysis(context).getDescription())
                    .isEqualTo(
                            property
                                    + "=always creates tables through a pinned DataSource, so that they would lie in the version's own schema and go with it.");
            assertThat(analysis(context).getAction())
                    .startsWith(
                            "Set it to never and create the tables in a migration (operation sql), or declare a DataSource bean annotated with @");
        });
    }

    @Test
    void integrationHasNoDataSourceOfItsOwn(Database database) {
        refused(
                Build.of("one", database).withPropertyValues("spring.integration.jdbc.initialize-schema=always"),
                "spring.integration.jdbc.initialize-schema=always creates tables through a pinned DataSource, so that they would lie in the version's own schema and go with it.",
                "Set it to never and create the tables in a migration (operation sql).",
                database);
    }

    @Test
    void aToolWithADataSourceOfItsOwnIsWelcome(Database database) {
        Build.of("one", database)
                .withPropertyValues("spring.batch.jdbc.initialize-schema=always")
                .withBean(Database.class, () -> database, bean -> bean.setDestroyMethodName(""))
                .withUserConfiguration(OwnBatch.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void schemaScripts(Database database) {
        refused(
                Build.of("one", database)
                        .withPropertyValues(
                                "spring.sql.init.mode=always",
                                "spring.sql.init.schema-locations=optional:classpath:other/schema.sql"),
                "spring.sql.init.mode=always executes classpath:other/schema.sql through a pinned DataSource, so that"
                        + " what it creates would lie in the version's own schema and go with it.",
                "Put it into a migration, set spring.sql.init.mode=never, or set spring.sql.init.username and"
                        + " spring.sql.init.password, which give it connections of its own. (data.sql may stay.)",
                database);
        Build.of("one", database)
                .withPropertyValues("spring.sql.init.mode=always")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aDatabaseThatIsDown(Database database) {
        Build.of("one", database)
                .withPropertyValues("spring.datasource.url=jdbc:postgresql://localhost:1/none")
                .run(context -> {
                    assertThat(analysis(context).getDescription())
                            .startsWith(
                                    "There is no connection to migrate with (derived from the application's DataSource): ");
                    assertThat(analysis(context).getAction())
                            .isEqualTo("Check the address, the user and the password (pgtandem.url, pgtandem.user and"
                                    + " pgtandem.password, where they are set), and whether the database is up.");
                });
    }

    @Test
    void aSchemaThatTheRoleWorksWithButNothingNames(Database database) {
        database.execute("CREATE SCHEMA app", "ALTER DATABASE " + database.name() + " SET search_path = app");
        refused(
                Build.of("one", database),
                "Role \"postgres\" works with schema \"app\" by default, but nothing says that its tables are to be migrated.",
                "Set pgtandem.schema=app, or pgtandem.schema=public if that is where the tables are.",
                database);
        Build.of("one", database)
                .withPropertyValues("pgtandem.schema=app")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anotherDatabase(Database database) {
        refused(
                Build.of("one", database)
                        .withPropertyValues(
                                "spring.datasource.url=jdbc:mysql://localhost/none",
                                "spring.datasource.driver-class-name=org.postgresql.Driver"),
                "DataSource 'dataSource' leads to jdbc:mysql://localhost/none, which is not PostgreSQL.",
                "Use a PostgreSQL database, or set pgtandem.enabled=false where there is none, for example in a test on"
                        + " another database.",
                database);
    }

    static FailureAnalysis analysis(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        FailureAnalysis analysis = new PgTandemFailureAnalyzer().analyze(context.getStartupFailure());
        assertThat(analysis).as("analysis of " + context.getStartupFailure()).isNotNull();
        assertThat(analysis.getCause()).isInstanceOf(PgTandemException.class);
        return analysis;
    }

    private static void refused(
            ApplicationContextRunner application, String description, String action, Database database) {
        application.run(context -> {
            FailureAnalysis analysis = analysis(context);
            assertThat(analysis.getDescription()).isEqualTo(description);
            assertThat(analysis.getAction()).isEqualTo(action);
        });
        assertThat(database.jdbc()
                        .queryForObject(
                                "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pgtandem%' OR nspname LIKE '%0001%'",
                                Integer.class))
                .isZero();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBatch {

        @Bean(defaultCandidate = false)
        @BatchDataSource
        DataSource batch(Database database) {
            return database.dataSource();
        }
    }
}
