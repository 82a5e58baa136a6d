package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;

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
        return Expansion.of(
                before.with(table.named(to)), "ALTER TABLE " + Lookups.twin(table) + " RENAME TO " + id(to));
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
