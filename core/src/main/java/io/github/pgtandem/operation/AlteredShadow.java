package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An alteration with translation: a shadow column takes over, and what hangs on the column is carried to it. */
record AlteredShadow(AlterColumn operation, Schema before, Table on, Column old) {

    Expansion expand() {
        Carrying carried = Carrying.of(before, on, Map.of(old, operation.altered(old)), c -> true);
        Column shadow = carried.shadowOf(old);
        List<Change> changes = new ArrayList<>(carried.changes());
        Table after = AlteredInPlace.constraints(operation, before, carried.table(), shadow, changes);
        List<Sync> syncs = List.of(
                new Sync(Direction.UP, on, shadow, text(operation.up()), "up"),
                new Sync(Direction.DOWN, after, old, text(operation.down()), "down"));
        return new Expansion(
                carried.schema().with(after), changes, syncs, AlteredInPlace.byHand(operation, before, on));
    }

    /** A translation that is left out is the column itself. */
    private String text(@Nullable String expression) {
        return Objects.requireNonNullElse(expression, id(old.name()));
    }
}
