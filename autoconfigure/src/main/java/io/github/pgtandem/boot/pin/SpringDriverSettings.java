package io.github.pgtandem.boot.pin;

import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Of Spring's DataSources that ask the driver for a new connection each time. */
record SpringDriverSettings(AbstractDriverBasedDataSource source) implements DriverSettings {

    static @Nullable DriverSettings of(DataSource dataSource) {
        return dataSource instanceof AbstractDriverBasedDataSource source ? new SpringDriverSettings(source) : null;
    }

    @Override
    public boolean sealed() {
        return source instanceof SingleConnectionDataSource;
    }

    @Override
    public @Nullable String url() {
        return source.getUrl();
    }

    @Override
    public void url(String url) {
        source.setUrl(url);
    }

    @Override
    public Map<String, String> properties() {
        return PropertyMaps.of(source.getConnectionProperties());
    }

    @Override
    public void property(String name, String value) {
        Properties properties = new Properties();
        properties.putAll(properties());
        properties.setProperty(name, value);
        source.setConnectionProperties(properties);
    }

    @Override
    public @Nullable String schema() {
        return source.getSchema();
    }

    @Override
    public void clearSchema() {
        source.setSchema(null);
    }

    @Override
    public @Nullable String initSql() {
        return null;
    }
}
