package io.github.pgtandem.change;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Columns that a newer version has in another table. Both store them until complete; triggers, which the planner derives
 * as they depend on the versions that are live, carry what one version writes to the table of the others.
 *
 * @param name tells it from others, in generated names
 * @param from stored name of the table that older versions have the columns in
 * @param to stored name of the table that newer versions have them in
 * @param pairs stored names of the columns
 * @param match stored names of the columns by whose values rows of the two tables belong together; those of {@code from}
 *     are unique
 * @param first which of several rows of {@code to} older versions see the values of; empty where there is one at most
 * @param created whether older versions do not know {@code to}, so that a row of it is made for each row of {@code from}
 * @param discarding whether values may be lost to which no row of {@code to} belongs
 * @param pending stored name of a column of {@code from} that is true while an older version's write has not got to
 *     {@code to}
 */
public record MovedColumns(
        String name,
        String from,
        String to,
        List<Pair> pairs,
        List<Pair> match,
        List<Order> first,
        boolean created,
        boolean discarding,
        String pending)
        implements Change {

    /**
     * A column in both tables.
     *
     * @param from its stored name in the table of older versions
     * @param to its stored name in the table of newer versions
     */
    public record Pair(String from, String to) {}

    /**
     * What rows are ordered by.
     *
     * @param column stored name
     * @param descending whether the greatest value comes first
     */
    public record Order(String column, boolean descending) {}

    public MovedColumns {
        pairs = List.copyOf(pairs);
        match = List.copyOf(match);
        first = List.copyOf(first);
    }

    @Override
    public Stage stage() {
        return Stage.SYNC;
    }

    @Override
    public String describe() {
        return "move columns of " + from + " to " + to;
    }

    @Override
    public @Nullable String table() {
        return from;
    }

    @Override
    public List<Statement> expand(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> complete(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of();
    }

    @Override
    public MovedColumns renamed(Renames renames) {
        UnaryOperator<Pair> pair = p -> new Pair(renames.column(from, p.from()), renames.column(to, p.to()));
        return new MovedColumns(
                name,
                renames.table(from),
                renames.table(to),
                pairs.stream().map(pair).toList(),
                match.stream().map(pair).toList(),
                first.stream()
                        .map(o -> new Order(renames.column(to, o.column()), o.descending()))
                        .toList(),
                created,
                discarding,
                renames.column(from, pending));
    }
}
