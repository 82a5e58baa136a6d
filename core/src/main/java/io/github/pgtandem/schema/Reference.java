package io.github.pgtandem.schema;

import static io.github.pgtandem.schema.Identifiers.id;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where a foreign key leads.
 *
 * @param schema the schema of the table
 * @param table stored name
 * @param columns stored names of the referenced columns, in the order of the referencing ones
 * @param actions {@code MATCH}, {@code ON UPDATE} and {@code ON DELETE} in this order, or empty
 * @param deleteSets stored names of the referencing columns that {@code ON DELETE SET} is about, or empty for all
 */
public record Reference(String schema, String table, List<String> columns, String actions, List<String> deleteSets) {

    public Reference {
        columns = List.copyOf(columns);
        deleteSets = List.copyOf(deleteSets);
    }

    /** The same over a table and columns that have other names now. */
    public Reference moved(String newTable, UnaryOperator<String> referenced, UnaryOperator<String> own) {
        return new Reference(
                schema,
                newTable,
                columns.stream().map(referenced).toList(),
                actions,
                deleteSets.stream().map(own).toList());
    }

    /** The same to a table of that name in another schema. */
    public Reference in(String newSchema) {
        return new Reference(newSchema, table, columns, actions, deleteSets);
    }

    /** {@code FOREIGN KEY (…) REFERENCES … (…) …} from the given columns. */
    String sql(List<String> from) {
        return "FOREIGN KEY (" + Identifiers.ids(from) + ") REFERENCES " + id(schema, table) + " ("
                + Identifiers.ids(columns) + ")"
                + (actions.isEmpty() ? "" : " " + actions)
                + (deleteSets.isEmpty() ? "" : " (" + Identifiers.ids(deleteSets) + ")");
    }
}
