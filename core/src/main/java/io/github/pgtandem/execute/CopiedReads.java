package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.plan.CompileFailure;
import io.github.pgtandem.schema.BoundSql.Read;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a view over the copy of a version reads, as PostgreSQL has noted it. */
final class CopiedReads {

    private static final String READS = """
            SELECT DISTINCT n.nspname, c.relname, a.attname, d.refobjsubid
            FROM pg_rewrite w
            JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
            JOIN pg_class c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND d.refobjsubid <> 0
            WHERE w.ev_class = %s::regclass AND c.oid <> w.ev_class AND c.relkind IN ('r', 'p')
            ORDER BY 1, 2, 3
            """;

    private record Dependency(
            String schema, String relation, @Nullable String column, int number) {}

    private final VersionCopy copy;
    private final List<Dependency> dependencies;
    private final boolean wholeRows;

    CopiedReads(JdbcTemplate jdbc, VersionCopy copy, String view) {
        this.copy = copy;
        this.dependencies = jdbc.query(
                READS.formatted(literal(view)),
                (row, n) -> new Dependency(row.getString(1), row.getString(2), row.getString(3), row.getInt(4)));
        // No column is noted for a row that is read as a whole; the stored query tells.
        this.wholeRows = Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT ev_action::text ~ ':varattno 0 ' FROM pg_rewrite WHERE ev_class = " + literal(view)
                        + "::regclass",
                Boolean.class));
    }

    /** Adds the tables that it reads to the copy; tells whether there were any. */
    boolean copiesMore() {
        int before = copy.tables().size();
        for (Dependency dependency : dependencies) {
            if (dependency.schema.equals(copy.storage().name())) {
                copy.version()
                        .find(dependency.relation)
                        .filter(t -> !copy.tables().contains(t))
                        .ifPresent(copy::add);
            }
        }
        return copy.tables().size() > before;
    }

    /** Refuses what would not be the same in every version. */
    void check() {
        for (Dependency read : dependencies) {
            String table = "table \"" + read.relation + "\"";
            boolean ours = read.schema.equals(copy.copies());
            if (read.schema.equals(copy.storage().name())
                    && copy.storage().findStored(read.relation).isPresent()) {
                throw copy.version().find(read.relation).isEmpty()
                        ? new CompileFailure(
                                table + " does not exist in this version.",
                                "A table is named as the migrations before this operation leave it.")
                        : new CompileFailure(
                                "it names schema \"" + read.schema + "\", and so would read " + table
                                        + " as it is stored, not as the version sees it.",
                                "Write the table's name without the schema.");
            }
            if (ours && read.number < 0) {
                throw new CompileFailure(
                        "it reads system column \"" + read.column + "\" of " + table
                                + ", which a version does not show.",
                        PrintedExpression.NAME_COLUMNS);
            }
        }
    }

    /** The columns that it reads of a table, in the table's order. */
    List<Read> columns(Table table) {
        return wholeRows
                ? all(table)
                : all(table).stream()
                        .filter(c -> dependencies.stream()
                                .anyMatch(d -> of(d, table)
                                        && Optional.ofNullable(d.column)
                                                .filter(c.name()::equals)
                                                .isPresent()))
                        .toList();
    }

    static List<Read> all(Table table) {
        return table.columns().stream().map(CopiedReads::read).toList();
    }

    private static Read read(Column column) {
        return new Read(column.name(), column.stored());
    }

    private boolean of(Dependency dependency, Table table) {
        return dependency.schema.equals(copy.copies()) && dependency.relation.equals(table.name());
    }
}
