package io.github.pgtandem.boot.pin;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.BasicDataSourceMXBean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/** Of Commons DBCP 2, which does not tell which properties it has. */
record Dbcp2Settings(BasicDataSource pool) implements DriverSettings {

    static @Nullable DriverSettings of(DataSource dataSource) {
        BasicDataSource pool =
                DataSourceUnwrapper.unwrap(dataSource, BasicDataSourceMXBean.class, BasicDataSource.class);
        return pool == null ? null : new Dbcp2Settings(pool);
    }

    /** Counts connections: a pool without any takes the settings yet. */
    @Override
    public boolean sealed() {
        return pool.getNumActive() + pool.getNumIdle() > 0;
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
        return Map.of();
    }

    @Override
    public void property(String name, String value) {
        pool.addConnectionProperty(name, value);
    }

    @Override
    public @Nullable String schema() {
        return pool.getDefaultSchema();
    }

    @Override
    public void clearSchema() {
        pool.setDefaultSchema(null);
    }

    @Override
    public @Nullable String initSql() {
        return pool.getConnectionInitSqls().isEmpty() ? null : String.join("; ", pool.getConnectionInitSqls());
    }

    /** Deprecated as it shows over JMX, but there is no other way to connect as the pool does. */
    @Override
    @SuppressWarnings("deprecation")
    public @Nullable String hiddenPassword() {
        return pool.getPassword() == null ? "" : pool.getPassword();
    }
}
