package io.github.pgtandem.boot;

import io.github.pgtandem.Release;
import io.github.pgtandem.boot.pin.ApplicationDataSources;
import io.github.pgtandem.boot.pin.BaseSchema;
import io.github.pgtandem.boot.pin.PinCheck;
import io.github.pgtandem.boot.pin.PinnedDataSources;
import io.github.pgtandem.boot.pin.SearchPathPinner;
import io.github.pgtandem.boot.pin.UnpinnedDataSources;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Pins the application's DataSources. */
@Configuration(proxyBeanMethods = false)
class PinConfiguration {

    @Bean
    static ApplicationDataSources pgtandemApplicationDataSources(
            ConfigurableListableBeanFactory beans, PgTandemProperties properties) {
        return new ApplicationDataSources(beans, properties.dataSources());
    }

    @Bean
    static BaseSchema pgtandemBaseSchema(PgTandemProperties properties) {
        return new BaseSchema(properties.schema());
    }

    @Bean
    static PinnedDataSources pgtandemPinnedDataSources(
            BaseSchema baseSchema, ObjectProvider<Release> release, Instance instance) {
        return new PinnedDataSources(baseSchema, schema -> release.getObject().pin(schema), instance.application());
    }

    @Bean
    UnpinnedDataSources pgtandemUnpinnedDataSources(PinnedDataSources pinned) {
        return new UnpinnedDataSources(pinned);
    }

    /** Static and with providers only, as it is made before other beans. */
    @Bean
    @ConditionalOnProperty(name = "pgtandem.pin", havingValue = "connection", matchIfMissing = true)
    static SearchPathPinner pgtandemSearchPathPinner(
            ObjectProvider<ApplicationDataSources> dataSources,
            ObjectProvider<PinnedDataSources> pinned,
            Environment environment) {
        return new SearchPathPinner(dataSources, pinned, environment.containsProperty("spring.datasource.jndi-name"));
    }

    @Bean
    PinCheck pgtandemPinCheck(
            ObjectProvider<SearchPathPinner> pinner,
            ApplicationDataSources dataSources,
            PinnedDataSources pinned,
            PgTandemProperties properties) {
        List<String> names = pinner.getIfAvailable() == null ? List.of() : dataSources.names();
        return new PinCheck(names, dataSources, pinned, properties.waitForReplicas());
    }
}
