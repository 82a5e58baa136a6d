package io.github.pgtandem.random;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table as one version sees it, besides its key {@code id}. */
record Shape(String name, List<Column> columns) {

    /** Where a value is kept: the same for all versions that see the same value. */
    record Slot(int number, Kind kind) {}

    /**
     * A column.
     *
     * @param otherwise its default, or null for none
     */
    record Column(
            String name,
            Slot slot,
            boolean nullable,
            @Nullable Long otherwise) {

        Column named(String newName) {
            return new Column(newName, slot, nullable, otherwise);
        }

        Column in(Slot newSlot, boolean newNullable) {
            return new Column(name, newSlot, newNullable, otherwise);
        }

        Column defaulting(@Nullable Long newOtherwise) {
            return new Column(name, slot, nullable, newOtherwise);
        }
    }

    Shape {
        columns = List.copyOf(columns);
    }

    Shape named(String newName) {
        return new Shape(newName, columns);
    }

    Shape with(Column old, Column now) {
        List<Column> next = new ArrayList<>(columns);
        next.set(next.indexOf(old), now);
        return new Shape(name, next);
    }

    Shape plus(Column column) {
        List<Column> next = new ArrayList<>(columns);
        next.add(column);
        return new Shape(name, next);
    }

    Shape without(Column column) {
        List<Column> next = new ArrayList<>(columns);
        next.remove(column);
        return new Shape(name, next);
    }
}
