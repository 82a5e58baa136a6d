package io.github.pgtandem.boot.pin;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.common.BaseDataSource;

/** Of the PostgreSQL driver's own DataSources, which make a new connection each time. */
record PostgresSettings(BaseDataSource source) implements DriverSettings {

    static @Nullable DriverSettings of(DataSource dataSource) {
        return dataSource instanceof BaseDataSource source ? new PostgresSettings(source) : null;
    }

    @Override
    public boolean sealed() {
        return false;
    }

    @Override
    public @Nullable String url() {
        return null;
    }

    @Override
    public void url(String url) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        if (source.getCurrentSchema() != null) {
            properties.put(CURRENT_SCHEMA, source.getCurrentSchema());
        }
        if (!String.valueOf(source.getApplicationName()).equals(PGProperty.APPLICATION_NAME.getDefaultValue())) {
            properties.put(APPLICATION_NAME, source.getApplicationName());
        }
        return properties;
    }

    @Override
    public void property(String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (SQLException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    @Override
    public @Nullable String schema() {
        return null;
    }

    @Override
    public void clearSchema() {}

    @Override
    public @Nullable String initSql() {
        return null;
    }
}
