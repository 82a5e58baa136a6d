package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A constraint that a version does without. Without a translation complete drops it; with one, shadow columns hold what
 * the new version writes, so that it is free of the constraint at once.
 */
record DroppedConstraint(Schema before, Table on, Constraint constraint, Translations translations) {

    Expansion expand() {
        Lookups.notReplicaIdentity(on, constraint.name(), "name");
        List<Column> shadowed = translations.shadowed(on);
        if (shadowed.isEmpty()) {
            return new Expansion(before.with(without(on)), List.of(), List.of(), byHand());
        }
        Map<Column, Column> shadows = new LinkedHashMap<>();
        shadowed.forEach(c -> shadows.put(c, c));
        Carrying carried = Carrying.of(before, on, shadows, c -> !c.name().equals(constraint.name()));
        // A constraint over columns that stay is not carried, and so still there.
        Table after = without(carried.table());
        List<Change> changes = carried.changes();
        return new Expansion(carried.schema().with(after), changes, translations.syncs(on, carried, after), byHand());
    }

    private Table without(Table table) {
        return table.withConstraints(table.constraints().stream()
                        .filter(c -> !c.name().equals(constraint.name()))
                        .toList())
                .withIndexes(table.indexes().stream()
                        .filter(i -> !(constraint.kind().isIndexed() && i.name().equals(constraint.name())))
                        .toList());
    }

    /** An index in flight is no constraint yet, and a twin has no foreign keys. */
    private List<ByHand> byHand() {
        String drop = "ALTER TABLE " + Lookups.twin(on) + " DROP CONSTRAINT IF EXISTS " + id(constraint.name());
        return constraint.kind().isIndexed()
                ? List.of(
                        ByHand.of("name", drop),
                        ByHand.of("name", "DROP INDEX IF EXISTS " + id("pg_temp", constraint.name())))
                : List.of(ByHand.of("name", drop));
    }
}
