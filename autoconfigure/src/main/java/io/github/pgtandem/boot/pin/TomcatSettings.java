package io.github.pgtandem.boot.pin;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.jmx.ConnectionPoolMBean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/** Of Tomcat's pool. */
record TomcatSettings(org.apache.tomcat.jdbc.pool.DataSource pool) implements DriverSettings {

    static @Nullable DriverSettings of(DataSource dataSource) {
        org.apache.tomcat.jdbc.pool.DataSource pool = DataSourceUnwrapper.unwrap(
                dataSource, ConnectionPoolMBean.class, org.apache.tomcat.jdbc.pool.DataSource.class);
        if (pool == null) {
            return null;
        }
        if (pool.getDataSource() == null) {
            return new TomcatSettings(pool);
        }
        DriverSettings settings =
                pool.getDataSource() instanceof DataSource instance ? DriverSettings.of(instance) : null;
        return settings == null ? null : new PooledSettings(settings, new TomcatSettings(pool));
    }

    /** Counts connections, as asking for the pool would create it. A pool without any takes the settings yet. */
    @Override
    public boolean sealed() {
        return pool.getPoolSize() > 0;
    }

    @Override
    public @Nullable String url() {
        return pool.getUrl();
    }

    @Override
    public void url(String url) {
        pool.setUrl(url);
    }

    @Override
    public Map<String, String> properties() {
        return PropertyMaps.of(pool.getDbProperties());
    }

    @Override
    public void property(String name, String value) {
        pool.getDbProperties().setProperty(name, value);
    }

    @Override
    public @Nullable String schema() {
        return null;
    }

    @Override
    public void clearSchema() {}

    @Override
    public @Nullable String initSql() {
        return pool.getInitSQL();
    }
}
