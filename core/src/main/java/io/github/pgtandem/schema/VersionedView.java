package io.github.pgtandem.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A view that belongs to a version.
 *
 * @param query the author's, over the version's names
 * @param comment or null
 * @param columns what it shows; empty until it is compiled
 * @param sql the compiled query
 */
public record VersionedView(
        String name,
        String query,
        @Nullable String comment,
        String migration,
        List<Shown> columns,
        BoundSql sql,
        Set<String> uses)
        implements VersionObject {

    /** A column of the view. */
    public record Shown(String name, String type) {}

    public VersionedView {
        columns = List.copyOf(columns);
        uses = Set.copyOf(uses);
    }

    /** A view as its author wrote it. */
    public static VersionedView written(String name, String query, @Nullable String comment) {
        return new VersionedView(name, query, comment, "", List.of(), BoundSql.NONE, Set.of());
    }

    /** The same with what PostgreSQL made of it. */
    public VersionedView compiled(List<Shown> shown, BoundSql compiled, Set<String> used) {
        return new VersionedView(name, query, comment, migration, shown, compiled, used);
    }

    @Override
    public VersionedView madeBy(String by) {
        return new VersionedView(name, query, comment, by, columns, sql, uses);
    }

    @Override
    public String label() {
        return "view " + name;
    }

    @Override
    public Set<String> tables() {
        return sql.tables();
    }

    @Override
    public VersionedView renamed(String table, String to, Map<String, String> stored) {
        return new VersionedView(name, query, comment, migration, columns, sql.renamed(table, to, stored), uses);
    }
}
