package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored column that only newer versions see.
 *
 * @param table stored name
 * @param column the column as the version that brings it sees it
 * @param filled whether a backfill computes the value of existing rows
 * @param inline whether default and NOT NULL are given at once, which leaves the rows alone; else existing rows are
 *     filled by the backfill
 */
public record ShadowColumn(String table, Column column, boolean filled, boolean inline) implements Change {

    @Override
    public Stage stage() {
        return Stage.STORAGE;
    }

    @Override
    public String describe() {
        return "add column " + column.stored();
    }

    @Override
    public List<Statement> expand(String schema) {
        String on = "ALTER TABLE " + id(schema, table);
        String stored = id(column.stored());
        String add = on + " ADD COLUMN " + stored + " " + column.type();
        List<Statement> statements = new ArrayList<>();
        if (inline) {
            String notNull = column.nullable() ? "" : " NOT NULL";
            statements.add(Statement.together(add + notNull + " DEFAULT " + column.defaultSql()));
        } else {
            statements.add(Statement.together(add));
            if (column.defaultSql() != null) {
                statements.add(
                        Statement.together(on + " ALTER COLUMN " + stored + " SET DEFAULT " + column.defaultSql()));
            }
        }
        if (column.comment() != null) {
            statements.add(Statement.together(
                    "COMMENT ON COLUMN " + id(schema, table) + "." + stored + " IS " + literal(column.comment())));
        }
        return statements;
    }

    @Override
    public List<Statement> complete(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(Statement.together(
                "ALTER TABLE IF EXISTS " + id(schema, table) + " DROP COLUMN IF EXISTS " + id(column.stored())));
    }

    @Override
    public List<Column> columns() {
        return List.of(column);
    }

    @Override
    public Schema applied(Schema storage) {
        return storage.findStored(table)
                .map(t -> storage.with(t.plus(column.named(column.stored()))))
                .orElse(storage);
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.findStored(column.stored()).isPresent();
    }

    @Override
    public Change renamed(Renames renames) {
        Column renamed = column.storedAs(renames.column(table, column.stored()));
        return new ShadowColumn(renames.table(table), renamed, filled, inline);
    }

    /** A constant default is given at once unless a backfill computes the existing rows' values. */
    @Override
    public Change defined(Definitions definitions, Table on) {
        String value = column.defaultSql();
        return filled || value == null || !definitions.addsWithoutRewrite(column.type(), value)
                ? this
                : new ShadowColumn(table, column, false, true);
    }
}
