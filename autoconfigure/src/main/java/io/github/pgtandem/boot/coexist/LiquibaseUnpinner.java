package io.github.pgtandem.boot.coexist;

import io.github.pgtandem.boot.pin.UnpinnedDataSources;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Exchanges Liquibase's DataSource before it runs. */
final class LiquibaseUnpinner implements BeanPostProcessor {

    private final ObjectProvider<UnpinnedDataSources> unpinned;

    LiquibaseUnpinner(ObjectProvider<UnpinnedDataSources> unpinned) {
        this.unpinned = unpinned;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof SpringLiquibase liquibase) {
            DataSource dataSource = liquibase.getDataSource();
            if (dataSource != null) {
                liquibase.setDataSource(unpinned.getObject()
                        .forTool(
                                dataSource,
                                "Set spring.liquibase.url, spring.liquibase.user and spring.liquibase.password, or"
                                        + " declare a DataSource bean annotated with @LiquibaseDataSource."));
            }
        }
        return bean;
    }
}
