package io.github.pgtandem.boot.pin;

import io.github.pgtandem.boot.ConfigurationRefusedException;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.util.ClassUtils;

/** Finds the DataSource beans that the application works with, those of tools that migrate or schedule left out. */
public final class ApplicationDataSources {

    private static final String SCOPED_TARGET = "scopedTarget.";
    private static final List<String> OTHER_PURPOSES = List.of(
            "io.github.pgtandem.boot.PgTandemDataSource",
            "org.springframework.boot.flyway.autoconfigure.FlywayDataSource",
            "org.springframework.boot.liquibase.autoconfigure.LiquibaseDataSource",
            "org.springframework.boot.batch.jdbc.autoconfigure.BatchDataSource",
            "org.springframework.boot.quartz.autoconfigure.QuartzDataSource",
            "org.springframework.session.jdbc.config.annotation.SpringSessionDataSource");

    private final ConfigurableListableBeanFactory beans;
    private final List<String> configured;
    private @Nullable List<String> names;

    /**
     * @param configured the names to take; empty to take the only or the primary one
     */
    public ApplicationDataSources(ConfigurableListableBeanFactory beans, List<String> configured) {
        this.beans = beans;
        this.configured = List.copyOf(configured);
    }

    /** The names of the beans; empty where there is none. */
    public synchronized List<String> names() {
        if (names == null) {
            names = configured.isEmpty() ? theOnlyOne() : checked("pgtandem.data-sources", configured);
        }
        return names;
    }

    /** The first of them, from which connections for migrations are derived; null where there is none. */
    public @Nullable DataSource first() {
        return names().stream().findFirst().map(this::get).orElse(null);
    }

    /** Has one made. */
    public DataSource get(String name) {
        return beans.getBean(name, DataSource.class);
    }

    /** Whether there is a DataSource for a tool of its own, told by the annotation of that tool. */
    public boolean isThereOneFor(String annotation) {
        Class<? extends Annotation> type = annotationType(annotation);
        return type != null && all().stream().anyMatch(name -> beans.findAnnotationOnBean(name, type) != null);
    }

    /** Whether a bean that is being made is one of them. */
    boolean contains(String name) {
        return names().contains(name.startsWith(SCOPED_TARGET) ? name.substring(SCOPED_TARGET.length()) : name);
    }

    /** Whether a bean only hands out another one, which is pinned in its place. */
    boolean isScopedProxy(String name) {
        return beans.containsBeanDefinition(SCOPED_TARGET + name);
    }

    /**
     * Names that somebody has given, each of which is that of a DataSource.
     *
     * @throws ConfigurationRefusedException where one is not
     */
    public List<String> checked(String property, List<String> wanted) {
        for (String name : wanted) {
            if (!beans.containsBean(name) || !beans.isTypeMatch(name, DataSource.class)) {
                throw new ConfigurationRefusedException(
                        "%s names '%s', but the DataSource beans are: %s."
                                .formatted(property, name, String.join(", ", all())),
                        "Correct the name.");
            }
        }
        return wanted;
    }

    private List<String> theOnlyOne() {
        List<String> candidates = all().stream().filter(this::isCandidate).toList();
        if (candidates.size() <= 1) {
            return candidates;
        }
        List<String> primary = candidates.stream()
                .filter(name -> beans.containsBeanDefinition(name) && is(name, BeanDefinition::isPrimary))
                .toList();
        List<String> regular = candidates.stream()
                .filter(name -> is(name, definition -> !definition.isFallback()))
                .toList();
        return Stream.of(primary, regular)
                .filter(some -> some.size() == 1)
                .findFirst()
                .orElseThrow(() -> new ConfigurationRefusedException(
                        "There are several DataSource beans (%s) and none of them is primary."
                                .formatted(String.join(", ", candidates)),
                        "Name those that work with the migrated schema in pgtandem.data-sources."));
    }

    private List<String> all() {
        return List.of(beans.getBeanNamesForType(DataSource.class, true, false));
    }

    private boolean isCandidate(String name) {
        return OTHER_PURPOSES.stream()
                        .map(ApplicationDataSources::annotationType)
                        .noneMatch(type -> type != null && beans.findAnnotationOnBean(name, type) != null)
                && is(
                        name,
                        definition -> definition.isAutowireCandidate()
                                && (!(definition instanceof AbstractBeanDefinition one) || one.isDefaultCandidate()));
    }

    private boolean is(String name, Predicate<BeanDefinition> condition) {
        // A singleton that was registered as an object has no definition; it is like any other bean then.
        return !beans.containsBeanDefinition(name) || condition.test(beans.getMergedBeanDefinition(name));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Class<? extends Annotation> annotationType(String name) {
        ClassLoader loader = ApplicationDataSources.class.getClassLoader();
        return ClassUtils.isPresent(name, loader)
                ? (Class<? extends Annotation>) ClassUtils.resolveClassName(name, loader)
                : null;
    }
}
