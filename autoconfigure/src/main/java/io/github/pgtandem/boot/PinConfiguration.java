package io.github.pgtandem.boot;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Release;
import io.github.pgtandem.boot.PgTandemProperties.PinMode;
import io.github.pgtandem.boot.pin.ApplicationDataSources;
import io.github.pgtandem.boot.pin.BaseSchema;
import io.github.pgtandem.boot.pin.PinCheck;
import io.github.pgtandem.boot.pin.PinnedDataSources;
import io.github.pgtandem.boot.pin.RolePinner;
import io.github.pgtandem.boot.pin.SearchPathPinner;
import io.github.pgtandem.boot.pin.UnpinnedDataSources;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
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
            BaseSchema baseSchema, ObjectProvider<Release> release, Instance instance, PgTandemProperties properties) {
        return new PinnedDataSources(
                baseSchema,
                schema -> release.getObject().pin(schema),
                instance.application(),
                properties.pin() == PinMode.ROLE);
    }

    @Bean
    UnpinnedDataSources pgtandemUnpinnedDataSources(PinnedDataSources pinned) {
        return new UnpinnedDataSources(pinned);
    }

    /** Static and with providers only, as it is made before other beans. */
    @Bean
    @Conditional(OnPinCondition.class)
    static SearchPathPinner pgtandemSearchPathPinner(
            ObjectProvider<ApplicationDataSources> dataSources,
            ObjectProvider<PinnedDataSources> pinned,
            Environment environment) {
        return new SearchPathPinner(dataSources, pinned, environment.containsProperty("spring.datasource.jndi-name"));
    }

    @Bean
    PinCheck pgtandemPinCheck(
            ObjectProvider<PgTandem> pgTandem,
            ApplicationDataSources dataSources,
            PinnedDataSources pinned,
            UnpinnedDataSources unpinned,
            Instance instance,
            PgTandemProperties properties) {
        List<String> names = properties.pin() == PinMode.NONE ? List.of() : dataSources.names();
        RolePinner roles = properties.pin() == PinMode.ROLE
                ? new RolePinner(pgTandem::getObject, unpinned, instance.atStartup())
                : null;
        return new PinCheck(names, dataSources, pinned, unpinned, roles, properties.waitForReplicas());
    }

    /** The application's DataSources are given something, or at least asked. */
    static final class OnPinCondition extends AnyNestedCondition {

        OnPinCondition() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(name = "pgtandem.pin", havingValue = "connection", matchIfMissing = true)
        private static final class ByConnection {}

        @ConditionalOnProperty(name = "pgtandem.pin", havingValue = "role")
        private static final class ByRole {}
    }
}
