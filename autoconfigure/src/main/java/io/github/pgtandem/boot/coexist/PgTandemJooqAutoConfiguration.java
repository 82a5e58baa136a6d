package io.github.pgtandem.boot.coexist;

import io.github.pgtandem.boot.PgTandemAutoConfiguration;
import io.github.pgtandem.boot.pin.SearchPathPinner;
import org.jooq.DSLContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jooq.autoconfigure.DefaultConfigurationCustomizer;
import org.springframework.context.annotation.Bean;

/** Auto-configuration that keeps jOOQ from naming the schema in its statements, which would go round the pin. */
@AutoConfiguration(after = PgTandemAutoConfiguration.class)
@ConditionalOnClass({DSLContext.class, DefaultConfigurationCustomizer.class})
@ConditionalOnBean(SearchPathPinner.class)
public final class PgTandemJooqAutoConfiguration {

    @Bean
    DefaultConfigurationCustomizer pgtandemJooqCustomizer() {
        return configuration -> configuration.settings().withRenderSchema(false);
    }
}
