package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.MovedColumns;
import io.github.pgtandem.change.MovedColumns.Pair;
import io.github.pgtandem.operation.Sync.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How rows of two tables between which columns move belong together, in SQL. */
record MovedRows(Model model, String migration, MovedColumns move) {

    /** What an older version sees where the new table has no row. */
    String absent(Pair pair) {
        return model.links(move.from()).stream()
                .filter(l -> l.migration().equals(migration)
                        && l.direction() == Direction.DOWN
                        && l.target().equals(pair.from()))
                .map(l -> l.expression().on(""))
                .findFirst()
                .or(() -> model.storage()
                        .findStored(move.from())
                        .flatMap(t -> t.findStored(pair.from()))
                        .map(c -> c.defaultSql()))
                .orElse("NULL");
    }

    /** A query for rows of the old table with values of their own that no row of the new one has. */
    String unmatched() {
        return "SELECT FROM " + from() + " AS f WHERE ("
                + list(
                        move.pairs(),
                        " OR ",
                        p -> "f." + id(p.from()) + "::text IS DISTINCT FROM (" + absent(p) + ")::text")
                + ") AND NOT EXISTS (SELECT FROM " + to() + " AS t WHERE " + match("t", Pair::to, "f", Pair::from)
                + ")";
    }

    String first(String what, String where) {
        String order = move.first().stream()
                .map(o -> "t." + id(o.column()) + (o.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", "));
        return "SELECT " + what + " FROM " + to() + " AS t WHERE " + where
                + (order.isEmpty() ? "" : " ORDER BY " + order) + " LIMIT 1";
    }

    String from() {
        return id(model.baseSchema(), move.from());
    }

    String to() {
        return id(model.baseSchema(), move.to());
    }

    /** Whether an UPDATE makes a row belong to another one. */
    String moves(Function<Pair, String> side) {
        return list(
                move.match(), " OR ", p -> "NEW." + id(side.apply(p)) + " IS DISTINCT FROM OLD." + id(side.apply(p)));
    }

    String match(String row, Function<Pair, String> side, String other, Function<Pair, String> otherSide) {
        return list(
                move.match(),
                " AND ",
                p -> row + "." + id(side.apply(p)) + " = " + other + "." + id(otherSide.apply(p)));
    }

    static String list(List<Pair> pairs, Function<Pair, String> each) {
        return list(pairs, ", ", each);
    }

    static String list(List<Pair> pairs, String between, Function<Pair, String> each) {
        return pairs.stream().map(each).collect(Collectors.joining(between));
    }

    /** Where writers are that have the columns in the one table or in the other. */
    String writers(boolean older) {
        int at = model.position(migration);
        List<String> schemas = new ArrayList<>();
        for (int i = 0; i < model.versions().size(); i++) {
            String schema = model.versions().get(i).schema();
            if (schema != null && (i < at) == older) {
                schemas.add(literal(schema));
            }
        }
        if (older) {
            schemas.add(literal(model.baseSchema()));
        }
        return String.join(", ", schemas);
    }
}
