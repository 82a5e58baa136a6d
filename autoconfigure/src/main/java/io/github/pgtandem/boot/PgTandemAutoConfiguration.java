package io.github.pgtandem.boot;

import com.zaxxer.hikari.HikariDataSource;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Pin;
import io.github.pgtandem.Release;
import io.github.pgtandem.boot.pin.ApplicationDataSources;
import io.github.pgtandem.boot.pin.BaseSchema;
import io.github.pgtandem.boot.pin.PendingConnections;
import io.github.pgtandem.boot.pin.PinCheck;
import io.github.pgtandem.boot.pin.StandbyQueries;
import io.github.pgtandem.boot.pin.UnpinnedDataSources;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Auto-configuration of pgtandem: expands the database to the release on the class path and pins the application to it. */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnClass({PgTandem.class, DataSource.class})
@ConditionalOnBooleanProperty(name = "pgtandem.enabled", matchIfMissing = true)
@Conditional({PgTandemAutoConfiguration.OnDatabaseCondition.class, OnMigrationsCondition.class})
@EnableConfigurationProperties(PgTandemProperties.class)
@Import({PinConfiguration.class, DatabaseInitializationDependencyConfigurer.class})
@ImportRuntimeHints(PgTandemRuntimeHints.class)
public final class PgTandemAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(PgTandemAutoConfiguration.class);

    @Bean
    static RefusedSettings pgtandemRefusedSettings(Environment environment, ResourceLoader loader) {
        return new RefusedSettings(environment, loader);
    }

    @Bean
    static Instance pgtandemInstance(Environment environment) {
        return Instance.of(environment.getProperty("spring.application.name", "application"));
    }

    @Bean
    @ConditionalOnMissingBean
    static Release pgtandemRelease(PgTandemProperties properties, ResourceLoader loader) {
        List<MigrationFile> files = new MigrationFiles(loader).in(properties.locations());
        if (files.isEmpty()) {
            String locations = String.join(", ", properties.locations());
            throw new ConfigurationRefusedException(
                    "There is no migration (*.yaml, *.yml, *.json) in %s.".formatted(locations),
                    "Put the first migration there, name other locations in pgtandem.locations, or set"
                            + " pgtandem.fail-on-missing-locations=false to start without migrations.");
        }
        Release release = Release.of(files);
        LOG.info(
                "Version of this build: {}, the last of its migrations ({}) in {}.",
                release.names().get(release.names().size() - 1),
                release.names().size(),
                String.join(", ", properties.locations()));
        return release;
    }

    @Bean
    @ConditionalOnMissingBean
    PgTandemConnectionDetails pgtandemConnectionDetails(PgTandemProperties properties) {
        return new PropertiesConnectionDetails(properties);
    }

    @Bean
    MigrationConnections pgtandemMigrationConnections(
            @PgTandemDataSource ObjectProvider<DataSource> own,
            PgTandemConnectionDetails details,
            ApplicationDataSources application,
            UnpinnedDataSources unpinned,
            BaseSchema baseSchema,
            PgTandemProperties properties) {
        return new MigrationConnections(
                own.getIfAvailable(),
                details,
                application,
                unpinned,
                baseSchema,
                properties.pin() == PgTandemProperties.PinMode.ROLE);
    }

    @Bean
    @ConditionalOnMissingBean
    PgTandem pgTandem(
            MigrationConnections connections,
            Release release,
            BaseSchema baseSchema,
            PgTandemProperties properties,
            ObjectProvider<PgTandemListener> listeners) {
        DataSource dataSource = connections.dataSource();
        return new PgTandem(
                dataSource,
                release,
                properties.settings(baseSchema.name()),
                new Listeners(listeners.orderedStream().toList()));
    }

    @Bean
    StandbyQueries pgtandemStandbyQueries(ApplicationDataSources dataSources, PgTandemProperties properties) {
        return new StandbyQueries(dataSources, dataSources.checked("pgtandem.standbys", properties.standbys()));
    }

    /** What this build is pinned to, for code that has to name the schema, such as {@code SimpleJdbcInsert}. */
    @Bean
    @ConditionalOnMissingBean
    Pin pgtandemPin(PgTandem pgTandem) {
        return pgTandem.pin();
    }

    @Bean
    BackgroundExpand pgtandemBackgroundExpand(PgTandem pgTandem, Instance instance, ApplicationEventPublisher events) {
        return new BackgroundExpand(pgTandem, instance, events);
    }

    @Bean
    PgTandemInitializer pgtandemInitializer(
            PgTandem pgTandem,
            PgTandemProperties properties,
            MigrationConnections connections,
            PinCheck pinCheck,
            Instance instance,
            BackgroundExpand background) {
        return new PgTandemInitializer(pgTandem, properties, connections, pinCheck, instance, background);
    }

    @Bean
    AutoComplete pgtandemAutoComplete(
            PgTandem pgTandem, PgTandemProperties properties, Instance instance, ApplicationEventPublisher events) {
        return new AutoComplete(pgTandem, properties, instance, events);
    }

    @Bean
    static LazyInitializationExcludeFilter pgtandemLazyInitializationExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(PgTandemInitializer.class, AutoComplete.class);
    }

    @Bean
    ExitAfterExpand pgtandemExitAfterExpand(PgTandemProperties properties, ApplicationContext context) {
        return new ExitAfterExpand(properties, context, System::exit);
    }

    /** Only this pool tells how many wait for it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HikariDataSource.class)
    static class OnHikari {

        @Bean
        PendingConnections pgtandemPendingConnections(
                ConfigurableListableBeanFactory beans,
                ApplicationDataSources dataSources,
                PgTandemProperties properties) {
            return new PendingConnections(
                    beans, dataSources, properties.backfill().limits().pendingConnections());
        }
    }

    /** There is a database to work on. */
    static final class OnDatabaseCondition extends AnyNestedCondition {

        OnDatabaseCondition() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBean(DataSource.class)
        private static final class OnDataSource {}

        @ConditionalOnBean(PgTandemConnectionDetails.class)
        private static final class OnConnectionDetails {}

        @ConditionalOnProperty("pgtandem.url")
        private static final class OnUrl {}
    }
}
