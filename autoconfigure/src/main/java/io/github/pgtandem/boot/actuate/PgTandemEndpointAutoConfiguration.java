package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.boot.PgTandemAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the endpoint. */
@AutoConfiguration(after = PgTandemAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(PgTandem.class)
@ConditionalOnAvailableEndpoint(PgTandemEndpoint.class)
public final class PgTandemEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PgTandemEndpoint pgtandemEndpoint(PgTandem pgTandem, ApplicationEventPublisher events) {
        return new PgTandemEndpoint(pgTandem, events);
    }
}
