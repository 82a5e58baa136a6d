package io.github.pgtandem.catalog;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Dependent;
import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the tables of a base schema with a handful of set-based queries, however many tables there are. */
public final class CatalogReader {

    private final JdbcTemplate jdbc;

    /** Reads over a connection whose search path is the caller's; every text that comes back is fully qualified. */
    public CatalogReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The base schema as it is stored now. */
    public Schema read(String schema) {
        Facts<Column> columns = new Facts<>();
        jdbc.query(
                CatalogQueries.COLUMNS,
                row -> {
                    columns.add(
                            row.getString("relation"),
                            new Column(
                                    row.getString("name"),
                                    row.getString("name"),
                                    row.getString("type"),
                                    !row.getBoolean("not_null"),
                                    row.getString("default_sql"),
                                    row.getString("comment"),
                                    Column.Generated.valueOf(row.getString("generated"))));
                },
                schema);
        Facts<Index> indexes = new Facts<>();
        jdbc.query(
                CatalogQueries.INDEXES,
                row -> {
                    String name = row.getString("name");
                    indexes.add(
                            row.getString("relation"),
                            new Index(
                                    name,
                                    name,
                                    row.getBoolean("is_unique"),
                                    texts(row.getArray("columns")),
                                    row.getString("definition"),
                                    row.getBoolean("is_constraint")));
                },
                schema);
        Facts<Constraint> constraints = new Facts<>();
        jdbc.query(
                CatalogQueries.CONSTRAINTS,
                row -> {
                    String name = row.getString("name");
                    Constraint.Kind kind = Constraint.Kind.valueOf(row.getString("kind"));
                    List<String> of = texts(row.getArray("columns"));
                    String definition = row.getString("definition");
                    constraints.add(
                            row.getString("relation"),
                            new Constraint(
                                    name,
                                    name,
                                    kind,
                                    of,
                                    kind == Constraint.Kind.FOREIGN_KEY
                                            ? Constraint.foreignKeyColumns(of) + definition
                                            : definition,
                                    row.getString("referenced")));
                },
                schema);
        Facts<Grant> grants = new Facts<>();
        jdbc.query(
                CatalogQueries.GRANTS,
                row -> {
                    grants.add(
                            row.getString("relation"),
                            new Grant(
                                    row.getString("grantee"),
                                    row.getString("privilege"),
                                    row.getString("column_name"),
                                    row.getBoolean("grantable")));
                },
                schema,
                schema);
        Facts<Dependent> dependents = new Facts<>();
        jdbc.query(
                CatalogQueries.DEPENDENTS,
                row -> {
                    dependents.add(
                            row.getString("relation"),
                            new Dependent(
                                    row.getString("object"),
                                    row.getString("column_name"),
                                    row.getBoolean("blocks_drop")));
                },
                schema,
                schema);
        Facts<String> triggers = new Facts<>();
        jdbc.query(
                CatalogQueries.TRIGGERS,
                row -> {
                    triggers.add(row.getString("relation"), row.getString("name"));
                },
                schema);

        Map<String, Table> tables = new LinkedHashMap<>();
        jdbc.query(
                CatalogQueries.TABLES,
                row -> {
                    String name = row.getString("name");
                    tables.put(
                            name,
                            new Table(
                                    name,
                                    name,
                                    columns.of(name),
                                    indexes.of(name),
                                    constraints.of(name),
                                    grants.of(name),
                                    dependents.of(name),
                                    triggers.of(name),
                                    row.getBoolean("partitioned"),
                                    row.getString("comment"),
                                    Set.of()));
                },
                schema);
        Set<String> relations = new HashSet<>(jdbc.queryForList(CatalogQueries.RELATIONS, String.class, schema));
        Set<String> others = new HashSet<>(relations);
        others.removeAll(tables.keySet());
        tables.values().forEach(t -> t.indexes().forEach(i -> others.remove(i.stored())));
        return new Schema(schema, tables, relations, others);
    }

    private static List<String> texts(java.sql.Array array) throws java.sql.SQLException {
        return List.of((String[]) array.getArray());
    }

    /** What was read, by relation. */
    private static final class Facts<T> {

        private final Map<String, List<T>> byRelation = new LinkedHashMap<>();

        void add(String relation, T fact) {
            byRelation.computeIfAbsent(relation, r -> new ArrayList<>()).add(fact);
        }

        List<T> of(String relation) {
            return byRelation.getOrDefault(relation, List.of());
        }
    }
}
