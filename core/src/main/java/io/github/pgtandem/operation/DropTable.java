package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Dependent;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.stream.Stream;

/** Takes a table out of what the version sees; complete drops it. */
record DropTable(String name) implements Operation {

    static DropTable read(Fields fields) {
        return new DropTable(fields.identifier("name"));
    }

    @Override
    public Expansion expand(Schema before) {
        Table table = Lookups.table(before, name, "name");
        Stream<String> foreignKeys = before.tables().values().stream()
                .filter(t -> t != table)
                .flatMap(t -> t.constraints().stream()
                        .filter(c -> c.leadsTo(before.name(), table.stored()))
                        .map(c -> "foreign key " + c.name() + " of table " + t.name()));
        Stream<String> objects = table.around().dependents().stream()
                .filter(d -> d.column().isEmpty() && d.blocksDrop())
                .map(Dependent::object);
        List<String> blocking = Stream.concat(foreignKeys, objects).toList();
        if (!blocking.isEmpty()) {
            throw new InvalidOperation(
                    "name",
                    "dropping table \"" + name + "\" cannot be completed: " + String.join(", ", blocking)
                            + (blocking.size() == 1 ? " uses it." : " use it."),
                    "Drop " + (blocking.size() == 1 ? "it" : "them") + " first: the table or column in an operation"
                            + " before this one, other objects with a sql operation in an earlier release.");
        }
        return Expansion.of(before.without(table), "DROP TABLE " + Lookups.twin(table));
    }

    @Override
    public String table() {
        return name;
    }

    @Override
    public String subject() {
        return "drop_table " + name;
    }
}
