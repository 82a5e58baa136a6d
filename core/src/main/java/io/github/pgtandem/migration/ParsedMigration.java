package io.github.pgtandem.migration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parsed migration.
 *
 * @param name the migration's and the version's name
 * @param path where it came from, as messages show it
 * @param versionSchema the last part of the version schema's name: what the file sets, or else the migration's name
 * @param checksum SHA-256 of {@code json} in hexadecimal: comments, white space and the order of keys do not change it
 * @param fileChecksum a short one of the file as it is, or null where it was read from elsewhere
 * @param json the content with sorted keys, which {@link ParsedMigrations#restore} reads back
 */
public record ParsedMigration(
        String name,
        String path,
        String versionSchema,
        String checksum,
        @Nullable String fileChecksum,
        String json,
        List<ParsedOperation> operations) {

    public ParsedMigration {
        operations = List.copyOf(operations);
    }

    ParsedMigration ofFile(String content) {
        return new ParsedMigration(name, path, versionSchema, checksum, Checksum.ofFile(content), json, operations);
    }
}
