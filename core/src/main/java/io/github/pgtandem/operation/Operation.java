package io.github.pgtandem.operation;

import static java.util.Map.entry;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.schema.Schema;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One entry of a migration, as its author wrote it. */
public sealed interface Operation
        permits AddColumn,
                AlterColumn,
                CreateIndex,
                CreateTable,
                DropColumn,
                DropIndex,
                DropTable,
                RenameColumn,
                RenameTable,
                Sql {

    /** Every operation of the format, by the key it has in a file. */
    Map<String, Function<Fields, Operation>> READERS = new TreeMap<>(Map.ofEntries(
            entry("add_column", AddColumn::read),
            entry("alter_column", AlterColumn::read),
            entry("create_index", CreateIndex::read),
            entry("create_table", CreateTable::read),
            entry("drop_column", DropColumn::read),
            entry("drop_index", DropIndex::read),
            entry("drop_table", DropTable::read),
            entry("rename_column", RenameColumn::read),
            entry("rename_table", RenameTable::read),
            entry("sql", Sql::read)));

    /**
     * What it means for a schema.
     *
     * @throws InvalidOperation where it does not fit
     */
    Expansion expand(Schema before);

    /** The table it is about, as the version before calls it, or null for none that is there already. */
    @Nullable
    String table();

    /** What it is about, for error messages: {@code add_column orders.total}. */
    String subject();

    /**
     * Reads one.
     *
     * @throws io.github.pgtandem.migration.InvalidInput for an unknown operation or wrong fields
     */
    static Operation read(ParsedOperation parsed) {
        Function<Fields, Operation> reader = READERS.get(parsed.name());
        Fields fields = parsed.fields();
        if (reader == null) {
            throw fields.invalid(
                    "\"" + parsed.name() + "\" is not an operation.",
                    "Did you mean \"" + nearest(parsed.name()) + "\"? Operations: "
                            + String.join(", ", READERS.keySet()) + ".");
        }
        Operation operation = reader.apply(fields);
        fields.end();
        return operation;
    }

    private static String nearest(String name) {
        return READERS.keySet().stream()
                .min(Comparator.comparingInt(key -> distance(name, key)))
                .orElseThrow();
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
