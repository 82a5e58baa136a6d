package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.DroppedIndex;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drops an index at complete, as older versions may rely on it until then. */
record DropIndex(String name) implements Operation {

    static DropIndex read(Fields fields) {
        return new DropIndex(fields.identifier("name"));
    }

    @Override
    public Expansion expand(Schema before) {
        List<String> names = before.tables().values().stream()
                .flatMap(t -> t.indexes().stream().filter(i -> !i.constraint()).map(Index::name))
                .toList();
        Table on = before.findIndex(name)
                .orElseThrow(() -> new InvalidOperation(
                        "name",
                        "index \"" + name + "\" does not exist in schema \"" + before.name() + "\" at this point.",
                        "Indexes: " + (names.isEmpty() ? "none" : String.join(", ", names)) + "."));
        Index index = on.indexes().stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (index.constraint()) {
            throw new InvalidOperation(
                    "name",
                    "index \"" + name + "\" of table \"" + on.name()
                            + "\" is needed by a constraint: one of that table, or a foreign key that leads to it.",
                    "Drop the constraint with drop_constraint or drop_multicolumn_constraint, if it is not needed.");
        }
        Lookups.notReplicaIdentity(on, name, "name");
        Table after =
                on.withIndexes(on.indexes().stream().filter(i -> i != index).toList());
        return new Expansion(
                before.with(after),
                List.of(new DroppedIndex(
                        on.stored(), index.stored(), on.around().partitioning().isPartitioned())),
                List.of(),
                // There is a twin only where an operation before this one needed it.
                List.of(ByHand.of("name", "DROP INDEX IF EXISTS " + id("pg_temp", name))));
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public String subject() {
        return "drop_index " + name;
    }
}
