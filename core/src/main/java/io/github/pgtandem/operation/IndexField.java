package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One column of an index, or one expression.
 *
 * @param column its name, or null for an expression
 */
record IndexField(
        @Nullable String column,
        @Nullable String expression,
        @Nullable String collate,
        @Nullable String opclass,
        List<String> opclassParameters,
        @Nullable String sort,
        @Nullable String nulls) {

    private static final Pattern QUALIFIED = Pattern.compile("[a-z_][a-z0-9_]*\\.(\"[^\"]+\"|[a-z_][a-z0-9_]*)");

    /** The list of objects, and the older forms: a list of names, and a map by name. */
    static List<IndexField> readAll(Fields fields) {
        if (fields.isTextList("columns")) {
            return fields.texts("columns").stream()
                    .map(c -> new IndexField(c, null, null, null, List.of(), null, null))
                    .toList();
        }
        List<IndexField> columns = new ArrayList<>();
        if (fields.isObject("columns")) {
            Fields map = fields.object("columns");
            map.keys().forEach(key -> columns.add(read(key, map.object(key))));
            map.end();
        } else {
            fields.objects("columns").forEach(each -> columns.add(read(each.optionalIdentifier("column"), each)));
        }
        return columns;
    }

    private static IndexField read(@Nullable String column, Fields fields) {
        String expression = fields.optionalSql("expression");
        if ((column == null) == (expression == null)) {
            throw fields.invalid(
                    "an entry of columns needs either column or expression.",
                    "Give one of:\n    column: name\n    expression: \"lower(name)\"");
        }
        Fields opclass = fields.optionalObject("opclass");
        String collate = fields.optionalText("collate");
        String sort = fields.choice("sort", "ASC", "DESC");
        String nulls = fields.choice("nulls", "FIRST", "LAST");
        IndexField field = new IndexField(
                column,
                expression,
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
        return (column == null ? "(" + expression + "\n)" : id(column))
                + (collate == null ? "" : " COLLATE " + collation(collate))
                + (opclass == null ? "" : " " + opclass + parameters())
                + (sort == null ? "" : " " + sort)
                + (nulls == null ? "" : " NULLS " + nulls);
    }

    /** In parentheses, which files written around a defect of pgroll's bring along. */
    private String parameters() {
        String all = String.join(", ", opclassParameters).strip();
        return all.isEmpty() ? "" : all.startsWith("(") ? " " + all : " (" + all + ")";
    }

    /** A collation's name, quoted unless the author did so already; {@code en_US.utf8} is one name, not two. */
    private static String collation(String name) {
        return name.startsWith("\"") || QUALIFIED.matcher(name).matches() ? name : id(name);
    }
}
