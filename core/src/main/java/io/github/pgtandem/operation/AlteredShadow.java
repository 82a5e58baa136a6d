package io.github.pgtandem.operation;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.ConcurrentIndex;
import io.github.pgtandem.change.PendingCheck;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.PendingNotNull;
import io.github.pgtandem.change.PendingUnique;
import io.github.pgtandem.change.ShadowColumn;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Constraint.Kind;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An alteration with translation: a shadow column takes over, and what hangs on the column is carried to it. */
record AlteredShadow(AlterColumn operation, Schema before, Table on, Column old) {

    Expansion expand() {
        refuseWhatCannotBeCarried();
        Column shadow = operation.altered(old).storedAs(on.generated(old.name()));
        List<Change> changes = new ArrayList<>();
        changes.add(new ShadowColumn(on.stored(), shadow, true, false));
        Table after = on.minus(old).plus(shadow);
        if (!shadow.nullable()) {
            changes.add(new PendingNotNull(on.stored(), shadow.stored(), after.generated(shadow.name() + "_not_null")));
        }
        after = carryIndexes(after, shadow, changes);
        after = carryConstraints(after, shadow, changes);
        after = AlteredInPlace.constraints(operation, before, after, shadow, changes);
        List<Sync> syncs = List.of(
                new Sync(Direction.UP, on, shadow, text(operation.up()), "up"),
                new Sync(Direction.DOWN, after, old, text(operation.down()), "down"));
        return new Expansion(before.with(after), changes, syncs, AlteredInPlace.byHand(operation, before, on));
    }

    /** A translation that is left out is the column itself. */
    private String text(@org.jspecify.annotations.Nullable String expression) {
        return Objects.requireNonNullElse(expression, '"' + old.name() + '"');
    }

    private void refuseWhatCannotBeCarried() {
        Lookups.notPartitioned(on, "table");
        Lookups.droppable(on, old, true);
        String reason = null;
        if (on.primaryKey().contains(old.stored())) {
            reason = "is part of the primary key";
        } else if (old.generated() == Generated.IDENTITY || old.generated() == Generated.SERIAL) {
            reason = "draws its values from a sequence of its own";
        } else if (old.generated() == Generated.EXPRESSION) {
            reason = "is computed from other columns";
        } else if (on.constraints().stream()
                .anyMatch(c -> c.kind() == Kind.EXCLUSION && c.columns().contains(old.stored()))) {
            reason = "is part of an exclusion constraint";
        }
        if (reason != null) {
            throw new InvalidOperation(
                    "column",
                    "column \"" + old.name() + "\" " + reason + "; changing such a column is not supported yet.",
                    "Add a new column with add_column and up, and drop this one with drop_column and down.");
        }
    }

    private Table carryIndexes(Table table, Column shadow, List<Change> changes) {
        Table after = table;
        List<Index> indexes = new ArrayList<>();
        for (Index index : on.indexes()) {
            if (index.constraint() || !index.columns().contains(old.stored())) {
                indexes.add(index);
                continue;
            }
            String stored = before.with(after).free(index.name());
            Index carried = new Index(index.name(), stored, index.unique(), moved(index.columns(), shadow), "", false);
            indexes.add(carried);
            after = after.plus(carried);
            changes.add(new ConcurrentIndex(on.stored(), index.name(), stored, index.unique(), null));
        }
        return after.withIndexes(indexes);
    }

    private Table carryConstraints(Table table, Column shadow, List<Change> changes) {
        Table after = table;
        List<Constraint> constraints = new ArrayList<>();
        List<Index> indexes = new ArrayList<>(table.indexes());
        for (Constraint constraint : on.constraints()) {
            if (!constraint.columns().contains(old.stored())) {
                constraints.add(constraint);
                continue;
            }
            String name = constraint.name();
            List<String> columns = moved(constraint.columns(), shadow);
            String stored =
                    constraint.kind() == Kind.UNIQUE ? before.with(after).free(name) : after.generated(name);
            String definition = "";
            switch (constraint.kind()) {
                case UNIQUE -> {
                    indexes.replaceAll(i -> i.constraint() && i.name().equals(name)
                            ? new Index(name, stored, true, columns, "", true)
                            : i);
                    changes.add(new PendingUnique(on.stored(), name, stored, null, deferral(constraint)));
                }
                case CHECK -> changes.add(new PendingCheck(on.stored(), name, stored, null));
                default -> {
                    definition = foreignKey(constraint, columns);
                    changes.add(new PendingForeignKey(on.stored(), name, stored, definition));
                }
            }
            Constraint carried =
                    new Constraint(name, stored, constraint.kind(), columns, definition, constraint.references());
            constraints.add(carried);
            after = after.plus(carried);
        }
        return after.withIndexes(indexes).withConstraints(constraints);
    }

    private List<String> moved(List<String> columns, Column shadow) {
        return columns.stream()
                .map(c -> c.equals(old.stored()) ? shadow.stored() : c)
                .toList();
    }

    private static String deferral(Constraint unique) {
        int at = unique.definition().indexOf(") DEFERRABLE");
        return at < 0 ? "" : unique.definition().substring(at + 2);
    }

    /** The foreign key from other columns; the catalogue reader writes its beginning as {@link #columns} does. */
    private static String foreignKey(Constraint constraint, List<String> columns) {
        return columns(columns)
                + constraint
                        .definition()
                        .substring(columns(constraint.columns()).length());
    }

    private static String columns(List<String> columns) {
        return Constraint.foreignKeyColumns(columns);
    }
}
