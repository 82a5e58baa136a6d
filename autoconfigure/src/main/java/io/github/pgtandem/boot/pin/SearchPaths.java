package io.github.pgtandem.boot.pin;

import io.github.pgtandem.boot.ConfigurationRefusedException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the search path that a DataSource has been given by its user. */
final class SearchPaths {

    private static final Pattern SETS_PATH = Pattern.compile("search_path|\\bset\\s+schema\\b");

    private SearchPaths() {}

    /**
     * The path before pinning, in the order in which the driver and the pool would let one win.
     *
     * @param schemaConfigured whether the base schema is known, so that a path that cannot be read does no harm
     */
    static SearchPath of(String name, DriverSettings settings, boolean schemaConfigured) {
        refuseInitSql(name, settings.initSql());
        if (settings.schema() != null) {
            return SearchPath.of(settings.schema());
        }
        JdbcUrl url = JdbcUrl.parse(settings.url() == null ? "" : settings.url());
        String options = firstOf(url.parameter("options"), settings.properties().get("options"));
        String path = firstOf(
                url.parameter(DriverSettings.CURRENT_SCHEMA),
                settings.properties().get(DriverSettings.CURRENT_SCHEMA));
        if (path == null && !schemaConfigured && setsPath(options)) {
            throw new ConfigurationRefusedException(
                    "DataSource '%s' sets search_path by the driver's 'options' (%s), so that the schema with the"
                                    .formatted(name, options)
                            + " tables is not clear.",
                    "Set pgtandem.schema to the schema that holds the tables, or use currentSchema in place of"
                            + " options.");
        }
        return SearchPath.parse(path);
    }

    private static void refuseInitSql(String name, @Nullable String sql) {
        if (setsPath(sql)) {
            throw new ConfigurationRefusedException(
                    "DataSource '%s' executes \"%s\" on each new connection, which takes it off the version of this build."
                            .formatted(name, sql),
                    "Remove that statement; name the schema that holds the tables in pgtandem.schema.");
        }
    }

    private static boolean setsPath(@Nullable String sql) {
        return sql != null && SETS_PATH.matcher(sql.toLowerCase(Locale.ROOT)).find();
    }

    private static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
