package io.github.pgtandem.operation;

import io.github.pgtandem.change.MovedColumns.Order;
import io.github.pgtandem.change.MovedColumns.Pair;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows of two tables belong together, as {@code match} says it, and whether columns can move between such. */
record MatchedRows(MoveColumns operation, Table from, Table to, List<Pair> match) {

    void refuseSeveralSources() {
        Set<String> key = match.stream().map(Pair::from).collect(Collectors.toSet());
        if (!isUnique(from, key)) {
            throw new InvalidOperation(
                    "match",
                    "several rows of table \"" + from.name() + "\" may have the same "
                            + String.join(", ", operation.match().values()) + ", so a row of \"" + to.name()
                            + "\" would get its values from any of them.",
                    "Match by columns over which \"" + from.name() + "\" has its primary key or a unique constraint.");
        }
    }

    private static boolean isUnique(Table table, Set<String> columns) {
        return table.constraints().stream()
                .anyMatch(c -> (c.kind() == Constraint.Kind.PRIMARY_KEY || c.kind() == Constraint.Kind.UNIQUE)
                        && !c.isDeferrable()
                        && columns.containsAll(c.columns()));
    }

    /** By which older versions see one of several rows; none where there is one at most. */
    List<Order> first() {
        boolean one = isUnique(to, match.stream().map(Pair::to).collect(Collectors.toSet()));
        if (one && !operation.firstBy().isEmpty()) {
            throw new InvalidOperation(
                    "first_by",
                    "a row of table \"" + from.name() + "\" has one row of \"" + to.name() + "\" at most.",
                    "Leave out first_by.");
        }
        if (one) {
            return List.of();
        }
        if (!operation.firstBy().isEmpty()) {
            return operation.firstBy().stream()
                    .map(o ->
                            new Order(Lookups.column(to, o.column(), "first_by").stored(), o.descending()))
                    .toList();
        }
        if (to.primaryKey().isEmpty()) {
            throw new InvalidOperation(
                    "first_by",
                    "a row of table \"" + from.name() + "\" may have several rows of \"" + to.name()
                            + "\", and nothing says which of them older versions see.",
                    "Order them by columns, of which the first row counts:\n    first_by: [created_at, id]");
        }
        return to.primaryKey().stream().map(c -> new Order(c, false)).toList();
    }

    /** Each write of the one table looks for rows of the other. */
    void refuseScans() {
        List<String> key = match.stream().map(Pair::to).toList();
        boolean constraint = to.constraints().stream().anyMatch(c -> c.kind().isIndexed() && leads(c.columns(), key));
        String begin = "USING btree (" + String.join(", ", key);
        boolean index = !operation.create()
                && to.indexes().stream()
                        .map(i -> i.definition().replace("\"", ""))
                        .anyMatch(d -> d.startsWith(begin)
                                && !d.contains(" WHERE ")
                                && ",) ".indexOf(d.charAt(begin.length())) >= 0);
        if (!constraint && !index) {
            String columns = String.join(", ", operation.match().keySet());
            throw new InvalidOperation(
                    "match",
                    "table \"" + to.name() + "\" has no index that begins with " + columns + ", so each write to \""
                            + from.name() + "\" would read all of it.",
                    operation.create()
                            ? "Let its primary key or a unique constraint begin with " + columns + "."
                            : "Make one with create_index in an earlier release.");
        }
    }

    private static boolean leads(List<String> columns, List<String> key) {
        return columns.size() >= key.size()
                && Set.copyOf(columns.subList(0, key.size())).equals(Set.copyOf(key));
    }
}
