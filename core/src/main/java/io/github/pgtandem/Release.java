package io.github.pgtandem;

import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedMigrations;
import io.github.pgtandem.schema.Identifiers;
import java.util.List;

/**
 * The migrations that a build of the application ships, ordered by name with numbers compared as numbers. Its target
 * version is the last of them.
 */
public final class Release {

    private final List<ParsedMigration> migrations;

    private Release(List<ParsedMigration> migrations) {
        this.migrations = List.copyOf(migrations);
    }

    /**
     * Parses the files of a build.
     *
     * @param files in any order
     * @throws InvalidMigrationException where a file cannot be read as a migration or two have one name; all problems
     *     are reported at once
     */
    public static Release parse(List<MigrationFile> files) {
        List<ParsedMigration> parsed = ParsedMigrations.parse(files);
        Operations.check(parsed);
        return new Release(parsed);
    }

    /** The names of the migrations, in order. */
    public List<String> names() {
        return migrations.stream().map(ParsedMigration::name).toList();
    }

    /** Whether there is no migration at all. */
    public boolean isEmpty() {
        return migrations.isEmpty();
    }

    /**
     * What instances of this build are pinned to.
     *
     * @throws IllegalStateException for an empty release
     */
    public Pin pin(String baseSchema) {
        if (isEmpty()) {
            throw new IllegalStateException("A release without migrations has no version to pin to");
        }
        ParsedMigration target = migrations.get(migrations.size() - 1);
        return new Pin(target.name(), Identifiers.versionSchema(baseSchema, target.versionSchema()), baseSchema);
    }

    List<ParsedMigration> migrations() {
        return migrations;
    }
}
