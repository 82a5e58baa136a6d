package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import java.util.List;
import java.util.Map;

/** Makes one column of several; {@code up} gives it its value, {@code down} each of the old ones theirs. */
record MergeColumns(String table, List<String> columns, ColumnSpec into, String up, Map<String, String> down)
        implements Operation {

    static MergeColumns read(Fields fields) {
        String table = fields.identifier("table");
        List<String> columns = fields.texts("columns");
        Replacing.distinct(fields, "columns", columns);
        ColumnSpec into = Replacing.column(fields.object("into"));
        return new MergeColumns(table, columns, into, fields.sql("up"), Replacing.expressions(fields, "down", columns));
    }

    @Override
    public Expansion expand(Schema before) {
        Replacing replacing = new Replacing(before, table);
        columns.forEach(c -> replacing.drop(c, "columns", down.get(c), "down." + c));
        replacing.add(into, "into", up, "up");
        return replacing.expansion();
    }

    @Override
    public String subject() {
        return "merge_columns " + table + "." + into.name();
    }
}
