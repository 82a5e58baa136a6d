package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.EnumType;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds, renames and drops values of an enum type. The version gets a type of its own under the same name, and a shadow
 * column for every column of the type.
 */
record AlterEnum(String name, List<Added> add, List<Renamed> rename, List<Dropped> drop) implements Operation {

    /** A new value; older versions read {@code down}. */
    record Added(
            String value, @Nullable String before, @Nullable String after, String down) {}

    /** A value that older versions go on calling {@code from}. */
    record Renamed(String from, String to) {}

    /** A value that the version does not know; what has it becomes {@code up}. */
    record Dropped(String value, String up) {}

    static AlterEnum read(Fields fields) {
        AlterEnum operation = new AlterEnum(
                fields.identifier("name"),
                fields.optionalObjects("add").stream().map(AlterEnum::added).toList(),
                fields.optionalObjects("rename").stream()
                        .map(AlterEnum::renamed)
                        .toList(),
                fields.optionalObjects("drop").stream().map(AlterEnum::dropped).toList());
        if (operation.add.isEmpty() && operation.rename.isEmpty() && operation.drop.isEmpty()) {
            throw fields.invalid("nothing is changed.", "Give at least one of: add, rename, drop.");
        }
        return operation;
    }

    private static Added added(Fields fields) {
        Added added = new Added(
                fields.identifier("value"),
                fields.optionalIdentifier("before"),
                fields.optionalIdentifier("after"),
                down(fields));
        fields.end();
        if (added.before != null && added.after != null) {
            throw fields.invalid("after", "the value is given two places.", "Keep one of before and after.");
        }
        return added;
    }

    private static String down(Fields fields) {
        if (!fields.has("down")) {
            throw fields.invalid(
                    "a new value needs down: what older versions read, as they do not know it.",
                    "Give one of the values that they know:\n    down: a_value");
        }
        return fields.identifier("down");
    }

    private static Renamed renamed(Fields fields) {
        Renamed renamed = new Renamed(fields.identifier("from"), fields.identifier("to"));
        fields.end();
        return renamed;
    }

    private static Dropped dropped(Fields fields) {
        if (!fields.has("up")) {
            throw fields.invalid(
                    "a dropped value needs up: what it becomes where rows have it, or older versions write it.",
                    "Give one of the values that stay:\n    up: a_value");
        }
        Dropped dropped = new Dropped(fields.identifier("value"), fields.identifier("up"));
        fields.end();
        return dropped;
    }

    @Override
    public Expansion expand(Schema before) {
        EnumType type = type(before);
        EnumLabels labels = EnumLabels.of(type.labels(), this);
        AlteredEnum altered = new AlteredEnum(
                type,
                before.name(),
                Identifiers.generated(name, before.relations()::contains),
                before.place(),
                labels.labels());
        List<Change> changes = new ArrayList<>(List.of(altered));
        List<Sync> ups = new ArrayList<>();
        Map<Column, String> olds = new LinkedHashMap<>();
        List<ByHand> byHand = new ArrayList<>(made(altered, labels));
        List<String> defaults = new ArrayList<>();
        Schema schema = before;
        for (Table on : before.tables().values()) {
            List<Column> columns =
                    on.columns().stream().filter(c -> type.isNamed(c.type())).toList();
            if (columns.isEmpty()) {
                continue;
            }
            Map<Column, Column> shadows = new LinkedHashMap<>();
            columns.forEach(c -> shadows.put(c, c.typed(altered.made()).withDefault(defaultOf(on, c, type, labels))));
            Table current = schema.findStored(on.stored()).orElseThrow();
            Carrying carried = Carrying.of(schema, current, shadows, c -> true);
            schema = carried.schema();
            changes.addAll(carried.changes());
            byHand.add(ByHand.remake(on, columns.stream().map(Column::name).toList(), altered));
            for (Column column : columns) {
                Column shadow = carried.shadowOf(column);
                ups.add(new Sync(Direction.UP, on, shadow, labels.up(column.name()), "name"));
                olds.put(column, on.stored());
                if (shadow.defaultSql() != null) {
                    defaults.add("ALTER TABLE " + Lookups.twin(on) + " ALTER COLUMN " + id(column.name())
                            + " SET DEFAULT " + shadow.defaultSql());
                }
            }
        }
        Schema after = schema.withEnums(without(before.enums(), name));
        List<Sync> syncs = new ArrayList<>(ups);
        // What its author calls the type in a migration that is in flight is the new one's name by now.
        olds.forEach((column, table) -> syncs.add(new Sync(
                Direction.DOWN,
                after.findStored(table).orElseThrow(),
                column.typed(type.type()),
                labels.down(column.name(), type.type()),
                "name")));
        labels.renames(altered.served()).forEach(sql -> byHand.add(ByHand.of("rename", sql)));
        defaults.forEach(sql -> byHand.add(ByHand.of("name", sql)));
        return new Expansion(after, changes, syncs, byHand);
    }

    private EnumType type(Schema before) {
        EnumType type = before.enums().get(name);
        if (type == null) {
            throw new InvalidOperation(
                    "name",
                    "there is no enum type \"" + name + "\" in schema \"" + before.name() + "\" that can be altered.",
                    before.enums().isEmpty()
                            ? "There is none. A type that a sql operation of the same release makes is not known here,"
                                    + " and a type is altered once in a release."
                            : "Enum types: "
                                    + before.enums().keySet().stream().sorted().collect(Collectors.joining(", "))
                                    + ". A type is altered once in a release: put all that changes into one operation.");
        }
        if (!type.dependents().isEmpty()) {
            throw new InvalidOperation(
                    "name",
                    "altering enum type \"" + name + "\" cannot be completed: "
                            + String.join(", ", type.dependents())
                            + (type.dependents().size() == 1 ? " uses it." : " use it."),
                    "Drop or change " + (type.dependents().size() == 1 ? "it" : "them")
                            + " first, for example with a sql operation in an earlier release.");
        }
        return type;
    }

    /** The type as it is made where PostgreSQL checks the operation. */
    private static List<ByHand> made(AlteredEnum altered, EnumLabels labels) {
        String list = labels.firstNames().stream().map(l -> literal(l)).collect(Collectors.joining(", "));
        return List.of(
                ByHand.of("name", "CREATE SCHEMA IF NOT EXISTS " + id(altered.place())),
                ByHand.of("name", "CREATE TYPE " + altered.served() + " AS ENUM (" + list + ")"));
    }

    /** PostgreSQL writes a value as a literal with its type. */
    private static @Nullable String defaultOf(Table on, Column column, EnumType type, EnumLabels labels) {
        String value = column.defaultSql();
        if (value == null) {
            return null;
        }
        // An author may leave the cast out.
        int cast = value.matches("'([^']|'')*'") ? value.length() - 1 : value.lastIndexOf("'::");
        boolean constant = value.startsWith("'")
                && cast > 0
                && (cast == value.length() - 1 || type.isNamed(value.substring(cast + 3)));
        String label = constant ? value.substring(1, cast).replace("''", "'") : "";
        if (!constant || label.contains("'::")) {
            throw new InvalidOperation(
                    "name",
                    "the default of column \"" + on.name() + "." + column.name() + "\" is an expression: " + value
                            + ".",
                    "Give it a value of the type as its default first, or none, with alter_column in an earlier"
                            + " release.");
        }
        return literal(labels.up().getOrDefault(label, label));
    }

    private static Map<String, EnumType> without(Map<String, EnumType> enums, String name) {
        Map<String, EnumType> others = new LinkedHashMap<>(enums);
        others.remove(name);
        return others;
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public String subject() {
        return "alter_enum " + name;
    }
}
