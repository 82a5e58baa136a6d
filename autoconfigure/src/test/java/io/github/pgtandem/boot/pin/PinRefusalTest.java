package io.github.pgtandem.boot.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

@ExtendWith(DatabaseExtension.class)
class PinRefusalTest {

    @Test
    void aPoolThatSetsThePathItselfIsRefused(Database database) {
        refused(
                PinFixture.application(database, "spring.datasource.hikari.connection-init-sql=SET search_path TO app"),
                """
                DataSource 'dataSource' executes "SET search_path TO app" on each new connection, which takes it off the version of this build.
                Remove that statement; name the schema that holds the tables in pgtandem.schema.""");
    }

    @Test
    void aPathInTheDriversOptionsIsRefusedUnlessTheSchemaIsSet(Database database) {
        String url = "spring.datasource.url=" + database.jdbcUrl() + "?options=-c%20search_path=app";
        refused(PinFixture.application(database, url), """
                DataSource 'dataSource' sets search_path by the driver's 'options' (-c search_path=app), so that the schema with the tables is not clear.
                Set pgtandem.schema to the schema that holds the tables, or use currentSchema in place of options.""");

        PinFixture.prepare(database, "app");
        PinFixture.application(database, url, "pgtandem.schema=app")
                .run(context -> assertThat(PinFixture.currentSchema(context.getBean(DataSource.class)))
                        .isEqualTo("app_0002_b"));
    }

    @Test
    void aSchemaNamedLikeTheUserIsRefused(Database database) {
        refused(
                PinFixture.application(
                        database, "spring.datasource.url=" + database.jdbcUrl() + "?currentSchema=%22$user%22,public"),
                """
                DataSource 'dataSource' has the search path "$user", "public", which begins with a schema named like the user.
                Set pgtandem.schema to the schema that holds the tables.""");
    }

    @Test
    void twoBaseSchemasAreRefused(Database database) {
        refused(
                PinFixture.application(database, "pgtandem.data-sources=one,other")
                        .withBean("one", DataSource.class, () -> SearchPathPinnerTest.pool(database))
                        .withBean("other", DataSource.class, () -> database.dataSource("app")),
                """
                DataSource 'other' uses schema "app", but DataSource 'one' uses schema "public".
                pgtandem migrates one schema. Set pgtandem.schema to it, or name only those DataSources that use it in pgtandem.data-sources.""");
    }

    @Test
    void severalDataSourcesWithoutAPrimaryOneAreRefused(Database database) {
        refused(
                PinFixture.application(database)
                        .withBean("one", DataSource.class, () -> SearchPathPinnerTest.pool(database))
                        .withBean("other", DataSource.class, () -> SearchPathPinnerTest.pool(database)),
                """
                There are several DataSource beans (one, other) and none of them is primary.
                Name those that work with the migrated schema in pgtandem.data-sources.""");
    }

    @Test
    void aNameThatIsNotADataSourceIsRefused(Database database) {
        refused(PinFixture.application(database, "pgtandem.data-sources=nope"), """
                pgtandem.data-sources names 'nope', but the DataSource beans are: dataSource.
                Correct the name.""");
    }

    @Test
    void aVersionSchemaThatIsNotThereStopsTheStart(Database database) {
        checkFails(PinFixture.application(database), """
                DataSource 'dataSource' must be on schema "public_0002_b", but its connections are on schema "public": that schema is not there.
                Let pgtandem.url and the application's DataSource lead to the same database.""");
    }

    @Test
    void aVersionSchemaThatTheRoleMayNotUseStopsTheStart(Database database) {
        PinFixture.prepare(database, "public");
        database.role("weak");
        checkFails(PinFixture.application(database, "spring.datasource.username=weak"), """
                DataSource 'dataSource' must be on schema "public_0002_b", but its connections are on schema "public": their role may not use that schema.
                GRANT USAGE ON SCHEMA "public_0002_b" TO the application's role, as on schema "public".""");
    }

