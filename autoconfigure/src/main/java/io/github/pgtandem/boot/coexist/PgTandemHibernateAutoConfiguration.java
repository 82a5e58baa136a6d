package io.github.pgtandem.boot.coexist;

import io.github.pgtandem.boot.PgTandemAutoConfiguration;
import io.github.pgtandem.boot.pin.PinnedDataSources;
import io.github.pgtandem.boot.pin.SearchPathPinner;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.SchemaManagement;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** Auto-configuration that lets Hibernate validate the schema through the pinned path, and keeps it from changing it. */
@AutoConfiguration(after = PgTandemAutoConfiguration.class)
@ConditionalOnClass({LocalContainerEntityManagerFactoryBean.class, HibernatePropertiesCustomizer.class})
@ConditionalOnBean(SearchPathPinner.class)
public final class PgTandemHibernateAutoConfiguration {

    private static final String STRATEGY = "hibernate.hbm2ddl.jdbc_metadata_extraction_strategy";

    /** All at once, Hibernate's validation looks into the current schema only and misses every untouched table. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    HibernatePropertiesCustomizer pgtandemHibernatePropertiesCustomizer() {
        return properties -> properties.putIfAbsent(STRATEGY, "individually");
    }

    @Bean
    static EntityManagerFactoryCheck pgtandemEntityManagerFactoryCheck(ObjectProvider<PinnedDataSources> pinned) {
        return new EntityManagerFactoryCheck(pinned);
    }

    @Bean
    SchemaManagementProvider pgtandemSchemaManagementProvider(PinnedDataSources pinned) {
        return dataSource -> pinned.contains(dataSource) ? SchemaManagement.MANAGED : SchemaManagement.UNMANAGED;
    }
}
