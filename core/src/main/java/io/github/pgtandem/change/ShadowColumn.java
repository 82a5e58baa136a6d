package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Sequence;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stored column that only newer versions see.
 *
 * @param table stored name
 * @param column the column as the version that brings it sees it; where it draws from a sequence and has a default, the
 *     sequence is made with it
 * @param filled whether a backfill computes the value of existing rows
 * @param inline whether default and NOT NULL are given at once, which leaves the rows alone; else existing rows are
 *     filled by the backfill
 * @param generation how PostgreSQL computes it, or empty
 * @param grants privileges on the column, whatever column they name
 */
public record ShadowColumn(
        String table, Column column, boolean filled, boolean inline, String generation, List<Grant> grants)
        implements Change {

    public ShadowColumn {
        grants = List.copyOf(grants);
    }

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
        String stored = id(column.stored());
        String on = "ALTER TABLE " + id(schema, table);
        List<Statement> statements = new ArrayList<>();
        newSequence().ifPresent(s -> statements.add(Statement.together(s.create())));
        statements.addAll(added(schema, on + " ADD COLUMN " + stored + " " + column.type()));
        String alter = on + " ALTER COLUMN " + stored + " ";
        if (!inline && column.defaultSql() != null) {
            statements.add(Statement.together(alter + "SET DEFAULT " + column.defaultSql()));
        }
        newSequence()
                .ifPresent(s -> statements.add(Statement.together("SELECT pgtandem.own_sequence("
                        + literal(id(s.schema(), s.name())) + ", " + literal(id(schema, table)) + ", "
                        + literal(column.stored()) + ")")));
        column.details().settings().forEach(s -> statements.add(Statement.together(alter + s)));
        if (column.comment() != null) {
            statements.add(Statement.together(
                    "COMMENT ON COLUMN " + id(schema, table) + "." + stored + " IS " + literal(column.comment())));
        }
        grants.forEach(g -> statements.add(Statement.together("GRANT " + g.privilege() + " (" + stored + ") ON "
                + id(schema, table) + " TO " + g.grantee() + (g.grantable() ? " WITH GRANT OPTION" : ""))));
        return statements;
    }

    private Optional<Sequence> newSequence() {
        return Optional.ofNullable(column.details().sequence()).filter(s -> column.defaultSql() != null);
    }

    private List<Statement> added(String schema, String add) {
        if (inline) {
            return List.of(Statement.together(
                    add + (column.nullable() ? "" : " NOT NULL") + " DEFAULT " + column.defaultSql()));
        }
        if (generation.endsWith(" STORED")) {
            return Statement.bounded(id(schema, table), add + " " + generation);
        }
        return List.of(Statement.together(generation.isEmpty() ? add : add + " " + generation));
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

    /** A shadow of a column that draws from a sequence is a plain one until complete. */
    @Override
    public Schema applied(Schema storage) {
        Column physical = column.named(column.stored());
        Column plain = physical.generated().isDrawn() ? physical.with(Generated.NO) : physical;
        return storage.findStored(table)
                .map(t -> storage.with(t.plus(plain).granting(column.stored(), grants)))
                .orElse(storage);
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.findStored(column.stored()).isPresent();
    }

    @Override
    public Change canonical(Schema storage) {
        return storage.findStored(table)
                .flatMap(t -> t.findStored(column.stored()))
                .<Change>map(
                        c -> new ShadowColumn(table, column.canonical(column, c), filled, inline, generation, grants))
                .orElse(this);
    }

    @Override
    public Change renamed(Renames renames) {
        Column renamed = column.storedAs(renames.column(table, column.stored()));
        return new ShadowColumn(renames.table(table), renamed, filled, inline, generation, grants);
    }

    /** A constant default is given at once unless a backfill computes the existing rows' values. */
    @Override
    public Change defined(Definitions definitions, Table on) {
        String value = column.defaultSql();
        boolean atOnce = !filled && value != null && definitions.addsWithoutRewrite(column.type(), value);
        Column taking = column.with(new Column.Details(
                column.details().settings().stream()
                        .filter(s -> definitions.takes(column.type(), s))
                        .toList(),
                column.details().sequence(),
                column.details().reads()));
        boolean computed = column.generated() == Generated.EXPRESSION;
        return new ShadowColumn(
                table, taking, filled, atOnce, computed ? definitions.generation(on, column.name()) : "", grants);
    }
}
