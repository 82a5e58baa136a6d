package io.github.pgtandem;

import io.github.pgtandem.migration.ReleaseFiles;
import io.github.pgtandem.schema.Identifiers;
import java.util.List;

/**
 * The migrations that a build of the application ships, ordered by name with numbers compared as numbers. Its target
 * version is the last of them.
 */
public final class Release {

    private final ReleaseFiles files;

    private Release(ReleaseFiles files) {
        this.files = files;
    }

    /**
     * Parses the files of a build.
     *
     * @param files in any order
     * @throws InvalidMigrationException where a file cannot be read as a migration or two have one name; all problems
     *     are reported at once
     */
    public static Release parse(List<MigrationFile> files) {
        Release release = of(files);
        release.files.migrations();
        return release;
    }

    /**
     * Takes the files of a build, and parses them when it turns out that the database does not know all of them as they
     * are. What {@link #parse} throws is thrown then.
     *
     * @param files in any order
     */
    public static Release of(List<MigrationFile> files) {
        return new Release(new ReleaseFiles(files, Operations::check));
    }

    /** The names of the migrations, in order. */
    public List<String> names() {
        return files.names();
    }

    /** Whether there is no migration at all. */
    public boolean isEmpty() {
        return files.size() == 0;
    }

    /**
     * What instances of this build are pinned to.
     *
     * @throws IllegalStateException for an empty release
     * @throws InvalidMigrationException where the files must be parsed for it and cannot be
     */
    public Pin pin(String baseSchema) {
        if (isEmpty()) {
            throw new IllegalStateException("A release without migrations has no version to pin to");
        }
        return new Pin(files.target(), Identifiers.versionSchema(baseSchema, files.targetVersionSchema()), baseSchema);
    }

    ReleaseFiles files() {
        return files;
    }
}
