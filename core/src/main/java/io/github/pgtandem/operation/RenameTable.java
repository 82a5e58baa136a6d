package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.Optional;

/** Gives a table another name. Only what the version sees changes; complete renames the table. */
record RenameTable(String from, String to) implements Operation {

    static RenameTable read(Fields fields) {
        return new RenameTable(fields.identifier("from"), fields.identifier("to"));
    }

    @Override
    public Expansion expand(Schema before) {
        Table table = Lookups.table(before, from, "from");
        if (from.equals(to)) {
            throw new InvalidOperation("to", "\"" + to + "\" is the table's name already.", "Remove the operation.");
        }
        Lookups.noTable(before, to, "to");
        refuseRing(before, table);
        return Expansion.of(
                before.with(table.named(to)), "ALTER TABLE " + Lookups.twin(table) + " RENAME TO " + id(to));
    }

    /** Complete gives each table its name when the one that had it has left; in a ring none can be the first. */
    private void refuseRing(Schema before, Table table) {
        Optional<Table> holder = before.findStored(to).filter(t -> !t.stored().equals(table.stored()));
        while (holder.isPresent()) {
            if (holder.get().name().equals(table.stored())) {
                throw new InvalidOperation(
                        "to",
                        "table \"" + from + "\" cannot be completed as \"" + to
                                + "\": tables would change names in a ring.",
                        "Rename one of them in a release of its own, and complete that before the next.");
            }
            holder = before.findStored(holder.get().name())
                    .filter(t -> !t.stored().equals(table.stored()));
            if (holder.filter(t -> t.name().equals(t.stored())).isPresent()) {
                return;
            }
        }
    }

    @Override
    public String table() {
        return from;
    }

    @Override
    public String subject() {
        return "rename_table " + from;
    }
}
