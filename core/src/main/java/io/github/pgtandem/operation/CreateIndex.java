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

/** Builds an index without blocking writes. */
record CreateIndex(
        String table,
        String name,
        List<IndexField> columns,
        boolean unique,
        @Nullable String method,
        @Nullable String predicate,
        @Nullable String storageParameters)
        implements Operation {

    static CreateIndex read(Fields fields) {
        return new CreateIndex(
                fields.identifier("table"),
                fields.identifier("name"),
                IndexField.readAll(fields),
                fields.flag("unique"),
                fields.choice("method", "btree", "hash", "gist", "spgist", "gin", "brin"),
                fields.optionalSql("predicate"),
                fields.optionalText("storage_parameters"));
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Lookups.noIndex(before, name, "name");
        Lookups.noRelation(before, name, "name");
        Partitions.followable(on, "table");
        List<String> stored = new ArrayList<>();
        columns.forEach(
                c -> stored.add(Lookups.column(on, c.column(), "columns").stored()));
        if (unique) {
            Partitions.keepsUnique(on, stored, "columns");
        }
        String storedName = before.free(name);
        Index index = Index.planned(name, storedName, unique, stored, false);
        Table after = on.plus(index);
        return new Expansion(
                before.with(after), List.of(new ConcurrentIndex(after.stored(), index)), List.of(), byHand(on));
    }

    /** First without what may not compile, so that a refusal is about one field. */
    private List<ByHand> byHand(Table on) {
        String whole = statement(on);
        if (predicate == null) {
            return List.of(ByHand.of("columns", whole));
        }
        return List.of(
                ByHand.of("columns", whole),
                ByHand.of("", "DROP INDEX " + id("pg_temp", name)),
                ByHand.of("predicate", whole + " WHERE " + predicate));
    }

    private String statement(Table on) {
        return "CREATE " + (unique ? "UNIQUE " : "") + "INDEX " + id(name) + " ON " + Lookups.twin(on)
                + (method == null ? "" : " USING " + method)
                + " (" + String.join(", ", columns.stream().map(IndexField::sql).toList()) + ")"
                + (storageParameters == null ? "" : " WITH (" + storageParameters + ")");
    }

    @Override
    public String subject() {
        return "create_index " + name;
    }
}
