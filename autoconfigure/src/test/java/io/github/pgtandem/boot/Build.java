package io.github.pgtandem.boot;

import io.github.pgtandem.boot.actuate.PgTandemEndpointAutoConfiguration;
import io.github.pgtandem.boot.actuate.PgTandemHealthContributorAutoConfiguration;
import io.github.pgtandem.boot.actuate.PgTandemInfoContributorAutoConfiguration;
import io.github.pgtandem.boot.actuate.PgTandemMetricsAutoConfiguration;
import io.github.pgtandem.boot.coexist.PgTandemFlywayAutoConfiguration;
import io.github.pgtandem.boot.coexist.PgTandemHibernateAutoConfiguration;
import io.github.pgtandem.boot.coexist.PgTandemJooqAutoConfiguration;
import io.github.pgtandem.boot.coexist.PgTandemLiquibaseAutoConfiguration;
import io.github.pgtandem.fixture.Database;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Builds of one application, each with its release, as contexts without a web server. */
public final class Build {

    private Build() {}

    /** One whose migrations lie in {@code releases/<release>}. */
    public static ApplicationContextRunner of(String release, Database database) {
        return withoutDatabase()
                .withPropertyValues(
                        "pgtandem.locations=classpath:releases/" + release,
                        "pgtandem.heartbeat=100ms",
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=" + database.user());
    }

    static ApplicationContextRunner withoutDatabase() {
        return new ApplicationContextRunner()
                .withPropertyValues("spring.application.name=shop")
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        PgTandemAutoConfiguration.class,
                        PgTandemEndpointAutoConfiguration.class,
                        PgTandemHealthContributorAutoConfiguration.class,
                        PgTandemInfoContributorAutoConfiguration.class,
                        PgTandemMetricsAutoConfiguration.class,
                        PgTandemFlywayAutoConfiguration.class,
                        PgTandemHibernateAutoConfiguration.class,
                        PgTandemJooqAutoConfiguration.class,
                        PgTandemLiquibaseAutoConfiguration.class));
    }
}
