package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Pin;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.boot.pin.SearchPathPinner;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.jdbc.SchemaManagement;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(DatabaseExtension.class)
class PgTandemAutoConfigurationTest {

    private static final String FIRST = "0001_customers";
    private static final String LAST = "0003_name_length";

    @Test
    void anApplicationWithoutADatabaseIsLeftAlone() {
        Build.withoutDatabase()
                .withClassLoader(new FilteredClassLoader(
                        "com.zaxxer.hikari", "org.apache.tomcat.jdbc", "org.apache.commons.dbcp2"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PgTandem.class));
    }

    @Test
    void pgtandemCanBeSwitchedOff(Database database) {
        Build.of("one", database).withPropertyValues("pgtandem.enabled=false").run(context -> {
            assertThat(context).doesNotHaveBean(PgTandem.class).doesNotHaveBean(SearchPathPinner.class);
            assertThat(currentSchema(context.getBean(JdbcTemplate.class))).isEqualTo("public");
        });
    }

    @Test
    void missingMigrationsMayBeAllRight(Database database) {
        Build.of("nowhere", database)
                .withPropertyValues("pgtandem.fail-on-missing-locations=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PgTandem.class));
    }

    @Test
    void aFirstReleaseIsExpandedAndCompletedAndTheApplicationPinnedToIt(Database database) {
        Build.of("one", database).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(currentSchema(context.getBean(JdbcTemplate.class))).isEqualTo("public_" + FIRST);
            assertThat(context.getBean(Pin.class)).isEqualTo(new Pin(FIRST, "public_" + FIRST, "public"));
            Status status = context.getBean(PgTandem.class).status();
            assertThat(status.versions()).extracting(Status.Version::state).containsExactly(VersionState.BASE);
            assertThat(status.instances())
                    .extracting(Status.Instance::application)
                    .containsExactly("shop");
        });
    }

    @Test
    void aFirstReleaseOfSeveralMigrationsIsInstalledAtOnce(Database database) {
        Build.of("two", database).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(JdbcTemplate.class)
                    .update("INSERT INTO customers (full_name, name_length) VALUES ('Ann', 3)");
            assertThat(context.getBean(PgTandem.class).status().versions())
                    .extracting(Status.Version::name, Status.Version::state)
                    .containsExactly(tuple(LAST, VersionState.BASE));
        });
    }

    @Test
    void twoBuildsServeSideBySideAndAClosedOneIsNoLongerRegistered(Database database) {
        Build.of("one", database).run(old -> {
            old.getBean(JdbcTemplate.class).update("INSERT INTO customers (name) VALUES ('Ann')");
            Build.of("two", database).run(young -> {
                assertThat(young).hasNotFailed();
                assertThat(young.getBean(JdbcTemplate.class)
                                .queryForMap("SELECT full_name, name_length FROM customers"))
                        .containsEntry("full_name", "Ann")
                        .containsEntry("name_length", 3);
                assertThat(old.getBean(PgTandem.class).status().instances())
                        .extracting(Status.Instance::version)
                        .containsExactlyInAnyOrder(FIRST, LAST);
            });
            assertThat(old.getBean(PgTandem.class).status().instances())
                    .extracting(Status.Instance::version)
                    .containsExactly(FIRST);
            assertThat(old.getBean(JdbcTemplate.class).queryForObject("SELECT name FROM customers", String.class))
                    .isEqualTo("Ann");
        });
    }

    @Test
    void theApplicationIsPinnedToTheSchemaThatItsNewestFileNames(Database database) {
        String version = "0002_full_name";
        String schema = "public_Spring, \"26\"";
        Build.of("one", database)
                .run(old -> Build.of("named", database).run(young -> {
                    assertThat(young).hasNotFailed();
                    assertThat(young.getBean(Pin.class)).isEqualTo(new Pin(version, schema, "public"));
                    JdbcTemplate jdbc = young.getBean(JdbcTemplate.class);
                    assertThat(currentSchema(jdbc)).isEqualTo(schema);
                    jdbc.update("INSERT INTO customers (full_name) VALUES ('Ann')");
                    assertThat(old.getBean(JdbcTemplate.class)
                                    .queryForObject("SELECT name FROM customers", String.class))
                            .isEqualTo("Ann");
                    Status status = young.getBean(PgTandem.class).status();
                    assertThat(status.pinned()).isEqualTo(new Status.Pinned(version, schema));
                    assertThat(status.versions())
                            .extracting(Status.Version::name, Status.Version::schema, Status.Version::instances)
                            .containsExactly(tuple(FIRST, "public_" + FIRST, 1), tuple(version, schema, 1));
                }));
    }

    @Test
    void whatUsesTheDatabaseWaitsForTheExpand(Database database) {
        Build.of("one", database)
                .run(context -> assertThat(context.getBeanFactory()
                                .getBeanDefinition("jdbcTemplate")
                                .getDependsOn())
                        .contains("pgtandemInitializer"));
    }

    @Test
    void lazyInitializationDoesNotSkipTheExpand(Database database) {
        Build.of("one", database)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(database.jdbc()
                                .queryForObject("SELECT to_regclass('public.customers') IS NOT NULL", Boolean.class))
                        .isTrue());
    }

    @Test
    void requireGoesOnOnceTheVersionIsLive(Database database) {
        Build.of("one", database).run(context -> assertThat(context).hasNotFailed());
        Build.of("one", database)
                .withPropertyValues("pgtandem.startup=require")
                .run(context -> assertThat(currentSchema(context.getBean(JdbcTemplate.class)))
                        .isEqualTo("public_" + FIRST));
    }

    @Test
    void requireDoesNotMigrate(Database database) {
        Build.of("one", database)
                .withPropertyValues("pgtandem.startup=require", "pgtandem.wait-for-others=200ms")
                .run(context -> assertThat(context).hasFailed());
        assertThat(database.jdbc().queryForObject("SELECT to_regclass('public.customers') IS NULL", Boolean.class))
                .isTrue();
    }

    @Test
    void offLeavesTheDatabaseAlone(Database database) {
        Build.of("one", database).withPropertyValues("pgtandem.startup=off").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("SHOW search_path", String.class))
                    .isEqualTo("\"public_0001_customers\", \"public\"");
        });
        assertThat(database.jdbc().queryForObject("SELECT to_regnamespace('pgtandem') IS NULL", Boolean.class))
                .isTrue();
    }

    @Test
    void withoutAPinTheApplicationStaysWhereItIs(Database database) {
        Build.of("one", database)
                .withPropertyValues(
                        "pgtandem.pin=none", "spring.datasource.url=" + database.jdbcUrl() + "?currentSchema=app")
                .withInitializer(context -> database.execute("CREATE SCHEMA app"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(SearchPathPinner.class);
                    assertThat(currentSchema(context.getBean(JdbcTemplate.class)))
                            .isEqualTo("app");
                    assertThat(context.getBean(Pin.class).baseSchema()).isEqualTo("app");
                });
    }

    @Test
    void theUsersOwnEngineWins(Database database) {
        Release release =
                Release.parse(List.of(new MigrationFile("own/0001_own.yaml", "operations: [{sql: {up: SELECT 1}}]")));
        Build.of("nowhere", database)
                .withBean(Release.class, () -> release)
                .withBean(
                        "mine",
                        PgTandem.class,
                        () -> new PgTandem(
                                database.dataSource(),
                                release,
                                Settings.forSchema("public"),
                                new PgTandemListener() {}))
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .hasSingleBean(PgTandem.class)
                            .hasBean("mine");
                    assertThat(currentSchema(context.getBean(JdbcTemplate.class)))
                            .isEqualTo("public_0001_own");
                });
    }

    @Test
    void anExpandAtTheStartIsPublishedOnceEverybodyListens(Database database) {
        Build.of("one", database).withUserConfiguration(Events.class).run(context -> {
            List<PgTandemActEvent> heard = context.getBean(Events.class).heard;
            assertThat(heard).hasSize(1);
            assertThat(heard.get(0).actor()).isEqualTo(new Actor("shop", "startup"));
            assertThat(heard.get(0).report().migrations()).containsExactly(FIRST);
        });
    }

    @Test
    void schemaManagementIsToldToHibernate(Database database) {
        Build.of("one", database)
                .run(context -> assertThat(context.getBean(SchemaManagementProvider.class)
                                .getSchemaManagement(context.getBean(DataSource.class)))
                        .isEqualTo(SchemaManagement.MANAGED));
    }

    private static String currentSchema(JdbcTemplate jdbc) {
        return jdbc.queryForObject("SELECT current_schema()", String.class);
    }

    static class Events {

        private final List<PgTandemActEvent> heard = new ArrayList<>();

        @EventListener
        void hear(PgTandemActEvent event) {
            heard.add(event);
        }
    }
}
