package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.boot.PgTandemAutoConfiguration;
import io.github.pgtandem.boot.pin.PinCheck;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Auto-configuration of the info contributor. */
@AutoConfiguration(after = PgTandemAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledInfoContributor.class)
@ConditionalOnBean(PinCheck.class)
@ConditionalOnEnabledInfoContributor("pgtandem")
@Import(StatusSamplerConfiguration.class)
public final class PgTandemInfoContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PgTandemInfoContributor pgtandemInfoContributor(StatusSampler sampler) {
        return new PgTandemInfoContributor(sampler);
    }
}
