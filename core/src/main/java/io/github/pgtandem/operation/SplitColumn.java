package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import java.util.List;
import java.util.Map;

/** Makes several columns of one; {@code up} gives each of them its value, {@code down} that of the old one. */
record SplitColumn(String table, String column, List<ColumnSpec> into, Map<String, String> up, String down)
        implements Operation {

    static SplitColumn read(Fields fields) {
        String table = fields.identifier("table");
        String column = fields.identifier("column");
        List<ColumnSpec> into =
                fields.objects("into").stream().map(Replacing::column).toList();
        List<String> names = into.stream().map(ColumnSpec::name).toList();
        Replacing.distinct(fields, "into", names);
        return new SplitColumn(table, column, into, Replacing.expressions(fields, "up", names), fields.sql("down"));
    }

    @Override
    public Expansion expand(Schema before) {
        Replacing replacing = new Replacing(before, table);
        replacing.drop(column, "column", down, "down");
        for (int i = 0; i < into.size(); i++) {
            ColumnSpec added = into.get(i);
            replacing.add(added, "into." + i, up.get(added.name()), "up." + added.name());
        }
        return replacing.expansion();
    }

    @Override
    public String subject() {
        return "split_column " + table + "." + column;
    }
}
