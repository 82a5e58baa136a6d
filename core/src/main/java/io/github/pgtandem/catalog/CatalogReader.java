package io.github.pgtandem.catalog;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Dependent;
import io.github.pgtandem.schema.EnumType;
import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Partitioning;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.ReplicaIdentity;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Sequence;
import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Surroundings;
import io.github.pgtandem.schema.Table;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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
        Facts<Column> columns = new Facts<>(CatalogQueries.COLUMNS, CatalogReader::column, schema);
        Map<String, ReplicaIdentity> identities = new HashMap<>();
        Map<String, String> clustered = new HashMap<>();
        Facts<Index> indexes = new Facts<>(
                CatalogQueries.INDEXES,
                row -> {
                    Index index = index(row);
                    if (row.getBoolean("is_replica_identity")) {
                        ReplicaIdentity by = new ReplicaIdentity(ReplicaIdentity.Kind.INDEX, index.name());
                        identities.put(row.getString("relation"), by);
                    }
                    if (row.getBoolean("is_clustered")) {
                        clustered.put(row.getString("relation"), index.name());
                    }
                    return index;
                },
                schema);
        Facts<Constraint> constraints = new Facts<>(CatalogQueries.CONSTRAINTS, CatalogReader::constraint, schema);
        Facts<Statistics> statistics = new Facts<>(CatalogQueries.STATISTICS, CatalogReader::statistics, schema);
        Facts<Grant> grants = new Facts<>(CatalogQueries.GRANTS, CatalogReader::grant, schema, schema);
        Facts<Dependent> dependents = new Facts<>(DependentQueries.DEPENDENTS, CatalogReader::dependent, schema);
        Facts<String> triggers = new Facts<>(DependentQueries.TRIGGERS, row -> row.getString("name"), schema);

        Map<String, Table> tables = new LinkedHashMap<>();
        jdbc.query(
                CatalogQueries.TABLES,
                row -> {
                    String name = row.getString("name");
                    ReplicaIdentity.Kind kind = ReplicaIdentity.Kind.valueOf(row.getString("replica_identity"));
                    tables.put(
                            name,
                            new Table(
                                    name,
                                    name,
                                    columns.of(name),
                                    indexes.of(name),
                                    constraints.of(name),
                                    statistics.of(name),
                                    identities.getOrDefault(name, new ReplicaIdentity(kind, null)),
                                    clustered.get(name),
                                    row.getString("comment"),
                                    Set.of(),
                                    new Surroundings(
                                            grants.of(name),
                                            dependents.of(name),
                                            triggers.of(name),
                                            partitioning(row),
                                            row.getBoolean("row_security"))));
                },
                schema);
        Set<String> relations = new HashSet<>(jdbc.queryForList(CatalogQueries.RELATIONS, String.class, schema));
        Set<String> others = new HashSet<>(relations);
        others.removeAll(tables.keySet());
        tables.values().forEach(t -> t.indexes().forEach(i -> others.remove(i.stored())));
        return new Schema(schema, tables, relations, others).withEnums(enums(schema));
    }

    /** Only the indexes, constraints and statistics of one table, quick enough to be read under its lock. */
    public Table hangingOn(String schema, String table) {
        String only = "SELECT * FROM (%s) f WHERE f.relation = ?";
        Facts<Index> indexes = new Facts<>(only.formatted(CatalogQueries.INDEXES), CatalogReader::index, schema, table);
        Facts<Constraint> constraints =
                new Facts<>(only.formatted(CatalogQueries.CONSTRAINTS), CatalogReader::constraint, schema, table);
        Facts<Statistics> statistics =
                new Facts<>(only.formatted(CatalogQueries.STATISTICS), CatalogReader::statistics, schema, table);
        return Table.planned(table, table, List.of(), null)
                .withIndexes(indexes.of(table))
                .withConstraints(constraints.of(table))
                .withStatistics(statistics.of(table));
    }

    private Map<String, EnumType> enums(String schema) {
        Map<String, EnumType> enums = new LinkedHashMap<>();
        Facts<Grant> usage = new Facts<>(EnumQueries.USAGE, CatalogReader::grant, schema);
        jdbc.query(
                EnumQueries.ENUMS,
                row -> {
                    String name = row.getString("name");
                    enums.put(
                            name,
                            new EnumType(
                                    name,
                                    row.getString("type"),
                                    texts(row.getArray("labels")),
                                    row.getString("comment"),
                                    row.getBoolean("granted") ? usage.of(name) : null,
                                    texts(row.getArray("dependents"))));
                },
                schema);
        return enums;
    }

    private static Partitioning partitioning(ResultSet row) throws SQLException {
        return new Partitioning(
                Partitioning.Kind.valueOf(row.getString("partitioning")),
                texts(row.getArray("partition_key")),
                row.getBoolean("unkeyable"));
    }

    private static Column column(ResultSet row) throws SQLException {
        String sequence = row.getString("sequence_name");
        Sequence draws = sequence == null
                ? null
                : new Sequence(
                        row.getString("sequence_schema"),
                        sequence,
                        Sequence.Kind.valueOf(row.getString("sequence_kind")),
                        row.getString("sequence_type"),
                        row.getString("sequence_options"),
                        texts(row.getArray("sequence_attributes")));
        return new Column(
                row.getString("name"),
                row.getString("name"),
                row.getString("type"),
                !row.getBoolean("not_null"),
                row.getString("default_sql"),
                row.getString("comment"),
                Column.Generated.valueOf(row.getString("generated")),
                new Column.Details(texts(row.getArray("settings")), draws, texts(row.getArray("reads"))));
    }

    private static Index index(ResultSet row) throws SQLException {
        return new Index(
                row.getString("name"),
                row.getString("name"),
                row.getBoolean("is_unique"),
                texts(row.getArray("columns")),
                row.getString("definition"),
                row.getBoolean("is_constraint"),
                row.getString("tablespace"),
                row.getString("comment"));
    }

    private static Constraint constraint(ResultSet row) throws SQLException {
        Constraint.Kind kind = Constraint.Kind.valueOf(row.getString("kind"));
        boolean foreign = kind == Constraint.Kind.FOREIGN_KEY;
        return new Constraint(
                row.getString("name"),
                row.getString("name"),
                kind,
                texts(row.getArray("columns")),
                foreign ? "" : row.getString("definition"),
                foreign
                        ? new Reference(
                                row.getString("referenced_schema"),
                                row.getString("referenced"),
                                texts(row.getArray("referenced_columns")),
                                row.getString("actions"),
                                texts(row.getArray("delete_sets")))
                        : null,
                row.getString("deferral"),
                row.getBoolean("validated"),
                row.getString("comment"));
    }

    private static Statistics statistics(ResultSet row) throws SQLException {
        return new Statistics(
                row.getString("name"),
                row.getString("name"),
                row.getString("schema"),
                texts(row.getArray("columns")),
                row.getString("definition"),
                row.getObject("target", Integer.class),
                row.getString("comment"));
    }

    private static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                row.getString("grantee"),
                row.getString("privilege"),
                row.getString("column_name"),
                row.getBoolean("grantable"));
    }

    private static Dependent dependent(ResultSet row) throws SQLException {
        return new Dependent(row.getString("object"), row.getString("column_name"), row.getBoolean("blocks_drop"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** How a fact is read from a row. */
    private interface Reading<T> {
        T from(ResultSet row) throws SQLException;
    }

    /** What a query gives, by relation. */
    private final class Facts<T> {

        private final Map<String, List<T>> byRelation = new LinkedHashMap<>();

        Facts(String query, Reading<T> reading, Object... schema) {
            jdbc.query(
                    query,
                    row -> {
                        byRelation
                                .computeIfAbsent(row.getString("relation"), r -> new ArrayList<>())
                                .add(reading.from(row));
                    },
                    schema);
        }

        List<T> of(String relation) {
            return byRelation.getOrDefault(relation, List.of());
        }
    }
}
