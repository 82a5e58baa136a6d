package io.github.pgtandem.boot.pin;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Pins the application's DataSources while they are made: after their properties are bound, before anything decorates or
 * starts them.
 */
public final class SearchPathPinner implements BeanPostProcessor, Ordered {

    private final ObjectProvider<ApplicationDataSources> dataSources;
    private final ObjectProvider<PinnedDataSources> pinned;
    private final boolean fromJndi;

    /**
     * Takes providers, so that making this one makes no other bean early.
     *
     * @param fromJndi whether Boot takes the application's DataSource from JNDI
     */
    public SearchPathPinner(
            ObjectProvider<ApplicationDataSources> dataSources,
            ObjectProvider<PinnedDataSources> pinned,
            boolean fromJndi) {
        this.dataSources = dataSources;
        this.pinned = pinned;
        this.fromJndi = fromJndi;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        // What cannot be configured is wrapped only after its initialization, or the container would initialize the
        // wrapper; a routing one knows its targets only then.
        if (bean instanceof DataSource dataSource
                && !(bean instanceof AbstractRoutingDataSource)
                && PinnedDataSources.isConfigurable(dataSource)
                && !fromJndi
                && isTarget(name)) {
            pinned.getObject().pin(name, dataSource);
        }
        return bean;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof DataSource dataSource && isTarget(name)) {
            PinnedDataSources all = pinned.getObject();
            return fromJndi ? all.wrap(name, dataSource) : all.pin(name, dataSource);
        }
        return bean;
    }

    private boolean isTarget(String name) {
        ApplicationDataSources application = dataSources.getObject();
        return application.contains(name) && !application.isScopedProxy(name);
    }
}
