package io.github.pgtandem.sample.shop.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Starts a PostgreSQL for an application that is given no {@code spring.datasource.url}, and stops it after it. */
final class EmbeddedDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Log log = LogFactory.getLog(EmbeddedDatabase.class);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context.getEnvironment().containsProperty("spring.datasource.url")) {
            return;
        }
        EmbeddedPostgres postgres = start();
        String url = postgres.getJdbcUrl("postgres", "postgres");
        log.info("No spring.datasource.url given: started a PostgreSQL that lives as long as this application, " + url);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("embedded database", Map.of("spring.datasource.url", url)));
        // Beans are destroyed in reverse order: the first one registered outlives the pool and everything on it.
        ((DefaultSingletonBeanRegistry) context.getBeanFactory())
                .registerDisposableBean("embeddedPostgres", postgres::close);
    }

    private static EmbeddedPostgres start() {
        try {
            // Its own shutdown hook would run beside Spring's and take the database away too early.
            return EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The embedded PostgreSQL does not start. Give a database of your own with spring.datasource.url.",
                    e);
        }
    }
}
