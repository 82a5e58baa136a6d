package io.github.pgtandem.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.schema.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A case on tables and columns whose stored names are not those that its operations use: each table and column of {@code
 * before.sql} is renamed by hand, and the release that holds the case's migration gives back all names first.
 *
 * <p>A folder with a {@value #EXCLUSION} says there why its case cannot be carried out so.
 *
 * @param operations which give the names back, one a line
 */
record RenamedCase(Case plain, List<String> operations) {

    static final String EXCLUSION = "not_renamed.txt";
    static final String RENAME = "0001_rename";
    static final String MIGRATION = "0002_migration";

    private static final Pattern OPERATIONS = Pattern.compile("^operations: *\\R(?= *- )", Pattern.MULTILINE);
    private static final int MOST_BYTES = 63;

    /** A table (without column) or a column of a table, by its own name and with the table's. */
    private record Name(String table, String column, int number) {}

    static boolean isExcluded(Case plain) {
        return plain.folder().resolve(EXCLUSION).toFile().exists();
    }

    /** Makes the tables under other names. */
    static RenamedCase on(Database database, Case plain) {
        database.execute(plain.text("before.sql"));
        List<String> operations = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        for (Name name : names(database)) {
            String table = Identifiers.id(name.table);
            if (name.column.isEmpty()) {
                String other = other(name.table, name.number);
                statements.add("ALTER TABLE public.%s RENAME TO %s".formatted(table, Identifiers.id(other)));
                operations.add("- rename_table: {from: %s, to: %s}".formatted(quoted(other), quoted(name.table)));
            } else {
                String other = other(name.column, name.number);
                statements.add("ALTER TABLE public.%s RENAME COLUMN %s TO %s"
                        .formatted(table, Identifiers.id(name.column), Identifiers.id(other)));
                operations.add("- rename_column: {table: %s, from: %s, to: %s}"
                        .formatted(quoted(name.table), quoted(other), quoted(name.column)));
            }
        }
        database.execute(statements.toArray(String[]::new));
        // By hand the columns go first, so that a table is still found; in the release, its table.
        operations.sort((a, b) -> Boolean.compare(b.contains("rename_table"), a.contains("rename_table")));
        return new RenamedCase(plain, operations);
    }

    /** The names come back in a file before that of the case. */
    PgTandem inTwoFiles(Database database) {
        return engine(
                database,
                file(RENAME, "operations:\n" + lines("  ") + (operations.isEmpty() ? "  []\n" : "")),
                file(MIGRATION, plain.text("migration.yaml")));
    }

    /** The names come back in the file of the case, before its own operations. */
    PgTandem inOneFile(Database database) {
        String text = plain.text("migration.yaml");
        Matcher head = OPERATIONS.matcher(text);
        if (!head.find()) {
            throw new IllegalStateException(
                    plain + ": its migration.yaml must begin its list of operations in a line below `operations:`");
        }
        String rest = text.substring(head.end());
        String indentation = rest.substring(0, rest.indexOf('-'));
        return engine(database, file(MIGRATION, text.substring(0, head.end()) + lines(indentation) + rest));
    }

    private String lines(String indentation) {
        StringBuilder lines = new StringBuilder();
        operations.forEach(o -> lines.append(indentation).append(o).append('\n'));
        return lines.toString();
    }

    private static MigrationFile file(String name, String text) {
        return new MigrationFile("db/" + name + ".yaml", text);
    }

    private static PgTandem engine(Database database, MigrationFile... files) {
        Settings settings = Settings.forSchema("public").withBaseline(Case.BASELINE);
        return new PgTandem(database.dataSource(), Release.parse(List.of(files)), settings, new PgTandemListener() {});
    }

    /** Columns first. Partitions keep their names, as the names of their columns are those of the whole. */
    private static List<Name> names(Database database) {
        return database.jdbc().query("""
                        SELECT c.relname, coalesce(a.attname, ''), coalesce(a.attnum, 0)
                        FROM pg_class AS c
                        LEFT JOIN LATERAL (
                            SELECT attname, attnum FROM pg_attribute
                            WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attinhcount = 0
                            UNION ALL SELECT '', 0) AS a ON true
                        WHERE c.relnamespace = 'public'::regnamespace
                          AND c.relkind IN ('r', 'p')
                          AND NOT c.relispartition
                          AND NOT EXISTS (
                              SELECT FROM pg_depend
                              WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
                        ORDER BY a.attnum = 0, c.relname, a.attnum
                        """, (row, number) -> new Name(row.getString(1), row.getString(2), row.getInt(3)));
    }

    private static String other(String name, int number) {
        String other = name + "_0";
        return other.getBytes(UTF_8).length <= MOST_BYTES
                ? other
                : "renamed_" + number + "_" + Integer.toHexString(name.hashCode());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
