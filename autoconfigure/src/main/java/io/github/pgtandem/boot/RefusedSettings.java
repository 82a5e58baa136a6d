package io.github.pgtandem.boot;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.boot.PgTandemProperties.PinMode;
import io.github.pgtandem.boot.pin.ApplicationDataSources;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/** Refuses settings that do not go together with pgtandem before any bean is made, so that nothing has connected yet. */
final class RefusedSettings implements BeanFactoryPostProcessor {

    private static final List<ScriptInitializer> SCRIPT_INITIALIZERS = List.of(
            new ScriptInitializer(
                    "spring.batch.jdbc.initialize-schema",
                    "org.springframework.boot.batch.jdbc.autoconfigure.BatchDataSource"),
            new ScriptInitializer(
                    "spring.quartz.jdbc.initialize-schema",
                    "org.springframework.boot.quartz.autoconfigure.QuartzDataSource"),
            new ScriptInitializer(
                    "spring.session.jdbc.initialize-schema",
                    "org.springframework.session.jdbc.config.annotation.SpringSessionDataSource"),
            new ScriptInitializer("spring.integration.jdbc.initialize-schema", ""));

    private final Environment environment;
    private final PathMatchingResourcePatternResolver resources;

    RefusedSettings(Environment environment, ResourceLoader loader) {
        this.environment = environment;
        this.resources = new PathMatchingResourcePatternResolver(loader);
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        PinMode pin =
                Binder.get(environment).bind("pgtandem.pin", PinMode.class).orElse(PinMode.CONNECTION);
        Duration soak = Binder.get(environment)
                .bind("pgtandem.complete.after", Duration.class)
                .orElse(Duration.ZERO);
        if (soak.isNegative() || soak.compareTo(PgTandem.MAX_SOAK) > 0) {
            throw new ConfigurationRefusedException(
                    "pgtandem.complete.after=%s is not from 0 to %d days, as long as it is remembered who was alive."
                            .formatted(environment.getProperty("pgtandem.complete.after"), PgTandem.MAX_SOAK.toDays()),
                    "Set a time in this range, or pgtandem.complete.mode=manual.");
        }
        if (is("spring.jpa.defer-datasource-initialization", "true")) {
            throw new ConfigurationRefusedException(
                    "spring.jpa.defer-datasource-initialization=true has Hibernate start before the database is"
                            + " migrated.",
                    "Remove it; put what data.sql and schema.sql do into migrations.");
        }
        if (pin != PinMode.NONE) {
            refuseSchemaScripts();
            SCRIPT_INITIALIZERS.forEach(initializer -> refuse(initializer, beans));
        }
    }

    private void refuse(ScriptInitializer initializer, ConfigurableListableBeanFactory beans) {
        if (is(initializer.property(), "always")
                && !new ApplicationDataSources(beans, List.of()).isThereOneFor(initializer.annotation())) {
            throw new ConfigurationRefusedException(
                    "%s=always creates tables through a pinned DataSource, so that they would lie in the version's own schema and go with it."
                            .formatted(initializer.property()),
                    "Set it to never and create the tables in a migration (operation sql)%s."
                            .formatted(
                                    initializer.annotation().isEmpty()
                                            ? ""
                                            : ", or declare a DataSource bean annotated with @"
                                                    + StringUtils.unqualify(initializer.annotation())));
        }
    }

    private void refuseSchemaScripts() {
        if (!is("spring.sql.init.mode", "always") || hasOwnCredentials()) {
            return;
        }
        schemaScripts().filter(this::exists).findFirst().ifPresent(script -> {
            throw new ConfigurationRefusedException(
                    "spring.sql.init.mode=always executes %s through a pinned DataSource, so that what it creates would lie in the version's own schema and go with it."
                            .formatted(script.replaceFirst("^optional:", "")),
                    "Put it into a migration, set spring.sql.init.mode=never, or set spring.sql.init.username and"
                            + " spring.sql.init.password, which give it connections of its own. (data.sql may stay.)");
        });
    }

    private boolean hasOwnCredentials() {
        return environment.containsProperty("spring.sql.init.username")
                && environment.containsProperty("spring.sql.init.password");
    }

    private Stream<String> schemaScripts() {
        String configured = environment.getProperty("spring.sql.init.schema-locations");
        if (configured != null) {
            return Stream.of(StringUtils.commaDelimitedListToStringArray(configured))
                    .map(String::strip);
        }
        String platform = environment.getProperty("spring.sql.init.platform", "all");
        return Stream.of("classpath*:schema-" + platform + ".sql", "classpath*:schema.sql");
    }

    private boolean exists(String script) {
        try {
            return Stream.of(resources.getResources(script.replaceFirst("^optional:", "")))
                    .anyMatch(resource -> resource.exists());
        } catch (IOException e) {
            return false;
        }
    }

    private boolean is(String property, String value) {
        return value.equalsIgnoreCase(environment.getProperty(property));
    }

    /** A tool that may create its tables at the start, and the annotation of a DataSource of its own. */
    private record ScriptInitializer(String property, String annotation) {}
}
