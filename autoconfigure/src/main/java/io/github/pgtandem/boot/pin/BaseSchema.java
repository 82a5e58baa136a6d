package io.github.pgtandem.boot.pin;

import io.github.pgtandem.boot.ConfigurationRefusedException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The schema that holds the tables: the one configured, else the one that the application's DataSources use so far, else
 * {@code public}. Found without a connection.
 */
public final class BaseSchema {

    private static final String DEFAULT = "public";

    private final @Nullable String configured;
    private @Nullable String found;
    private @Nullable String foundIn;
    private boolean assumed;

    public BaseSchema(@Nullable String configured) {
        this.configured = configured;
    }

    /** Whether it is set. */
    boolean configured() {
        return configured != null;
    }

    /** Its name, once the application's DataSources have been looked at. */
    public synchronized String name() {
        if (configured != null) {
            return configured;
        }
        return found == null ? DEFAULT : found;
    }

    /** Whether nothing names it, so that it is only taken to be {@code public}. */
    public synchronized boolean assumed() {
        return configured == null && (found == null || assumed);
    }

    /** Takes the schema that a DataSource uses, which is not pinned. */
    public void lookAt(String name, DataSource dataSource) {
        DriverSettings settings = DriverSettings.of(dataSource);
        if (settings != null) {
            decide(name, SearchPaths.of(name, settings, configured != null));
        }
    }

    /** Takes the search path that a DataSource had before it was pinned; all must agree. */
    synchronized String decide(String dataSource, SearchPath path) {
        if (configured != null) {
            return configured;
        }
        String schema = path.isEmpty() ? DEFAULT : path.schemas().get(0);
        if (schema.equals(SearchPath.USER)) {
            throw new ConfigurationRefusedException(
                    "DataSource '%s' has the search path %s, which begins with a schema named like the user."
                            .formatted(dataSource, path),
                    "Set pgtandem.schema to the schema that holds the tables.");
        }
        if (found != null && !found.equals(schema)) {
            throw new ConfigurationRefusedException(
                    "DataSource '%s' uses schema \"%s\", but DataSource '%s' uses schema \"%s\"."
                            .formatted(dataSource, schema, foundIn, found),
                    "pgtandem migrates one schema. Set pgtandem.schema to it, or name only those DataSources that"
                            + " use it in pgtandem.data-sources.");
        }
        if (found == null) {
            found = schema;
            foundIn = dataSource;
            assumed = path.isEmpty();
        }
        return schema;
    }
}
