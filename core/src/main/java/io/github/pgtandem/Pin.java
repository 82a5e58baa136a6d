package io.github.pgtandem;

import io.github.pgtandem.schema.Identifiers;

/**
 * What an instance's connections are pinned to. Known from the release alone, before any connection is made.
 *
 * @param version the target version of the release
 * @param schema the version schema, {@code <base schema>_<version>} or what the version's file says instead of its name,
 *     shortened with a hash beyond 63 bytes
 * @param baseSchema the schema that holds the tables
 */
public record Pin(String version, String schema, String baseSchema) {

    /** The value for {@code search_path}: version schema, then base schema, each quoted. */
    public String searchPath() {
        return quote(schema) + ", " + quote(baseSchema);
    }

    /** What its connections call themselves, {@code <application>@<version>}, so that the gate sees whose they are. */
    public String sessionName(String application) {
        return Identifiers.sessionName(application, version);
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
