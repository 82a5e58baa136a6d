package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of an index. */
record IndexField(
        String column,
        @Nullable String collate,
        @Nullable String opclass,
        List<String> opclassParameters,
        @Nullable String sort,
        @Nullable String nulls) {

    /** The list of objects, and the older forms: a list of names, and a map by name. */
    static List<IndexField> readAll(Fields fields) {
        if (fields.isTextList("columns")) {
            return fields.texts("columns").stream()
                    .map(c -> new IndexField(c, null, null, List.of(), null, null))
                    .toList();
        }
        List<IndexField> columns = new ArrayList<>();
        if (fields.isObject("columns")) {
            Fields map = fields.object("columns");
            map.keys().forEach(key -> columns.add(read(key, map.object(key))));
            map.end();
        } else {
            fields.objects("columns").forEach(each -> columns.add(read(each.identifier("column"), each)));
        }
        return columns;
    }

    private static IndexField read(String column, Fields fields) {
        Fields opclass = fields.optionalObject("opclass");
        String collate = fields.optionalText("collate");
        String sort = fields.choice("sort", "ASC", "DESC");
        String nulls = fields.choice("nulls", "FIRST", "LAST");
        IndexField field = new IndexField(
                column,
                collate,
                opclass == null ? null : opclass.text("name"),
                opclass == null ? List.of() : opclass.optionalTexts("params"),
                sort,
                nulls);
        if (opclass != null) {
            opclass.end();
        }
        fields.end();
        return field;
    }

    String sql() {
        return id(column)
                + (collate == null ? "" : " COLLATE " + collation(collate))
                + (opclass == null ? "" : " " + opclass)
                + (opclassParameters.isEmpty() ? "" : " (" + String.join(", ", opclassParameters) + ")")
                + (sort == null ? "" : " " + sort)
                + (nulls == null ? "" : " NULLS " + nulls);
    }

    /** A collation's name, quoted unless the author did so already. */
    private static String collation(String name) {
        return name.startsWith("\"") || name.contains(".") ? name : id(name);
    }
}
