package io.github.pgtandem.boot.pin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of a pool that takes its connections from another DataSource: that one talks to the driver, the pool adds its own. */
record PooledSettings(DriverSettings driver, DriverSettings pool) implements DriverSettings {

    @Override
    public boolean sealed() {
        return pool.sealed() || driver.sealed();
    }

    @Override
    public @Nullable String url() {
        return driver.url();
    }

    @Override
    public void url(String url) {
        driver.url(url);
    }

    @Override
    public Map<String, String> properties() {
        return driver.properties();
    }

    @Override
    public void property(String name, String value) {
        driver.property(name, value);
    }

    @Override
    public @Nullable String schema() {
        return pool.schema() == null ? driver.schema() : pool.schema();
    }

    @Override
    public void clearSchema() {
        pool.clearSchema();
        driver.clearSchema();
    }

    @Override
    public @Nullable String initSql() {
        return pool.initSql() == null ? driver.initSql() : pool.initSql();
    }
}
