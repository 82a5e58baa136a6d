package io.github.pgtandem.boot.coexist;

import io.github.pgtandem.boot.PgTandemAutoConfiguration;
import io.github.pgtandem.boot.pin.SearchPathPinner;
import io.github.pgtandem.boot.pin.UnpinnedDataSources;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Auto-configuration that gives Flyway connections that are not pinned; it would migrate the version's own schema. */
@AutoConfiguration(after = PgTandemAutoConfiguration.class)
@ConditionalOnClass({Flyway.class, FlywayConfigurationCustomizer.class})
@ConditionalOnBean(SearchPathPinner.class)
public final class PgTandemFlywayAutoConfiguration {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    FlywayConfigurationCustomizer pgtandemFlywayConfigurationCustomizer(UnpinnedDataSources unpinned) {
        return configuration -> {
            DataSource dataSource = configuration.getDataSource();
            if (dataSource != null) {
                configuration.dataSource(unpinned.forTool(
                        dataSource,
                        "Set spring.flyway.url, spring.flyway.user and spring.flyway.password, or declare a DataSource"
                                + " bean annotated with @FlywayDataSource."));
            }
        };
    }
}
