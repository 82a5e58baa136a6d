package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.MovedColumns;
import io.github.pgtandem.change.MovedColumns.Order;
import io.github.pgtandem.change.MovedColumns.Pair;
import io.github.pgtandem.change.PendingNotNull;
import io.github.pgtandem.change.ShadowColumn;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Partitioning;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What moving columns means for the two tables. */
final class Moving {

    private final MoveColumns operation;
    private final Schema before;
    private final Table from;
    private final Table to;
    private final List<Pair> match;
    private final List<Change> changes = new ArrayList<>();
    private final List<ByHand> byHand = new ArrayList<>();
    private final List<Sync> syncs = new ArrayList<>();

    Moving(MoveColumns operation, Schema before) {
        this.operation = operation;
        this.before = before;
        this.from = Lookups.table(before, operation.table());
        this.to = Lookups.table(before, operation.to(), "to");
        this.match = operation.matched().stream()
                .map(p -> new Pair(
                        Lookups.column(from, p.from(), "match").stored(),
                        Lookups.column(to, p.to(), "match").stored()))
                .toList();
    }

    Expansion expand() {
        refusePartitions(from, "table");
        refusePartitions(to, "to");
        MatchedRows rows = new MatchedRows(operation, from, to, match);
        rows.refuseSeveralSources();
        List<Order> first = rows.first();
        rows.refuseScans();
        Table left = from;
        Table arrived = to;
        List<Pair> pairs = new ArrayList<>();
        for (String name : operation.columns().keySet()) {
            Column old = movable(name);
            left = DropColumn.without(left, old);
            byHand.add(ByHand.of("columns", "ALTER TABLE " + Lookups.twin(from) + " DROP COLUMN " + id(name)));
            Column added = added(arrived, old);
            arrived = arriving(arrived, added);
            pairs.add(new Pair(old.stored(), added.stored()));
        }
        absent(left);
        refuseIncompleteRows();
        comparable();
        Column pending = new Column(
                "", from.generated("pending"), "boolean", true, null, null, Generated.NO, Column.Details.NONE);
        changes.add(new ShadowColumn(from.stored(), pending.named(pending.stored()), true, false, "", List.of()));
        changes.add(new MovedColumns(
                to.stored() + "_" + pairs.get(0).to(),
                from.stored(),
                to.stored(),
                pairs,
                match,
                first,
                operation.create(),
                operation.discardUnmatched(),
                pending.stored()));
        return new Expansion(before.with(left.reserving(pending.stored())).with(arrived), changes, syncs, byHand);
    }

    private static void refusePartitions(Table table, String field) {
        if (table.around().partitioning().kind() != Partitioning.Kind.NONE) {
            throw new InvalidOperation(
                    field,
                    "table \"" + table.name() + "\" is partitioned, or of an inheritance, where this operation cannot"
                            + " follow.",
                    "Leave the columns where they are, or move them with sql operations.");
        }
    }

    private Column movable(String name) {
        Column old = Lookups.column(from, name, "columns");
        if (old.generated() != Generated.NO) {
            throw new InvalidOperation(
                    "columns",
                    "column \"" + name + "\" gets its values from PostgreSQL itself, so it cannot be moved.",
                    "Leave it where it is, or drop it with drop_column.");
        }
        if (match.stream().anyMatch(p -> p.from().equals(old.stored()))) {
            throw new InvalidOperation(
                    "columns",
                    "column \"" + name + "\" is what the rows are matched by, so it has to stay.",
                    "Leave it out of columns.");
        }
        try {
            Lookups.droppable(before, from, old);
        } catch (InvalidOperation e) {
            throw new InvalidOperation("columns", e.problem(), e.remedy());
        }
        return old;
    }

    private Column added(Table arrived, Column old) {
        String name = String.valueOf(operation.columns().get(old.name()));
        Lookups.noColumn(arrived, name, "columns");
        return old.named(name).storedAs(arrived.free(name));
    }

    private Table arriving(Table arrived, Column added) {
        changes.add(new ShadowColumn(to.stored(), added, true, false, "", List.of()));
        String alter = "ALTER TABLE " + Lookups.twin(to);
        byHand.add(ByHand.of("columns", alter + " ADD COLUMN " + id(added.name()) + " " + added.type()));
        if (added.defaultSql() != null) {
            byHand.add(ByHand.of(
                    "columns", alter + " ALTER COLUMN " + id(added.name()) + " SET DEFAULT " + added.defaultSql()));
        }
        Table next = arrived.plus(added);
        if (!added.nullable()) {
            byHand.add(ByHand.of("columns", alter + " ALTER COLUMN " + id(added.name()) + " SET NOT NULL"));
            String check = next.generated(added.name() + "_not_null");
            changes.add(new PendingNotNull(to.stored(), added.stored(), check));
            next = next.reserving(check);
        }
        return next;
    }

    /** What older versions see where there is no row to look at. */
    private void absent(Table left) {
        for (String name : operation.columns().keySet()) {
            Column old = Lookups.column(from, name, "columns");
            String value = operation.absent().get(name);
            if (value != null) {
                syncs.add(new Sync(Direction.DOWN, left, old, value, "absent." + name));
            } else if (!old.nullable() && old.defaultSql() == null) {
                throw new InvalidOperation(
                        "absent",
                        "column \"" + name + "\" is NOT NULL, but a row of \"" + from.name()
                                + "\" that the new version writes has no row of \"" + to.name()
                                + "\" at first, and so no value for older versions.",
                        "Give the value that older versions shall see then:\n    absent: {" + name + ": \"''\"}");
            }
        }
    }

    /** A row that is made has the values that are moved, and those by which it is matched. */
    private void refuseIncompleteRows() {
        if (!operation.create()) {
            return;
        }
        for (Column column : to.columns()) {
            boolean given = match.stream().anyMatch(p -> p.to().equals(column.stored()));
            if (!given && !column.nullable() && !column.hasValueByItself()) {
                throw new InvalidOperation(
                        "create",
                        "a row that is made in table \"" + to.name() + "\" would have no value for column \""
                                + column.name() + "\", which is NOT NULL.",
                        "Give that column a default, or nullable: true, or move a column to it.");
            }
        }
    }

    private void comparable() {
        String on = operation.match().entrySet().stream()
                .map(e -> "t." + id(e.getKey()) + " = f." + id(e.getValue()))
                .collect(Collectors.joining(" AND "));
        byHand.add(ByHand.of(
                "match", "EXPLAIN SELECT FROM " + Lookups.twin(from) + " f JOIN " + Lookups.twin(to) + " t ON " + on));
    }
}
