package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.ConcurrentIndex;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds an index without blocking writes.
 *
 * @param included columns that it only carries along
 */
record CreateIndex(
        String table,
        String name,
        List<IndexField> columns,
        boolean unique,
        @Nullable String method,
        @Nullable String predicate,
        @Nullable String storageParameters,
        List<String> included,
        boolean nullsNotDistinct,
        @Nullable String tablespace)
        implements Operation {

    static CreateIndex read(Fields fields) {
        boolean unique = fields.flag("unique");
        if (fields.flag("nulls_not_distinct") && !unique) {
            throw fields.invalid(
                    "nulls_not_distinct", "only a unique index compares nulls.", "Leave it out, or give unique: true.");
        }
        return new CreateIndex(
                fields.identifier("table"),
                fields.identifier("name"),
                IndexField.readAll(fields),
                unique,
                fields.choice("method", IndexParameters.METHODS),
                fields.optionalSql("predicate"),
                fields.optionalText("storage_parameters"),
                fields.optionalTexts("include_columns"),
                fields.flag("nulls_not_distinct"),
                fields.optionalIdentifier("tablespace"));
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Lookups.noIndex(before, name, "name");
        Lookups.noRelation(before, name, "name");
        Partitions.followable(on, "table");
        List<String> stored = new ArrayList<>();
        for (IndexField field : columns) {
            if (field.column() != null) {
                stored.add(Lookups.column(on, field.column(), "columns").stored());
            }
        }
        if (unique) {
            Partitions.keepsUnique(on, stored, "columns");
        }
        included.forEach(
                c -> stored.add(Lookups.column(on, c, "include_columns").stored()));
        Index index = new Index(
                name, before.free(name), unique, stored, "", false, tablespace == null ? null : id(tablespace), null);
        Table after = on.plus(index);
        return new Expansion(
                before.with(after), List.of(new ConcurrentIndex(after.stored(), index)), List.of(), byHand(on));
    }

    /** First without what may not compile, so that a refusal is about one field. */
    private List<ByHand> byHand(Table on) {
        String keys = "CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + id(name) + " ON " + Lookups.twin(on)
                + (method == null ? "" : " USING " + method)
                + " (" + String.join(", ", columns.stream().map(IndexField::sql).toList()) + ")";
        String drop = "DROP INDEX " + id("pg_temp", name);
        List<ByHand> statements = new ArrayList<>();
        statements.add(ByHand.of("columns", keys));
        String whole = keys;
        if (!included.isEmpty()) {
            whole += IndexParameters.include(included);
            statements.addAll(List.of(ByHand.of("", drop), ByHand.of("include_columns", whole)));
        }
        String options = (nullsNotDistinct ? " NULLS NOT DISTINCT" : "")
                + (storageParameters == null ? "" : " WITH (" + storageParameters + ")")
                + (tablespace == null ? "" : " TABLESPACE " + id(tablespace));
        if (!options.isEmpty()) {
            whole += options;
            String field = storageParameters != null ? "storage_parameters" : tablespace != null ? "tablespace" : "";
            statements.addAll(List.of(ByHand.of("", drop), ByHand.of(field, whole)));
        }
        if (predicate != null) {
            statements.addAll(
                    List.of(ByHand.of("", drop), ByHand.of("predicate", whole + " WHERE (" + predicate + "\n)")));
        }
        return statements;
    }

    @Override
    public String subject() {
        return "create_index " + name;
    }
}
