package io.github.pgtandem.boot.pin;

import io.github.pgtandem.Pin;
import io.github.pgtandem.fixture.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A schema with a table, a version schema with a view of it, and an application that is to be pinned to it. */
final class PinFixture {

    static final String VERSION = "0002_b";
    static final Pin PUBLIC = pin("public");

    private PinFixture() {}

    static Pin pin(String base) {
        return new Pin(VERSION, base + "_" + VERSION, base);
    }

    /** Makes the version schema of a base schema. */
    static void prepare(Database database, String base) {
        database.execute(
                "CREATE SCHEMA IF NOT EXISTS \"%s\"".formatted(base),
                "CREATE TABLE \"%s\".t (a int)".formatted(base),
                "CREATE SCHEMA \"%s_%s\"".formatted(base, VERSION),
                "CREATE VIEW \"%1$s_%2$s\".t AS SELECT a, 1 AS b FROM \"%1$s\".t".formatted(base, VERSION));
    }

    /** An application with Boot's own DataSource, or with what a test declares. */
    static ApplicationContextRunner application(Database database, String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withUserConfiguration(PinBeans.class)
                .withPropertyValues(
                        "spring.datasource.url=" + database.jdbcUrl(), "spring.datasource.username=" + database.user())
                .withPropertyValues(properties);
    }

    /** What a fresh connection says. */
    static List<String> ask(DataSource dataSource, String... columns) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return ask(connection, columns);
        }
    }

    static List<String> ask(Connection connection, String... columns) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + String.join(", ", columns))) {
            row.next();
            String[] values = new String[columns.length];
            for (int column = 0; column < values.length; column++) {
                values[column] = row.getString(column + 1);
            }
            return Arrays.asList(values);
        }
    }

    static String currentSchema(DataSource dataSource) throws SQLException {
        return ask(dataSource, "current_schema()").get(0);
    }

    /** The beans of this package, for a build whose version is known. */
    @Configuration(proxyBeanMethods = false)
    static class PinBeans {

        @Bean
        static ApplicationDataSources applicationDataSources(
                ConfigurableListableBeanFactory beans, Environment environment) {
            return new ApplicationDataSources(
                    beans, List.of(environment.getProperty("pgtandem.data-sources", String[].class, new String[0])));
        }

        @Bean
        static BaseSchema baseSchema(Environment environment) {
            return new BaseSchema(environment.getProperty("pgtandem.schema"));
        }

        @Bean
        static PinnedDataSources pinnedDataSources(BaseSchema baseSchema) {
            return new PinnedDataSources(baseSchema, PinFixture::pin, "shop", false);
        }

        @Bean
        static SearchPathPinner searchPathPinner(
                ObjectProvider<ApplicationDataSources> dataSources,
                ObjectProvider<PinnedDataSources> pinned,
                Environment environment) {
            return new SearchPathPinner(
                    dataSources, pinned, environment.containsProperty("spring.datasource.jndi-name"));
        }

        @Bean
        UnpinnedDataSources unpinnedDataSources(PinnedDataSources pinned) {
            return new UnpinnedDataSources(pinned);
        }

        @Bean
        PinCheck pinCheck(ApplicationDataSources dataSources, PinnedDataSources pinned, UnpinnedDataSources unpinned) {
            return new PinCheck(dataSources.names(), dataSources, pinned, unpinned, null, Duration.ofMillis(10));
        }
    }
}
