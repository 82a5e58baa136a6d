package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.boot.PgTandemAutoConfiguration;
import io.github.pgtandem.boot.pin.PinCheck;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Auto-configuration of the meters. */
@AutoConfiguration(after = {PgTandemAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class})
@ConditionalOnClass({MeterRegistry.class, CompositeMeterRegistryAutoConfiguration.class})
@ConditionalOnBean({MeterRegistry.class, PinCheck.class})
@Import(StatusSamplerConfiguration.class)
public final class PgTandemMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ActMeters pgtandemActMeters() {
        return new ActMeters();
    }

    @Bean
    @ConditionalOnMissingBean
    StatusMeters pgtandemStatusMeters(StatusSampler sampler) {
        return new StatusMeters(sampler);
    }
}
