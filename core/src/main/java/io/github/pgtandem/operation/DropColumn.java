package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a column out of what the version sees; complete drops it. {@code down} gives it a value for older versions when
 * a newer one writes.
 */
record DropColumn(String table, String column, @Nullable String down) implements Operation {

    static DropColumn read(Fields fields) {
        return new DropColumn(fields.identifier("table"), fields.identifier("column"), fields.optionalSql("down"));
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Column dropped = Lookups.column(on, column, "column");
        Lookups.droppable(before, on, dropped);
        if (on.columns().size() == 1) {
            throw new InvalidOperation(
                    "column",
                    "\"" + column + "\" is the last column of table \"" + table + "\".",
                    "Drop the table with drop_table.");
        }
        if (down == null && !dropped.nullable() && !dropped.hasValueByItself()) {
            throw new InvalidOperation(
                    "column",
                    "column is NOT NULL and has no default, so rows written by the new version would have no value"
                            + " for the older one.",
                    "Give the value that older versions shall see:\n    down: \"'unknown'\"");
        }
        if (down != null) {
            Partitions.followable(on, "down");
        }
        Table after = without(on, dropped);
        List<Sync> syncs =
                down == null ? List.of() : List.of(new Sync(Sync.Direction.DOWN, after, dropped, down, "down"));
        return new Expansion(
                before.with(after),
                List.of(),
                syncs,
                List.of(ByHand.of("column", "ALTER TABLE " + Lookups.twin(on) + " DROP COLUMN " + id(column))));
    }

    /** The table without a column; indexes and constraints that use it stay for older versions, and go with it. */
    static Table without(Table on, Column dropped) {
        return on.minus(dropped)
                .withIndexes(on.indexes().stream()
                        .filter(i -> !i.columns().contains(dropped.stored()))
                        .toList())
                .withConstraints(on.constraints().stream()
                        .filter(c -> !c.columns().contains(dropped.stored()))
                        .toList())
                .withStatistics(on.statistics().stream()
                        .filter(s -> !s.columns().contains(dropped.stored()))
                        .toList());
    }

    @Override
    public String subject() {
        return "drop_column " + table + "." + column;
    }
}
