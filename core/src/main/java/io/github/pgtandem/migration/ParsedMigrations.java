package io.github.pgtandem.migration;

import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.MigrationFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parses migrations and puts them in order. */
public final class ParsedMigrations {

    /** Orders names with numbers compared as numbers. */
    public static final Comparator<String> ORDER = new NameOrder();

    private ParsedMigrations() {}

    /**
     * Parses the files of a build.
     *
     * @param files in any order
     * @return in the order of their names
     * @throws InvalidMigrationException with all problems of all files
     */
    public static List<ParsedMigration> parse(List<MigrationFile> files) {
        List<InvalidInput> problems = new ArrayList<>();
        List<ParsedMigration> parsed = new ArrayList<>();
        Map<String, String> pathByName = new HashMap<>();
        List<MigrationFile> ordered = files.stream()
                .sorted(Comparator.comparing(MigrationFile::name, ORDER).thenComparing(MigrationFile::path))
                .toList();
        for (MigrationFile file : ordered) {
            String first = pathByName.putIfAbsent(file.name(), file.path());
            if (first != null) {
                problems.add(new InvalidInput(
                        new Location(file.path(), 1, 1),
                        "there is another migration named \"" + file.name() + "\": " + first + ".",
                        "Rename or remove one of the two."));
            }
            ParsedMigration migration = MigrationReader.read(file, problems);
            if (migration != null) {
                parsed.add(migration);
            }
        }
        checkVersionSchemas(parsed, problems);
        if (!problems.isEmpty()) {
            throw report(problems);
        }
        return List.copyOf(parsed);
    }

    private static void checkVersionSchemas(List<ParsedMigration> migrations, List<InvalidInput> problems) {
        Map<String, ParsedMigration> bySchema = new HashMap<>();
        for (ParsedMigration each : migrations) {
            ParsedMigration first = bySchema.putIfAbsent(each.versionSchema(), each);
            if (first != null && !first.name().equals(each.name())) {
                problems.add(new InvalidInput(
                        new Location(each.path(), 1, 1),
                        "its version schema would be named \"" + each.versionSchema() + "\", as is that of "
                                + first.path() + ".",
                        "Give the two different \"version_schema\"."));
            }
        }
    }

    /**
     * Reads back what {@link ParsedMigration#json()} holds.
     *
     * @throws InvalidMigrationException where it is not what this library or another release of it has written
     */
    public static ParsedMigration restore(String name, String json) {
        List<InvalidInput> problems = new ArrayList<>();
        ParsedMigration migration =
                new MigrationReader(name, "migration " + name, problems).read(JsonReader::read, json);
        if (migration == null) {
            throw report(problems);
        }
        return migration;
    }

    /** One exception that tells all of the problems, each with its place and remedy. */
    public static InvalidMigrationException report(List<InvalidInput> problems) {
        return new InvalidMigrationException(
                problems.stream().map(InvalidInput::asProblem).toList());
    }
}
