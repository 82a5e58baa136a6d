package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.ReplicaIdentity;
import io.github.pgtandem.schema.ReplicaIdentity.Kind;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses what logical replication takes for the old row, at complete. */
record SetReplicaIdentity(String table, Kind kind, @Nullable String index) implements Operation {

    static SetReplicaIdentity read(Fields fields) {
        String table = fields.identifier("table");
        Fields identity = fields.object("identity");
        identity.text("type");
        Kind kind = Kind.valueOf(String.valueOf(identity.choice("type", "NOTHING", "DEFAULT", "INDEX", "FULL")));
        String index = identity.optionalIdentifier("index");
        if (kind == Kind.INDEX && index == null) {
            throw identity.invalid("index is missing.", "Name the unique index that tells rows apart: index: …");
        }
        if (kind != Kind.INDEX && index != null) {
            throw identity.invalid(
                    "index", "index goes with type: index only, not with " + kind + ".", "Leave out one of the two.");
        }
        identity.end();
        return new SetReplicaIdentity(table, kind, index);
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        if (index != null && on.index(index).isEmpty()) {
            List<String> names = on.indexes().stream().map(Index::name).toList();
            throw new InvalidOperation(
                    "identity.index",
                    "table \"" + table + "\" has no index \"" + index + "\" at this point.",
                    "Indexes: " + (names.isEmpty() ? "none" : String.join(", ", names)) + ".");
        }
        String how = index == null ? kind.name() : "USING INDEX " + id(index);
        return new Expansion(
                before.with(on.with(new ReplicaIdentity(kind, index))),
                List.of(),
                List.of(),
                List.of(new ByHand(
                        index == null ? "identity" : "identity.index",
                        "ALTER TABLE " + Lookups.twin(on) + " REPLICA IDENTITY " + how,
                        "Name a unique index, without a predicate or expressions and not deferrable, of columns that"
                                + " are NOT NULL.")));
    }

    @Override
    public String subject() {
        return "set_replica_identity " + table;
    }
}
