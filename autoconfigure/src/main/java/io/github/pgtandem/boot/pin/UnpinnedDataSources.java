package io.github.pgtandem.boot.pin;

import io.github.pgtandem.boot.ConfigurationRefusedException;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Derives DataSources that are not pinned, for those who change the schema. They make a new connection each time. */
public final class UnpinnedDataSources {

    private static final Set<String> PIN = Set.of(DriverSettings.CURRENT_SCHEMA, DriverSettings.APPLICATION_NAME);
    private static final Set<String> CREDENTIALS = Set.of("user", "password", "username", "url", "URL");
    /** Settings that suit an application's statements, but not an index that takes an hour to build on the primary. */
    private static final Set<String> APPLICATION_ONLY = Set.of("socketTimeout", "targetServerType", "readOnly");

    private static final String OWN_LOGIN =
            "Set pgtandem.url, pgtandem.user and pgtandem.password, or declare a DataSource bean annotated with"
                    + " @PgTandemDataSource.";

    private final PinnedDataSources pinned;

    public UnpinnedDataSources(PinnedDataSources pinned) {
        this.pinned = pinned;
    }

    /** Whether a DataSource still has the search path that its user gave it. */
    public boolean keepsItsPath(DataSource dataSource) {
        return !pinned.contains(dataSource);
    }

    /**
     * For another tool that changes the schema: one that goes where a DataSource went before it was pinned.
     *
     * @param remedy what to do where it cannot be derived
     */
    public DataSource forTool(DataSource dataSource, String remedy) {
        if (pinned.contains(dataSource)) {
            PinnedEntry entry = pinned.entry(dataSource);
            SearchPath before = entry == null ? SearchPath.NONE : entry.before();
            return derive(entry == null ? dataSource : entry.origin(), pinned.unpinned(before), Set.of(), remedy);
        }
        return dataSource instanceof SimpleDriverDataSource derived ? restored(derived) : dataSource;
    }

    /** The user that a DataSource logs in as; null where it does not tell. */
    @Nullable
    String user(DataSource dataSource) {
        DataSource origin = origin(dataSource);
        DriverSettings settings = DriverSettings.of(origin);
        SimpleDriverDataSource derived =
                build(origin, settings, "Use a DataSource of which Spring Boot knows the kind.");
        if (derived.getUsername() != null || settings == null) {
            return derived.getUsername();
        }
        String inUrl = JdbcUrl.parse(String.valueOf(derived.getUrl())).parameter("user");
        return inUrl == null ? settings.properties().get("user") : inUrl;
    }

    /** Whether an address says who logs in. */
    public static boolean tellsUser(SimpleDriverDataSource given) {
        return JdbcUrl.parse(String.valueOf(given.getUrl())).parameter("user") != null;
    }

    /** Gives connections for migrations the credentials of the application's, as far as it tells them. */
    public void logInAs(DataSource dataSource, SimpleDriverDataSource migrations) {
        SimpleDriverDataSource like = derive(dataSource, SearchPath.NONE, APPLICATION_ONLY, OWN_LOGIN);
        migrations.setUsername(like.getUsername());
        migrations.setPassword(like.getPassword());
    }

    /** Connections that are made as a pinned DataSource's are, whatever its pool has left. */
    DataSource like(PinnedEntry entry) {
        try {
            return derive(entry.origin(), SearchPath.parse(entry.searchPath()), Set.of(), "");
        } catch (ConfigurationRefusedException e) {
            return entry.dataSource();
        }
    }

    /** For migrations: as the application's, with other credentials where they are given. */
    public DataSource forMigrations(DataSource dataSource, @Nullable String user, @Nullable String password) {
        SimpleDriverDataSource derived = derive(dataSource, SearchPath.NONE, APPLICATION_ONLY, OWN_LOGIN);
        if (user != null) {
            derived.setUsername(user);
            derived.setPassword(password);
        }
        return forMigrations(derived);
    }

    /** For migrations: to the address that is given. */
    public static DataSource forMigrations(SimpleDriverDataSource dataSource) {
        String url = String.valueOf(dataSource.getUrl());
        JdbcUrl.refuseOthers("for migrations", url);
        dataSource.setUrl(
                JdbcUrl.parse(url).without(DriverSettings.CURRENT_SCHEMA).toString());
        new SpringDriverSettings(dataSource).property("targetServerType", "primary");
        return dataSource;
    }

    private SimpleDriverDataSource derive(
            DataSource dataSource, SearchPath before, Set<String> leftOut, String remedy) {
        DataSource origin = origin(dataSource);
        DriverSettings settings = DriverSettings.of(origin);
        SimpleDriverDataSource derived = build(origin, settings, remedy);
        JdbcUrl url = JdbcUrl.parse(String.valueOf(derived.getUrl()));
        Properties properties = new Properties();
        if (settings != null) {
            properties.putAll(settings.properties());
        }
        for (Set<String> names : Set.of(PIN, leftOut)) {
            properties.keySet().removeAll(names);
            for (String name : names) {
                url = url.without(name);
            }
        }
        properties.keySet().removeAll(CREDENTIALS);
        if (!before.isEmpty()) {
            properties.setProperty(DriverSettings.CURRENT_SCHEMA, before.toString());
        }
        derived.setUrl(url.toString());
        derived.setConnectionProperties(properties);
        return derived;
    }

    private static SimpleDriverDataSource build(DataSource origin, @Nullable DriverSettings settings, String remedy) {
        try {
            DataSourceBuilder<SimpleDriverDataSource> builder =
                    DataSourceBuilder.derivedFrom(origin).type(SimpleDriverDataSource.class);
            if (settings != null && settings.hiddenPassword() != null) {
                builder.password(settings.hiddenPassword());
            }
            SimpleDriverDataSource derived = builder.build();
            if (derived.getUrl() != null) {
                return derived;
            }
        } catch (RuntimeException e) {
            throw notDerived(origin, " (" + e.getMessage() + ")", remedy);
        }
        throw notDerived(origin, ": it has no address", remedy);
    }

    private static ConfigurationRefusedException notDerived(DataSource origin, String reason, String remedy) {
        return new ConfigurationRefusedException(
                "Connections that are not pinned cannot be derived from the %s%s."
                        .formatted(origin.getClass().getName(), reason),
                remedy);
    }

    /** Boot derives from an address that the pin has taken {@code currentSchema} from; that is put back. */
    private DataSource restored(SimpleDriverDataSource derived) {
        SpringDriverSettings settings = new SpringDriverSettings(derived);
        pinned.entries().stream()
                .filter(entry -> entry.settings() != null
                        && !entry.before().isEmpty()
                        && String.valueOf(settings.url())
                                .equals(entry.settings().url()))
                .findFirst()
                .filter(entry -> !settings.properties().containsKey(DriverSettings.CURRENT_SCHEMA))
                .ifPresent(entry -> settings.property(
                        DriverSettings.CURRENT_SCHEMA, entry.before().toString()));
        return derived;
    }

    private DataSource origin(DataSource dataSource) {
        PinnedEntry entry = pinned.entry(dataSource);
        if (entry != null) {
            return entry.origin();
        }
        DataSource next = null;
        if (dataSource instanceof DelegatingDataSource delegating) {
            next = delegating.getTargetDataSource();
        } else if (dataSource instanceof AbstractRoutingDataSource routing) {
            next = routing.getResolvedDefaultDataSource();
        }
        return next == null ? dataSource : origin(next);
    }
}
