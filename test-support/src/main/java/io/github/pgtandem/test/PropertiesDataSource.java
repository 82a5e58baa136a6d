package io.github.pgtandem.test;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database that system properties name. */
final class PropertiesDataSource implements Supplier<DataSource> {

    static final String URL = "pgtandem.test.url";

    @Override
    public DataSource get() {
        String url = System.getProperty(URL);
        if (url == null) {
            throw new IllegalStateException("@PgTandemMigrations: which database to use is not told.\n"
                    + "Set the system property %s (and pgtandem.test.user, pgtandem.test.password), or give @PgTandemMigrations(dataSource = ...)."
                            .formatted(URL));
        }
        DriverManagerDataSource source = new DriverManagerDataSource(url);
        source.setUsername(System.getProperty("pgtandem.test.user"));
        source.setPassword(System.getProperty("pgtandem.test.password"));
        return source;
    }
}
