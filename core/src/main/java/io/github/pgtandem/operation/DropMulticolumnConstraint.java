package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;

/** Drops a constraint of any number of columns. */
record DropMulticolumnConstraint(String table, String name, Translations translations) implements Operation {

    static DropMulticolumnConstraint read(Fields fields) {
        DropMulticolumnConstraint operation = new DropMulticolumnConstraint(
                fields.identifier("table"), fields.identifier("name"), Translations.read(fields));
        fields.object("down");
        return operation;
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Constraint constraint = Lookups.constraint(on, name, "name");
        translations.cover(Lookups.names(on, constraint), name, false);
        return new DroppedConstraint(before, on, constraint, translations).expand();
    }

    @Override
    public String subject() {
        return "drop_multicolumn_constraint " + table + "." + name;
    }
}
