package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.boot.PgTandemProperties;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sampler, wherever something is to be shown of what it reads. */
@Configuration(proxyBeanMethods = false)
class StatusSamplerConfiguration {

    @Bean
    static LazyInitializationExcludeFilter pgtandemStatusSamplerExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(StatusSampler.class);
    }

    @Bean
    StatusSampler pgtandemStatusSampler(PgTandem pgTandem, PgTandemProperties properties) {
        return new StatusSampler(pgTandem, properties.heartbeat());
    }
}
