package io.github.pgtandem.migration;

import io.github.pgtandem.MigrationFile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of a build. They are read as migrations only when something is asked that the files as they are do not tell:
 * most starts find that the database knows all of them.
 */
public final class ReleaseFiles {

    private static final String VERSION_SCHEMA = "version_schema";

    private final List<MigrationFile> files;
    private final List<String> names;
    private final Consumer<List<ParsedMigration>> check;
    private @Nullable List<ParsedMigration> migrations;

    /**
     * @param files in any order
     * @param check throws where the migrations are none
     */
    public ReleaseFiles(List<MigrationFile> files, Consumer<List<ParsedMigration>> check) {
        this.files = files.stream()
                .sorted(Comparator.comparing(MigrationFile::name, ParsedMigrations.ORDER)
                        .thenComparing(MigrationFile::path))
                .toList();
        this.names = this.files.stream().map(MigrationFile::name).toList();
        this.check = check;
    }

    /** The names of the migrations, in order. */
    public List<String> names() {
        return names;
    }

    /** The name of the last one. */
    public String target() {
        return last().name();
    }

    /** Where the last one came from, as messages show it. */
    public String targetPath() {
        return last().path();
    }

    private MigrationFile last() {
        return files.get(files.size() - 1);
    }

    /**
     * The last part of the name of the target version's schema.
     *
     * @throws io.github.pgtandem.InvalidMigrationException where the files have to be read for it and cannot be
     */
    public String targetVersionSchema() {
        String text = last().content();
        // An escaped key may be it, too.
        boolean mayBeSet =
                text.indexOf('\\') >= 0 || text.toLowerCase(Locale.ROOT).contains(VERSION_SCHEMA);
        return mayBeSet ? migrations().get(files.size() - 1).versionSchema() : target();
    }

    /**
     * Read as migrations.
     *
     * @throws io.github.pgtandem.InvalidMigrationException with all problems of all files
     */
    public synchronized List<ParsedMigration> migrations() {
        if (migrations == null) {
            List<ParsedMigration> parsed = ParsedMigrations.parse(files);
            check.accept(parsed);
            migrations = parsed;
        }
        return migrations;
    }

    /** How many there are. */
    public int size() {
        return files.size();
    }

    /** Of a file as it is, see {@link ParsedMigration#fileChecksum()}. */
    public String fileChecksum(int index) {
        return Checksum.ofFile(files.get(index).content());
    }
}
