package io.github.pgtandem.boot.coexist;

import io.github.pgtandem.boot.ConfigurationRefusedException;
import io.github.pgtandem.boot.pin.PinnedDataSources;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.JpaVendorAdapter;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** Refuses a JPA that would change the schema, or go round the pin, before it starts. */
final class EntityManagerFactoryCheck implements BeanPostProcessor {

    private static final Set<String> HARMLESS = Set.of("none", "validate");
    private static final Map<String, String> DDL = Map.of(
            "hibernate.hbm2ddl.auto", "spring.jpa.hibernate.ddl-auto",
            "jakarta.persistence.schema-generation.database.action",
                    "spring.jpa.properties.jakarta.persistence.schema-generation.database.action");
    private static final String DEFAULT_SCHEMA = "hibernate.default_schema";

    private final ObjectProvider<PinnedDataSources> pinned;

    EntityManagerFactoryCheck(ObjectProvider<PinnedDataSources> pinned) {
        this.pinned = pinned;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof LocalContainerEntityManagerFactoryBean factory) {
            DataSource dataSource = factory.getDataSource();
            if (dataSource != null && pinned.getObject().contains(dataSource)) {
                check(properties(factory));
            }
        }
        return bean;
    }

    private static void check(Map<String, Object> properties) {
        DDL.forEach((property, setting) -> {
            Object value = properties.get(property);
            if (value != null && !HARMLESS.contains(value.toString().toLowerCase(Locale.ROOT))) {
                throw new ConfigurationRefusedException(
                        "%s=%s has Hibernate change the schema, which would hit the version's own schema and what other versions use."
                                .formatted(setting, value),
                        "Set %s to none or validate, and change the schema in migrations.".formatted(setting));
            }
        });
        Object schema = properties.get(DEFAULT_SCHEMA);
        if (schema != null) {
            throw new ConfigurationRefusedException(
                    "%s=%s has Hibernate name that schema in every statement, so that it would go round the version of this build."
                            .formatted(DEFAULT_SCHEMA, schema),
                    "Remove it; if \"%s\" holds the tables, set pgtandem.schema=%s.".formatted(schema, schema));
        }
    }

    private static Map<String, Object> properties(LocalContainerEntityManagerFactoryBean factory) {
        Map<String, Object> properties = new HashMap<>();
        JpaVendorAdapter adapter = factory.getJpaVendorAdapter();
        if (adapter != null) {
            properties.putAll(adapter.getJpaPropertyMap());
        }
        properties.putAll(factory.getJpaPropertyMap());
        return properties;
    }
}
