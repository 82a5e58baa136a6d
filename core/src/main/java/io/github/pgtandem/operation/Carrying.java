package io.github.pgtandem.operation;

import io.github.pgtandem.change.BlockingConstraint;
import io.github.pgtandem.change.CarriedSequence;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.ConcurrentIndex;
import io.github.pgtandem.change.PendingCheck;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.PendingNotNull;
import io.github.pgtandem.change.PendingStatistics;
import io.github.pgtandem.change.PendingUnique;
import io.github.pgtandem.change.ShadowColumn;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Constraint.Kind;
import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Sequence;
import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What hangs on columns whose place shadow columns take, carried to these: settings, privileges, sequences, generated
 * columns, indexes, constraints, foreign keys from and to them, and extended statistics.
 */
final class Carrying {

    private static final Set<String> INTEGERS = Set.of("smallint", "int2", "integer", "int", "int4", "bigint", "int8");

    private final Schema before;
    private final Table on;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, String> moved = new LinkedHashMap<>();
    private Schema schema;
    private Table after;

    private Carrying(Schema before, Table on) {
        this.before = before;
        this.on = on;
        this.schema = before;
        this.after = on;
    }

    /**
     * Carries what hangs on columns.
     *
     * @param shadows columns and what versions see in their place; where these are stored is not looked at
     * @param kept tells the constraints to carry
     * @throws InvalidOperation where something hangs on a column that cannot be carried
     */
    static Carrying of(Schema before, Table on, Map<Column, Column> shadows, Predicate<Constraint> kept) {
        Carrying carrying = new Carrying(before, on);
        shadows.keySet().forEach(carrying::refuseWhatCannotBeCarried);
        shadows.forEach(carrying::shadow);
        carrying.computed();
        carrying.constraints(kept);
        carrying.indexes();
        carrying.statistics();
        carrying.schema = carrying.schema.with(carrying.after);
        carrying.foreignKeysElsewhere();
        return carrying;
    }

    /** What the version sees. */
    Schema schema() {
        return schema;
    }

    /** The table as the version sees it. */
    Table table() {
        return schema.findStored(on.stored()).orElseThrow();
    }

    List<Change> changes() {
        return changes;
    }

    /** The column that took the place of another. */
    Column shadowOf(Column old) {
        return table().findStored(String.valueOf(moved.get(old.stored()))).orElseThrow();
    }

    private void refuseWhatCannotBeCarried(Column old) {
        Partitions.followable(on, "table");
        Lookups.replaceable(on, old);
        boolean deferrableKey = on.constraints().stream()
                .anyMatch(c -> c.kind() == Kind.PRIMARY_KEY
                        && c.isDeferrable()
                        && c.columns().contains(old.stored()));
        on.constraints().stream()
                .filter(c ->
                        c.columns().contains(old.stored()) && c.definition().contains(" WITHOUT OVERLAPS"))
                .findFirst()
                .ifPresent(c -> {
                    throw new InvalidOperation(
                            "column",
                            "column \"" + old.name() + "\" is part of constraint \"" + c.name()
                                    + "\", which is WITHOUT OVERLAPS; its index cannot be built beside writers.",
                            "Drop the constraint with drop_multicolumn_constraint in an operation before this one, and"
                                    + " add it again with a sql operation.");
                });
        if (old.generated() == Generated.EXPRESSION || deferrableKey) {
            throw new InvalidOperation(
                    "column",
                    "column \"" + old.name() + "\" is "
                            + (deferrableKey ? "part of a deferrable primary key" : "computed from other columns")
                            + "; such a column cannot be changed beside writers.",
                    deferrableKey
                            ? "Make the key one that is not deferrable first, with a sql operation."
                            : "Drop it with drop_column, and add the new one with add_column.");
        }
    }

    private void shadow(Column old, Column wanted) {
        Column shadow = wanted.storedAs(after.generated(wanted.name()));
        Sequence sequence = old.details().sequence();
        if (sequence == null || !old.generated().isDrawn()) {
            add(old, shadow, shadow);
            return;
        }
        boolean counts = INTEGERS.contains(wanted.type().toLowerCase(Locale.ROOT));
        Sequence drawn = counts ? sequence.typed(wanted.type()) : sequence;
        shadow = shadow.with(old.details().drawing(drawn));
        add(old, shadow, shadow.withDefault(null));
        changes.add(new CarriedSequence(on.stored(), shadow.stored(), drawn));
    }

    private void add(Column old, Column shadow, Column physical) {
        List<Grant> grants = on.around().grants().stream()
                .filter(g -> g.column().equals(old.stored()))
                .toList();
        changes.add(new ShadowColumn(on.stored(), physical, true, false, "", grants));
        moved.put(old.stored(), shadow.stored());
        after = after.minus(old).plus(shadow).granting(shadow.stored(), grants);
        if (!shadow.nullable()) {
            String check = after.generated(shadow.name() + "_not_null");
            changes.add(new PendingNotNull(on.stored(), shadow.stored(), check));
            after = after.reserving(check);
        }
    }

