package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.boot.PgTandemAutoConfiguration;
import io.github.pgtandem.boot.pin.PinCheck;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Auto-configuration of the health indicator. */
@AutoConfiguration(after = PgTandemAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(PinCheck.class)
@ConditionalOnEnabledHealthIndicator("pgtandem")
@Import(StatusSamplerConfiguration.class)
public final class PgTandemHealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "pgtandemHealthIndicator")
    PgTandemHealthIndicator pgtandemHealthIndicator(StatusSampler sampler, PinCheck pinCheck) {
        return new PgTandemHealthIndicator(sampler, pinCheck);
    }
}
