package io.github.pgtandem.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table as one version sees it. Its columns are in the order in which they are stored, so that {@code SELECT *} and
 * {@code INSERT} without column names mean the same before and after complete.
 *
 * @param name as the version calls it
 * @param stored as the base schema calls it now
 * @param columns those that the version sees
 * @param indexes every index
 * @param constraints every constraint but NOT NULL
 * @param statistics its extended statistics
 * @param replicaIdentity what logical replication takes for the old row
 * @param clustered name of the index by which it is clustered, or null
 * @param comment the version's comment, or null
 * @param reserved names of columns and constraints that are taken: those here, those that only storage or another version
 *     has, and those that a version under construction has had
 * @param around what hangs on it that no version changes
 */
public record Table(
        String name,
        String stored,
        List<Column> columns,
        List<Index> indexes,
        List<Constraint> constraints,
        List<Statistics> statistics,
        ReplicaIdentity replicaIdentity,
        @Nullable String clustered,
        @Nullable String comment,
        Set<String> reserved,
        Surroundings around) {

    public Table {
        Set<String> names = new TreeSet<>(reserved);
        columns.forEach(c -> names.addAll(List.of(c.name(), c.stored())));
        constraints.forEach(c -> names.addAll(List.of(c.name(), c.stored())));
        reserved = Collections.unmodifiableSet(names);
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        constraints = List.copyOf(constraints);
        statistics = List.copyOf(statistics);
        String by = clustered;
        clustered = indexes.stream().anyMatch(i -> i.name().equals(by)) ? by : null;
    }

    /** A table to be made. */
    public static Table planned(String name, String stored, List<Column> columns, @Nullable String comment) {
        return new Table(
                name,
                stored,
                columns,
                List.of(),
                List.of(),
                List.of(),
                ReplicaIdentity.DEFAULT,
                null,
                comment,
                Set.of(),
                Surroundings.NONE);
    }

    public Optional<Column> find(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    public Optional<Column> findStored(String storedName) {
        return columns.stream().filter(c -> c.stored().equals(storedName)).findFirst();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    public Optional<Constraint> constraint(String constraintName) {
        return constraints.stream().filter(c -> c.name().equals(constraintName)).findFirst();
    }

    public Optional<Index> index(String indexName) {
        return indexes.stream().filter(i -> i.name().equals(indexName)).findFirst();
    }

    /** Whether an index keeps a constraint of this table; one that only foreign keys lead to does not. */
    public boolean isOwned(Index index) {
        return index.constraint() && constraint(index.name()).isPresent();
    }

    public List<String> primaryKey() {
        return constraints.stream()
                .filter(c -> c.kind() == Constraint.Kind.PRIMARY_KEY)
                .findFirst()
                .map(Constraint::columns)
                .orElse(List.of());
    }

    public Table named(String newName) {
        return copy(newName, stored, columns, indexes, constraints);
    }

    public Table storedAs(String newStored) {
        return copy(name, newStored, columns, indexes, constraints);
    }

    public Table withColumns(List<Column> newColumns) {
        return copy(name, stored, newColumns, indexes, constraints);
    }

    public Table withIndexes(List<Index> newIndexes) {
        return copy(name, stored, columns, newIndexes, constraints);
    }

    public Table withConstraints(List<Constraint> newConstraints) {
        return copy(name, stored, columns, indexes, newConstraints);
    }

    /** A new column comes last, as it does in storage. */
    public Table plus(Column column) {
        List<Column> next = new ArrayList<>(columns);
        next.add(column);
        return withColumns(next);
    }

    public Table minus(Column column) {
        return withColumns(columns.stream().filter(c -> !c.equals(column)).toList());
    }

    public Table plus(Index index) {
        List<Index> next = new ArrayList<>(indexes);
        next.add(index);
        return withIndexes(next);
    }

    public Table plus(Constraint constraint) {
        List<Constraint> next = new ArrayList<>(constraints);
        next.add(constraint);
        return withConstraints(next);
    }

    /** Replaces a column where it stands. */
    public Table replace(Column column, Column by) {
        return mapColumns(c -> c.equals(column) ? by : c);
    }

    public Table mapColumns(UnaryOperator<Column> change) {
        return withColumns(columns.stream().map(change).toList());
    }

    public Table withStatistics(List<Statistics> newStatistics) {
        return with(newStatistics, replicaIdentity, clustered);
    }

    public Table with(ReplicaIdentity newIdentity) {
        return with(statistics, newIdentity, clustered);
    }

    /** The same with a constraint, and the index that keeps it, under another name in the version. */
    public Table naming(Constraint constraint, String to) {
        String from = constraint.name();
        List<Constraint> named = constraints.stream()
                .map(c -> c.equals(constraint) ? c.named(to) : c)
                .toList();
        if (!constraint.kind().isIndexed()) {
            return withConstraints(named);
        }
        List<Index> indexed = indexes.stream()
                .map(i -> i.name().equals(from) ? i.named(to) : i)
                .toList();
        ReplicaIdentity identity = from.equals(replicaIdentity.index())
                ? new ReplicaIdentity(replicaIdentity.kind(), to)
                : replicaIdentity;
        return copy(name, stored, columns, indexed, named)
                .with(statistics, identity, from.equals(clustered) ? to : clustered);
    }

    /** The same with privileges on a column. */
    public Table granting(String column, List<Grant> grants) {
        List<Grant> all = new ArrayList<>(around.grants());
        grants.forEach(g -> all.add(new Grant(g.grantee(), g.privilege(), column, g.grantable())));
        return with(reserved, around.granting(all));
    }

    private Table with(List<Statistics> newStatistics, ReplicaIdentity newIdentity, @Nullable String newClustered) {
        return new Table(
                name,
                stored,
                columns,
                indexes,
                constraints,
                newStatistics,
                newIdentity,
                newClustered,
                comment,
                reserved,
                around);
    }

    private Table copy(
            String newName, String newStored, List<Column> cs, List<Index> is, List<Constraint> newConstraints) {
        return new Table(
                newName,
                newStored,
                cs,
                is,
                newConstraints,
                statistics,
                replicaIdentity,
                clustered,
                comment,
                reserved,
                around);
    }

    private Table with(Set<String> newReserved, Surroundings newAround) {
        return new Table(
                name,
                stored,
                columns,
                indexes,
                constraints,
                statistics,
                replicaIdentity,
                clustered,
                comment,
                newReserved,
                newAround);
    }

    /** The same table with what the catalogue says now of what no version changes. */
    public Table refreshed(Table physical) {
        Set<String> names = new TreeSet<>(reserved);
        names.addAll(physical.reserved);
        return with(names, physical.around);
    }

    /** The same where what hangs on it knows columns by other stored names. */
    public Table withAround(UnaryOperator<String> renamedColumns) {
        return with(reserved, around.renamed(renamedColumns));
    }

    /** The name itself where no column or constraint has it, else a generated one. */
    public String free(String wanted) {
        return Identifiers.freeOr(wanted, reserved::contains);
    }

    /** The same table with a name kept from being given twice. */
    public Table reserving(String taken) {
        Set<String> names = new TreeSet<>(reserved);
        names.add(taken);
        return with(names, around);
    }

    /** A generated name that no column or constraint has. */
    public String generated(String base) {
        return Identifiers.generated(base, reserved::contains);
    }
}