    /** PostgreSQL computes them from the shadow columns then. */
    private void computed() {
        for (Column column : on.columns()) {
            if (column.details().reads().stream().anyMatch(moved::containsKey)) {
                Column shadow = column.storedAs(after.generated(column.name()))
                        .with(column.details().reading(moved(column.details().reads())));
                add(column, shadow, shadow);
            }
        }
    }

    private boolean isMoved(List<String> columns) {
        return columns.stream().anyMatch(moved::containsKey);
    }

    private List<String> moved(List<String> columns) {
        return columns.stream().map(this::moved).toList();
    }

    private String moved(String column) {
        return moved.getOrDefault(column, column);
    }

    private void indexes() {
        List<Index> indexes = new ArrayList<>();
        for (Index index : after.indexes()) {
            if (on.isOwned(index) || !isMoved(index.columns())) {
                indexes.add(index);
                continue;
            }
            Index carried = index.carried(Lookups.free(before, after, index.name()), moved(index.columns()));
            indexes.add(carried);
            after = after.plus(carried);
            changes.add(new ConcurrentIndex(on.stored(), carried));
        }
        after = after.withIndexes(indexes);
    }

    private void constraints(Predicate<Constraint> kept) {
        List<Constraint> constraints = new ArrayList<>();
        // As if by hand, the primary key's index is older than others, and so the one that foreign keys choose.
        List<Constraint> keyFirst = on.constraints().stream()
                .sorted(Comparator.comparing(Constraint::kind))
                .toList();
        for (Constraint constraint : keyFirst) {
            boolean leads = constraint.leadsTo(before.name(), on.stored())
                    && isMoved(constraint.references().columns());
            if (!kept.test(constraint)) {
                after = after.withIndexes(after.indexes().stream()
                        .filter(i -> !(i.constraint() && i.name().equals(constraint.name())))
                        .toList());
            } else if (leads || isMoved(constraint.columns())) {
                constraints.add(carried(constraint, leads));
            } else {
                constraints.add(constraint);
            }
        }
        after = after.withConstraints(constraints);
    }

    private Constraint carried(Constraint constraint, boolean leads) {
        boolean indexed = constraint.kind().isIndexed();
        String stored = indexed ? Lookups.free(before, after, constraint.name()) : after.generated(constraint.name());
        Constraint carried =
                constraint.storedAs(stored).over(moved(constraint.columns())).defined("");
        if (constraint.references() != null) {
            carried = carried.leading(constraint.references().table(), c -> leads ? moved(c) : c, this::moved);
        }
        if (indexed) {
            carriedIndex(constraint, stored);
        }
        after = after.plus(carried);
        changes.add(change(carried));
        return carried;
    }

    private void carriedIndex(Constraint constraint, String stored) {
        after = after.withIndexes(after.indexes().stream()
                .map(i -> i.constraint() && i.name().equals(constraint.name())
                        ? i.carried(stored, moved(i.columns()))
                        : i)
                .toList());
    }

    private Change change(Constraint carried) {
        return switch (carried.kind()) {
            case CHECK -> new PendingCheck(on.stored(), carried);
            case FOREIGN_KEY -> new PendingForeignKey(on.stored(), carried);
            case EXCLUSION -> new BlockingConstraint(on.stored(), carried);
            case PRIMARY_KEY, UNIQUE ->
                carried.isDeferrable()
                        ? new BlockingConstraint(on.stored(), carried)
                        : new PendingUnique(
                                on.stored(),
                                carried,
                                after.index(carried.name()).orElseThrow());
        };
    }

    private void statistics() {
        List<Statistics> all = new ArrayList<>();
        for (Statistics statistics : on.statistics()) {
            if (!isMoved(statistics.columns())) {
                all.add(statistics);
                continue;
            }
            String stored = Identifiers.generated(statistics.name(), this::isTaken);
            Statistics carried = statistics.carried(stored, moved(statistics.columns()));
            after = after.reserving(stored);
            all.add(carried);
            changes.add(new PendingStatistics(on.stored(), carried));
        }
        after = after.withStatistics(all);
    }

    /** Those of a version in flight are reserved, too. */
    private boolean isTaken(String statistics) {
        return after.reserved().contains(statistics)
                || before.tables().values().stream()
                        .flatMap(t -> t.statistics().stream())
                        .anyMatch(s -> s.stored().equals(statistics));
    }

    /** Other tables' keys lead to the shadow columns then; their own columns stay. */
    private void foreignKeysElsewhere() {
        for (Table other : before.tables().values()) {
            if (other.stored().equals(on.stored())) {
                continue;
            }
            Table next = other;
            List<Constraint> constraints = new ArrayList<>();
            for (Constraint key : other.constraints()) {
                if (key.leadsTo(before.name(), on.stored())
                        && isMoved(key.references().columns())) {
                    Constraint carried =
                            key.storedAs(next.generated(key.name())).leading(on.stored(), this::moved, c -> c);
                    next = next.reserving(carried.stored());
                    constraints.add(carried);
                    changes.add(new PendingForeignKey(other.stored(), carried));
                } else {
                    constraints.add(key);
                }
            }
            if (!constraints.equals(other.constraints())) {
                schema = schema.with(next.withConstraints(constraints));
            }
        }
    }
}
