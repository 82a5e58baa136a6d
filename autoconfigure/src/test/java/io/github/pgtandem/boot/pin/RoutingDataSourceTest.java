package io.github.pgtandem.boot.pin;

import static io.github.pgtandem.boot.pin.PinFixture.currentSchema;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

@ExtendWith(DatabaseExtension.class)
class RoutingDataSourceTest {

    private static final String PINNED = "public_0002_b";

    @Test
    void everyTargetOfARoutingDataSourceIsPinned(Database database) {
        PinFixture.prepare(database, "public");
        Routing routing = new Routing();
        routing.setTargetDataSources(Map.of(
                "a",
                SearchPathPinnerTest.pool(database),
                "b",
                WrappedDataSourceTest.started(database),
                "c",
                database.dataSource()));
        routing.setDefaultTargetDataSource(new WrappedDataSourceTest.Unknown(database.dataSource()));
        PinFixture.application(database)
                .withBean("mine", Routing.class, () -> routing)
                .run(context -> {
                    for (String key : new String[] {"a", "b", "c", "other"}) {
                        routing.key = key;
                        assertThat(currentSchema(context.getBean(DataSource.class)))
                                .as(key)
                                .isEqualTo(PINNED);
                    }
                    context.getBean(PinCheck.class).run();
                });
    }

    @Test
    void aRoutingDataSourceOverBeansPinsTheseToo(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("writer", DataSource.class, () -> SearchPathPinnerTest.pool(database))
                .withBean("reader", DataSource.class, () -> WrappedDataSourceTest.started(database))
                .withUserConfiguration(RoutingOverBeans.class)
                .run(context -> {
                    Routing routing = context.getBean(Routing.class);
                    for (String key : new String[] {"writer", "reader"}) {
                        routing.key = key;
                        assertThat(currentSchema(routing)).as(key).isEqualTo(PINNED);
                    }
                });
    }

    static final class Routing extends AbstractRoutingDataSource {

        private String key = "";

        @Override
        protected Object determineCurrentLookupKey() {
            return key;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class RoutingOverBeans {

        @Bean
        @Primary
        Routing routing(DataSource writer, DataSource reader) {
            Routing routing = new Routing();
            routing.setTargetDataSources(Map.of("writer", writer, "reader", reader));
            return routing;
        }
    }
}
