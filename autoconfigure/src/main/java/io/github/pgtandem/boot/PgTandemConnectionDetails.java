package io.github.pgtandem.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where migrations connect to. What is null is taken from the application's DataSource. */
public interface PgTandemConnectionDetails extends ConnectionDetails {

    /** JDBC URL of a direct connection. */
    @Nullable
    String getJdbcUrl();

    /** Login user. */
    @Nullable
    String getUsername();

    /** Login password. */
    @Nullable
    String getPassword();
}