    @Test
    void aPathThatSomethingElseSetsStopsTheStart(Database database) {
        PinFixture.prepare(database, "public");
        checkFails(
                PinFixture.application(database)
                        .withBean("mine", DataSource.class, () -> new Meddler(SearchPathPinnerTest.pool(database))),
                """
                DataSource 'mine' must be on schema "public_0002_b", but its connections are on schema "public": their search_path is public.
                Take out what sets search_path on new connections (the pool's initialization SQL, a wrapper). If there is a pooler such as PgBouncer between, which drops the startup parameter search_path, set pgtandem.pin=role, have each version log in as a role of its own (spring.datasource.username), and give migrations a direct connection (pgtandem.url, pgtandem.user, pgtandem.password).""");
    }

    @Test
    void aReadOnlyDataSourceThatCannotBeReachedStopsTheStartUnlessItIsNamed(Database database) {
        PinFixture.prepare(database, "public");
        ApplicationContextRunner application = PinFixture.application(database)
                .withBean("reader", DataSource.class, () -> SearchPathPinnerTest.pool(database))
                .withUserConfiguration(LazyWithReader.class)
                .withBean(Database.class, () -> database, bean -> bean.setDestroyMethodName(""));
        checkFails(application, """
                DataSource 'lazy (read-only)' must be on schema "public_0002_b", but its connections are on schema "public": their search_path is "$user", public.
                Name the DataSource bean that the proxy uses for read-only connections in pgtandem.data-sources, too.""");
        application
                .withPropertyValues("pgtandem.data-sources=lazy,reader")
                .run(context -> context.getBean(PinCheck.class).run());
    }

    @Test
    void aDataSourceThatWasMadeTooEarlyIsRefused(Database database) {
        PinFixture.prepare(database, "public");
        checkFails(
                PinFixture.application(database)
                        .withUserConfiguration(TooEarly.class)
                        .withBean("mine", DataSource.class, () -> SearchPathPinnerTest.pool(database)),
                """
                DataSource 'mine' is not pinned: it was made before it could be, or in a parent context.
                Look for the warning that it is "not eligible for getting processed by all BeanPostProcessors" and make what asks for it so early ask later (a static @Bean method, an ObjectProvider).""");
    }

    @Test
    void aDatabaseThatIsDownIsToldWithItsDataSource(Database database) {
        PinFixture.application(
                        database,
                        "spring.datasource.url=jdbc:postgresql://localhost:1/none",
                        "spring.datasource.hikari.connection-timeout=250")
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(PinCheck.class).run())
                        .isInstanceOf(PinNotEffectiveException.class)
                        .hasMessageStartingWith("DataSource 'dataSource' gives no connection: ")
                        .hasMessageEndingWith("Check its address and credentials, and whether the database is up."));
    }

    @Test
    void problemsAreToldAgainWhenTheVersionSchemaGoes(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database).run(context -> {
            PinCheck check = context.getBean(PinCheck.class);
            check.run();
            assertThat(check.problems()).isEmpty();

            database.execute("DROP SCHEMA public_0002_b CASCADE");

            assertThat(check.problems())
                    .isEqualTo(
                            List.of(
                                    "DataSource 'dataSource' must be on schema \"public_0002_b\", but its connections are on schema \"public\": that schema is not there."));
        });
    }

    private static void refused(ApplicationContextRunner application, String message) {
        application.run(context -> assertThat(context).getFailure().rootCause().hasMessage(message));
    }

    private static void checkFails(ApplicationContextRunner application, String message) {
        application.run(context ->
                assertThatThrownBy(() -> context.getBean(PinCheck.class).run()).hasMessage(message));
    }

    /** Sets the path on what it hands out. */
    static final class Meddler extends DelegatingDataSource {

        Meddler(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = public");
            }
            return connection;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyWithReader {

        @Bean
        @Primary
        DataSource lazy(Database database, @Qualifier("reader") DataSource reader) {
            LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(SearchPathPinnerTest.pool(database));
            lazy.setReadOnlyDataSource(reader);
            return lazy;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TooEarly {

        @Bean
        static Eager eager() {
            return new Eager();
        }
    }

    static final class Eager implements BeanPostProcessor, BeanFactoryAware, PriorityOrdered {

        @Override
        public void setBeanFactory(BeanFactory beans) {
            beans.getBean(DataSource.class);
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }
}
