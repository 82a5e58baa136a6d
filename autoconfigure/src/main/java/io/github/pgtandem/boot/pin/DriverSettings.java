package io.github.pgtandem.boot.pin;

import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** What a DataSource hands to the driver for each new connection. */
interface DriverSettings {

    String CURRENT_SCHEMA = "currentSchema";
    String APPLICATION_NAME = "ApplicationName";

    /** Whether connections may have been made already, so that a change would not reach them all. */
    boolean sealed();

    /** The address, or null where it is given in parts. */
    @Nullable
    String url();

    void url(String url);

    /** The properties for the driver, besides the address; a copy. */
    Map<String, String> properties();

    void property(String name, String value);

    /** The schema that the pool itself sets on a new connection, which would override the driver's property. */
    @Nullable
    String schema();

    void clearSchema();

    /** Statements that the pool executes on a new connection, or null. */
    @Nullable
    String initSql();

    /** The password, where Boot cannot read it from the DataSource; else null. */
    default @Nullable String hiddenPassword() {
        return null;
    }

    /** The settings of a DataSource, or null where its kind is not known. */
    static @Nullable DriverSettings of(DataSource dataSource) {
        DriverSettings settings = null;
        if (Present.HIKARI) {
            settings = HikariSettings.of(dataSource);
        }
        if (settings == null && Present.TOMCAT) {
            settings = TomcatSettings.of(dataSource);
        }
        if (settings == null && Present.DBCP2) {
            settings = Dbcp2Settings.of(dataSource);
        }
        if (settings == null && Present.POSTGRESQL) {
            settings = PostgresSettings.of(dataSource);
        }
        return settings == null ? SpringDriverSettings.of(dataSource) : settings;
    }

    /** Which optional classes there are. */
    final class Present {

        private static final boolean HIKARI = present("com.zaxxer.hikari.HikariDataSource");
        private static final boolean TOMCAT = present("org.apache.tomcat.jdbc.pool.DataSource");
        private static final boolean DBCP2 = present("org.apache.commons.dbcp2.BasicDataSource");
        private static final boolean POSTGRESQL = present("org.postgresql.ds.common.BaseDataSource");

        private Present() {}

        private static boolean present(String type) {
            return ClassUtils.isPresent(type, DriverSettings.class.getClassLoader());
        }
    }
}
