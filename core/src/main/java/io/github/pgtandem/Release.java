package io.github.pgtandem;

import java.util.List;

/**
 * The migrations that a build of the application ships, ordered by name with numbers compared as numbers. Its target
 * version is the last of them.
 */
public final class Release {

    private final List<String> names;

    private Release(List<String> names) {
        this.names = names;
    }

    /**
     * Parses the files of a build.
     *
     * @param files in any order
     * @throws InvalidMigrationException where a file cannot be read as a migration or two have one name; all problems
     *     are reported at once
     */
    public static Release parse(List<MigrationFile> files) {
        throw new UnsupportedOperationException();
    }

    /** The names of the migrations, in order. */
    public List<String> names() {
        return names;
    }

    /** Whether there is no migration at all. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /**
     * What instances of this build are pinned to.
     *
     * @throws IllegalStateException for an empty release
     */
    public Pin pin(String baseSchema) {
        throw new UnsupportedOperationException();
    }
}
