package io.github.pgtandem.boot;

import io.github.pgtandem.boot.pin.ApplicationDataSources;
import io.github.pgtandem.boot.pin.BaseSchema;
import io.github.pgtandem.boot.pin.UnpinnedDataSources;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Where connections for migrations come from: the bean marked with {@link PgTandemDataSource}, else the address of
 * {@link PgTandemConnectionDetails}, else the one of the application's DataSource. Never the application's pool itself.
 */
final class MigrationConnections {

    private final @Nullable DataSource own;
    private final PgTandemConnectionDetails details;
    private final ApplicationDataSources application;
    private final UnpinnedDataSources unpinned;
    private final BaseSchema baseSchema;
    private final boolean byRole;
    private @Nullable DataSource dataSource;

    /**
     * @param byRole whether the role of the application's DataSource is pinned, so that it cannot migrate
     */
    MigrationConnections(
            @Nullable DataSource own,
            PgTandemConnectionDetails details,
            ApplicationDataSources application,
            UnpinnedDataSources unpinned,
            BaseSchema baseSchema,
            boolean byRole) {
        this.own = own;
        this.details = details;
        this.application = application;
        this.unpinned = unpinned;
        this.baseSchema = baseSchema;
        this.byRole = byRole;
    }

    /** Gives a new, unpinned connection each time. From here on the base schema is known. */
    synchronized DataSource dataSource() {
        if (dataSource == null) {
            application.names().forEach(this::look);
            dataSource = find();
        }
        return dataSource;
    }

    /**
     * Connects once, and looks whether a base schema that nothing names is the one that the role works with.
     *
     * @throws ConnectionFailedException where there is no connection
     */
    void check() {
        try (Connection connection = dataSource().getConnection()) {
            if (baseSchema.assumed() && isPostgres(connection)) {
                checkAssumed(connection);
            }
        } catch (SQLException e) {
            throw new ConnectionFailedException(
                    "There is no connection to migrate with (%s): %s".formatted(origin(), e.getMessage()),
                    "Check the address, the user and the password (pgtandem.url, pgtandem.user and pgtandem.password,"
                            + " where they are set), and whether the database is up.",
                    e);
        }
    }

    private void checkAssumed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_schema(), current_user")) {
            row.next();
            String schema = row.getString(1);
            if (schema != null && !schema.equals(baseSchema.name())) {
                throw new ConfigurationRefusedException(
                        "Role \"%s\" works with schema \"%s\" by default, but nothing says that its tables are to be migrated."
                                .formatted(row.getString(2), schema),
                        "Set pgtandem.schema=%s, or pgtandem.schema=%s if that is where the tables are."
                                .formatted(schema, baseSchema.name()));
            }
        }
    }

    private DataSource find() {
        if (own != null) {
            lookWithoutApplication("the @PgTandemDataSource", own);
            return own;
        }
        if (details.getJdbcUrl() != null) {
            SimpleDriverDataSource given = DataSourceBuilder.create()
                    .type(SimpleDriverDataSource.class)
                    .url(details.getJdbcUrl())
                    .username(details.getUsername())
                    .password(details.getPassword())
                    .build();
            DataSource first = application.first();
            if (details.getUsername() == null && first != null && !UnpinnedDataSources.tellsUser(given)) {
                refuseTheSameRole();
                unpinned.logInAs(first, given);
            }
            lookWithoutApplication("pgtandem.url", given);
            return UnpinnedDataSources.forMigrations(given);
        }
        DataSource first = application.first();
        if (first == null) {
            throw new ConfigurationRefusedException(
                    "There is no DataSource of the application to migrate with.",
                    "Set pgtandem.url, pgtandem.user and pgtandem.password.");
        }
        if (details.getUsername() == null) {
            refuseTheSameRole();
        }
        return unpinned.forMigrations(first, details.getUsername(), details.getPassword());
    }

    private void refuseTheSameRole() {
        if (byRole) {
            throw new ConfigurationRefusedException(
                    "pgtandem.pin=role, but migrations would log in as the application does.",
                    "Set pgtandem.user and pgtandem.password to a login of their own, and pgtandem.url to PostgreSQL"
                            + " itself where the application goes through a pooler.");
        }
    }

    private void look(String name) {
        DataSource made = application.get(name);
        // A pinned one was looked at before it was pinned.
        if (unpinned.keepsItsPath(made)) {
            baseSchema.lookAt(name, made);
        }
    }

    private void lookWithoutApplication(String name, DataSource given) {
        if (application.names().isEmpty()) {
            baseSchema.lookAt(name, given);
        }
    }

    private String origin() {
        if (own != null) {
            return "the @PgTandemDataSource bean";
        }
        return details.getJdbcUrl() != null ? "pgtandem.url" : "derived from the application's DataSource";
    }

    private static boolean isPostgres(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }
}
