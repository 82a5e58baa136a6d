package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;

/** Gives a column another name. Only what the version sees changes; complete renames the column. */
record RenameColumn(String table, String from, String to) implements Operation {

    static RenameColumn read(Fields fields) {
        return new RenameColumn(fields.identifier("table"), fields.identifier("from"), fields.identifier("to"));
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Column column = Lookups.column(on, from, "from");
        if (from.equals(to)) {
            throw new InvalidOperation("to", "\"" + to + "\" is the column's name already.", "Remove the operation.");
        }
        Lookups.noColumn(on, to, "to");
        return Expansion.of(
                before.with(on.replace(column, column.named(to))),
                "ALTER TABLE " + Lookups.twin(on) + " RENAME COLUMN " + id(from) + " TO " + id(to));
    }

    @Override
    public String subject() {
        return "rename_column " + table + "." + from;
    }
}
