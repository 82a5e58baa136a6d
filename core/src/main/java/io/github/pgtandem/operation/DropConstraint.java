package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drops a constraint of one column. */
record DropConstraint(String table, String name, @Nullable String up, String down) implements Operation {

    static DropConstraint read(Fields fields) {
        return new DropConstraint(
                fields.identifier("table"), fields.identifier("name"), fields.optionalSql("up"), fields.sql("down"));
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Constraint constraint = Lookups.constraint(on, name, "name");
        List<String> columns = Lookups.names(on, constraint);
        if (columns.size() != 1) {
            throw new InvalidOperation(
                    "name",
                    "constraint \"" + name + "\" is about " + columns.size() + " columns: " + String.join(", ", columns)
                            + ".",
                    "Use drop_multicolumn_constraint, which takes up and down by column.");
        }
        return new DroppedConstraint(before, on, constraint, Translations.of(columns.get(0), up, down)).expand();
    }

    @Override
    public String subject() {
        return "drop_constraint " + table + "." + name;
    }
}
