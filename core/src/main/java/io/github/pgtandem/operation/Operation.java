package io.github.pgtandem.operation;

import static java.util.Map.entry;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.Nearest;
import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.schema.Schema;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One entry of a migration, as its author wrote it. */
public sealed interface Operation
        permits AddColumn,
                AlterColumn,
                AlterEnum,
                CreateConstraint,
                CreateFunction,
                CreateIndex,
                CreateTable,
                CreateView,
                DropColumn,
                DropConstraint,
                DropFunction,
                DropIndex,
                DropMulticolumnConstraint,
                DropTable,
                DropView,
                MergeColumns,
                MoveColumns,
                RenameColumn,
                RenameConstraint,
                RenameTable,
                SetReplicaIdentity,
                SplitColumn,
                Sql {

    /** Every operation of the format, by the key it has in a file. */
    Map<String, Function<Fields, Operation>> READERS = new TreeMap<>(Map.ofEntries(
            entry("add_column", AddColumn::read),
            entry("alter_column", AlterColumn::read),
            entry("alter_enum", AlterEnum::read),
            entry("create_constraint", CreateConstraint::read),
            entry("create_function", CreateFunction::read),
            entry("create_index", CreateIndex::read),
            entry("create_table", CreateTable::read),
            entry("create_view", CreateView::read),
            entry("drop_column", DropColumn::read),
            entry("drop_constraint", DropConstraint::read),
            entry("drop_function", DropFunction::read),
            entry("drop_index", DropIndex::read),
            entry("drop_multicolumn_constraint", DropMulticolumnConstraint::read),
            entry("drop_table", DropTable::read),
            entry("drop_view", DropView::read),
            entry("merge_columns", MergeColumns::read),
            entry("move_columns", MoveColumns::read),
            entry("rename_column", RenameColumn::read),
            entry("rename_constraint", RenameConstraint::read),
            entry("rename_table", RenameTable::read),
            entry("set_replica_identity", SetReplicaIdentity::read),
            entry("split_column", SplitColumn::read),
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
            throw unknown(parsed);
        }
        Operation operation = reader.apply(fields);
        fields.end();
        return operation;
    }

    private static InvalidInput unknown(ParsedOperation parsed) {
        String name = parsed.name();
        String all = "Operations: " + String.join(", ", READERS.keySet()) + ".";
        String near = Nearest.to(name, READERS.keySet());
        return new InvalidInput(
                parsed.location(),
                "\"" + name + "\" is not an operation.",
                (near == null ? "" : "Did you mean \"" + near + "\"? ") + all);
    }
}
