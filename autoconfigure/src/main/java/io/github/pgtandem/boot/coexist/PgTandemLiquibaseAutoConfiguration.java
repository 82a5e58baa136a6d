package io.github.pgtandem.boot.coexist;

import io.github.pgtandem.boot.PgTandemAutoConfiguration;
import io.github.pgtandem.boot.pin.SearchPathPinner;
import io.github.pgtandem.boot.pin.UnpinnedDataSources;
import liquibase.integration.spring.SpringLiquibase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration that gives Liquibase connections that are not pinned; it would change the version's own schema. */
@AutoConfiguration(after = PgTandemAutoConfiguration.class)
@ConditionalOnClass(SpringLiquibase.class)
@ConditionalOnBean(SearchPathPinner.class)
public final class PgTandemLiquibaseAutoConfiguration {

    @Bean
    static LiquibaseUnpinner pgtandemLiquibaseUnpinner(ObjectProvider<UnpinnedDataSources> unpinned) {
        return new LiquibaseUnpinner(unpinned);
    }
}
