package io.github.pgtandem.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table as one version sees it, besides its key {@code id}.
 *
 * @param checks names of check constraints, each of one column
 */
record Shape(String name, List<Column> columns, Map<String, String> checks) {

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
        checks = Map.copyOf(checks);
    }

    Shape named(String newName) {
        return new Shape(newName, columns, checks);
    }

    Shape with(Column old, Column now) {
        List<Column> next = new ArrayList<>(columns);
        next.set(next.indexOf(old), now);
        Map<String, String> renamed = new TreeMap<>(checks);
        renamed.replaceAll((check, column) -> column.equals(old.name()) ? now.name() : column);
        return new Shape(name, next, renamed);
    }

    Shape plus(Column column) {
        List<Column> next = new ArrayList<>(columns);
        next.add(column);
        return new Shape(name, next, checks);
    }

    Shape without(Column column) {
        List<Column> next = new ArrayList<>(columns);
        next.remove(column);
        Map<String, String> left = new TreeMap<>(checks);
        left.values().removeIf(column.name()::equals);
        return new Shape(name, next, left);
    }

    Shape checking(String check, String column) {
        Map<String, String> more = new TreeMap<>(checks);
        more.put(check, column);
        return new Shape(name, columns, more);
    }

    Shape withoutCheck(String check) {
        Map<String, String> left = new TreeMap<>(checks);
        left.remove(check);
        return new Shape(name, columns, left);
    }
}
