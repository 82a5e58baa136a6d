package io.github.pgtandem.boot.pin;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/** Of HikariCP, by address or by class name; given an instance of a DataSource it hands no property on. */
record HikariSettings(HikariDataSource pool) implements DriverSettings {

    static @Nullable DriverSettings of(DataSource dataSource) {
        HikariDataSource pool =
                DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
        if (pool == null) {
            return null;
        }
        return pool.getDataSource() == null ? new HikariSettings(pool) : ofInstance(pool, pool.getDataSource());
    }

    private static @Nullable DriverSettings ofInstance(HikariDataSource pool, DataSource instance) {
        DriverSettings settings = DriverSettings.of(instance);
        return settings == null ? null : new PooledSettings(settings, new HikariSettings(pool));
    }

    @Override
    public boolean sealed() {
        return pool.isRunning() || pool.isClosed();
    }

    @Override
    public @Nullable String url() {
        return pool.getJdbcUrl() == null ? properties().get(urlProperty()) : pool.getJdbcUrl();
    }

    @Override
    public void url(String url) {
        if (pool.getJdbcUrl() == null) {
            property(urlProperty(), url);
        } else {
            pool.setJdbcUrl(url);
        }
    }

    @Override
    public Map<String, String> properties() {
        return PropertyMaps.of(pool.getDataSourceProperties());
    }

    @Override
    public void property(String name, String value) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.setProperty(name, value);
        pool.setDataSourceProperties(properties);
    }

    @Override
    public @Nullable String schema() {
        return pool.getSchema();
    }

    @Override
    public void clearSchema() {
        pool.setSchema(null);
    }

    @Override
    public @Nullable String initSql() {
        return pool.getConnectionInitSql();
    }

    private String urlProperty() {
        return pool.getDataSourceProperties().containsKey("URL") ? "URL" : "url";
    }
}
