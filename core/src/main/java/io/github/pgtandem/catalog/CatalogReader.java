package io.github.pgtandem.catalog;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Dependent;
import io.github.pgtandem.schema.EnumType;
import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Partitioning;
import io.github.pgtandem.schema.ReplicaIdentity;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Surroundings;
import io.github.pgtandem.schema.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads tables of a base schema with a handful of set-based queries, however many there are. What is read grows with the
 * tables that are asked for, not with those beside them.
 */
public final class CatalogReader {

    private final JdbcTemplate jdbc;

    /** Reads over a connection whose search path is the caller's; every text that comes back is fully qualified. */
    public CatalogReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The base schema as it is stored now. */
    public Schema read(String schema) {
        return read(schema, Reach.EVERYTHING);
    }

    /** The same with only those of its tables that somebody is interested in; the names of all are known as taken. */
    public Schema read(String schema, Reach reach) {
        String[] altered = reach.altered().toArray(String[]::new);
        String[] named = reach.named().toArray(String[]::new);
        Map<Long, Found> found = new LinkedHashMap<>();
        jdbc.query(
                ReachQueries.TABLES,
                row -> {
                    found.put(row.getLong("oid"), found(row));
                },
                schema,
                reach.whole(),
                altered,
                altered,
                named);
        Map<String, Table> tables = found.isEmpty() ? Map.of() : tables(found);
        Set<String> relations = new HashSet<>(jdbc.queryForList(ReachQueries.RELATIONS, String.class, schema));
        Set<String> others = new HashSet<>(relations);
        others.removeAll(tables.keySet());
        tables.values().forEach(t -> t.indexes().forEach(i -> others.remove(i.stored())));
        return new Schema(schema, tables, relations, others).withEnums(enums(schema));
    }

    /** The names of all its tables, in their order. */
    public List<String> names(String schema) {
        return jdbc.queryForList(ReachQueries.NAMES, String.class, schema);
    }

    /** What one row tells of a table. */
    private record Found(
            String name,
            ReplicaIdentity.Kind identity,
            @Nullable String comment,
            List<String> userTriggers,
            Partitioning partitioning,
            boolean rowSecurity) {}

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getString("name"),
                ReplicaIdentity.Kind.valueOf(row.getString("replica_identity")),
                row.getString("comment"),
                CatalogRows.texts(row.getArray("user_triggers")),
                CatalogRows.partitioning(row),
                row.getBoolean("row_security"));
    }

    private Map<String, Table> tables(Map<Long, Found> found) {
        Object oids = found.keySet().toArray(Long[]::new);
        Map<String, ReplicaIdentity> identities = new HashMap<>();
        Map<String, String> clustered = new HashMap<>();
        Facts<Index> indexes = new Facts<>(
                CatalogQueries.INDEXES,
                row -> {
                    Index index = CatalogRows.index(row);
                    if (row.getBoolean("is_replica_identity")) {
                        ReplicaIdentity by = new ReplicaIdentity(ReplicaIdentity.Kind.INDEX, index.name());
                        identities.put(row.getString("relation"), by);
                    }
                    if (row.getBoolean("is_clustered")) {
                        clustered.put(row.getString("relation"), index.name());
                    }
                    return index;
                },
                oids);
        Facts<Column> columns = new Facts<>(CatalogQueries.COLUMNS, CatalogRows::column, oids);
        Facts<Constraint> constraints = new Facts<>(CatalogQueries.CONSTRAINTS, CatalogRows::constraint, oids);
        Facts<Statistics> statistics = new Facts<>(CatalogQueries.STATISTICS, CatalogRows::statistics, oids);
        Facts<Grant> grants = new Facts<>(CatalogQueries.GRANTS, CatalogRows::grant, oids, oids);
        Facts<Dependent> dependents = new Facts<>(DependentQueries.DEPENDENTS, CatalogRows::dependent, oids, oids);
        if (found.values().stream().anyMatch(t -> t.partitioning().isPartitioned())) {
            dependents.add(DependentQueries.OF_PARTITIONS, oids);
        }
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Found table : found.values()) {
            String name = table.name();
            tables.put(
                    name,
                    new Table(
                            name,
                            name,
                            columns.of(name),
                            indexes.of(name),
                            constraints.of(name),
                            statistics.of(name),
                            identities.getOrDefault(name, new ReplicaIdentity(table.identity(), null)),
                            clustered.get(name),
                            table.comment(),
                            Set.of(),
                            new Surroundings(
                                    grants.of(name),
                                    dependents.of(name),
                                    table.userTriggers(),
                                    table.partitioning(),
                                    table.rowSecurity())));
        }
        return tables;
    }

    /** Only the indexes, constraints and statistics of tables that are there, quick enough to be read under a lock. */
    public Map<String, Table> hangingOn(String schema, Collection<String> tables) {
        Object oids = jdbc.queryForList(ReachQueries.NUMBERS, Long.class, tables.toArray(String[]::new), schema)
                .toArray(Long[]::new);
        Facts<Index> indexes = new Facts<>(CatalogQueries.INDEXES, CatalogRows::index, oids);
        Facts<Constraint> constraints = new Facts<>(CatalogQueries.CONSTRAINTS, CatalogRows::constraint, oids);
        Facts<Statistics> statistics = new Facts<>(CatalogQueries.STATISTICS, CatalogRows::statistics, oids);
        Map<String, Table> hanging = new LinkedHashMap<>();
        for (String table : tables) {
            hanging.put(
                    table,
                    Table.planned(table, table, List.of(), null)
                            .withIndexes(indexes.of(table))
                            .withConstraints(constraints.of(table))
                            .withStatistics(statistics.of(table)));
        }
        return hanging;
    }

    private Map<String, EnumType> enums(String schema) {
        Map<String, EnumType> enums = new LinkedHashMap<>();
        Facts<Grant> usage = new Facts<>(EnumQueries.USAGE, CatalogRows::grant, schema);
        jdbc.query(
                EnumQueries.ENUMS,
                row -> {
                    String name = row.getString("name");
                    enums.put(
                            name,
                            new EnumType(
                                    name,
                                    row.getString("type"),
                                    CatalogRows.texts(row.getArray("labels")),
                                    row.getString("comment"),
                                    row.getBoolean("granted") ? usage.of(name) : null,
                                    CatalogRows.texts(row.getArray("dependents"))));
                },
                schema);
        return enums;
    }

    /** How a fact is read from a row. */
    private interface Reading<T> {
        T from(ResultSet row) throws SQLException;
    }

    /** What a query gives, by relation. */
    private final class Facts<T> {

        private final Map<String, List<T>> byRelation = new LinkedHashMap<>();
        private final Reading<T> reading;

        Facts(String query, Reading<T> reading, Object... parameters) {
            this.reading = reading;
            add(query, parameters);
        }

        void add(String query, Object... parameters) {
            jdbc.query(
                    query,
                    row -> {
                        byRelation
                                .computeIfAbsent(row.getString("relation"), r -> new ArrayList<>())
                                .add(reading.from(row));
                    },
                    parameters);
        }

        List<T> of(String relation) {
            return byRelation.getOrDefault(relation, List.of());
        }
    }
}
