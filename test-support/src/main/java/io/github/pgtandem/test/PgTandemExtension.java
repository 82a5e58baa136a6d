package io.github.pgtandem.test;

import io.github.pgtandem.Actor;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.commons.support.SearchOption;

/** Carries out {@link PgTandemMigrations}. */
public final class PgTandemExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(PgTandemExtension.class);
    private static final Actor ACTOR = new Actor("test", "test");

    @Override
    public void beforeAll(ExtensionContext test) {
        PgTandemMigrations wanted = AnnotationSupport.findAnnotation(
                        test.getRequiredTestClass(), PgTandemMigrations.class, SearchOption.INCLUDE_ENCLOSING_CLASSES)
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "%s uses PgTandemExtension without saying what to expand.\nAnnotate it with @PgTandemMigrations."
                                .formatted(test.getRequiredTestClass().getName())));
        ExtensionContext.Store store = test.getStore(NAMESPACE);
        // A nested class has what the class around it has, unless it is annotated itself.
        if (wanted.equals(store.get(PgTandemMigrations.class))) {
            return;
        }
        Release release = Release.parse(MigrationFiles.in(wanted.locations()));
        DataSource source = ReflectionSupport.newInstance(wanted.dataSource()).get();
        Settings settings = Settings.forSchema(wanted.schema())
                .withBaseline(wanted.baseline().isEmpty() ? null : wanted.baseline());
        PgTandem tandem = new PgTandem(source, release, settings, new PgTandemListener() {});
        store.put(
                DataSource.class,
                new PinnedDataSource(source, tandem.start(ACTOR).pin()));
        store.put(PgTandemMigrations.class, wanted);
        store.put(Release.class, release);
        store.put(PgTandem.class, tandem);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == DataSource.class || type == Release.class || type == PgTandem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return test.getStore(NAMESPACE).get(type);
    }
}
