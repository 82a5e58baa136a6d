package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.MovedColumns;
import io.github.pgtandem.change.MovedColumns.Pair;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The filling of columns that come from another table: of the rows that are there, or of rows that are made for it. */
final class MoveBackfill {

    private MoveBackfill() {}

    /** Those translations of a table that columns moved from it come from, which have to be filled before. */
    static List<Link> before(MovedColumns move, List<Link> links) {
        Set<String> read = new HashSet<>();
        Stream.concat(move.match().stream(), move.pairs().stream()).forEach(p -> read.add(p.from()));
        List<Link> leading = new ArrayList<>();
        for (int i = links.size() - 1; i >= 0; i--) {
            if (read.contains(links.get(i).target())) {
                read.addAll(links.get(i).expression().columns());
                leading.add(0, links.get(i));
            }
        }
        return leading;
    }

    /** @param fills what is computed for rows of the new table afterwards */
    static Backfill of(Model model, MovedColumns move, List<Link> fills) {
        String from = id(model.baseSchema(), move.from());
        String to = id(model.baseSchema(), move.to());
        return move.created() ? making(model, move, to) : filling(model, move, from, fills);
    }

    /** A batch locks the rows first, as one that is being written has the row that belongs to it made by the trigger. */
    private static Backfill making(Model model, MovedColumns move, String to) {
        List<Pair> all =
                Stream.concat(move.match().stream(), move.pairs().stream()).toList();
        String insert = "INSERT INTO " + to + " (" + list(all, ", ", p -> id(p.to())) + ")\nSELECT "
                + list(all, ", ", p -> "new." + id(p.from())) + "\nFROM ";
        String missing = "(" + list(move.pairs(), " OR ", p -> "new." + id(p.from()) + " IS NOT NULL")
                + ") AND NOT EXISTS (SELECT FROM " + to + " AS t WHERE "
                + list(move.match(), " AND ", p -> "t." + id(p.to()) + " = new." + id(p.from())) + ")";
        return new Backfill(
                model.baseSchema(),
                move.from(),
                List.of(insert, " AS new\nWHERE "),
                missing,
                Backfill.stripe(storage(model, move.from())),
                " ON CONFLICT DO NOTHING",
                " FOR NO KEY UPDATE",
                "");
    }

    private static Backfill filling(Model model, MovedColumns move, String from, List<Link> fills) {
        String belongs = list(move.match(), " AND ", p -> "f." + id(p.from()) + " = new." + id(p.to()));
        String set = list(
                move.pairs(),
                ",\n    ",
                p ->
                        "%1$s = CASE WHEN new.%1$s IS NULL THEN (SELECT f.%2$s FROM %3$s AS f WHERE %4$s FOR SHARE) ELSE new.%1$s END"
                                .formatted(id(p.to()), id(p.from()), from, belongs));
        return new Backfill(
                model.baseSchema(),
                move.to(),
                List.of("UPDATE ", " AS new SET\n    " + set + forgotten(move, fills) + "\nWHERE "),
                "(" + list(move.pairs(), " OR ", p -> "new." + id(p.to()) + " IS NULL") + ")",
                Backfill.stripe(storage(model, move.to())),
                "",
                "",
                "");
    }

    /** What the sync trigger has computed meanwhile from columns that were empty; no version has seen it yet. */
    private static String forgotten(MovedColumns move, List<Link> fills) {
        Set<String> filled = move.pairs().stream().map(Pair::to).collect(Collectors.toSet());
        StringBuilder set = new StringBuilder();
        for (Link link : fills) {
            if (link.expression().columns().stream().anyMatch(filled::contains) && filled.add(link.target())) {
                set.append(",\n    ").append(id(link.target())).append(" = NULL");
            }
        }
        return set.toString();
    }

    private static Table storage(Model model, String table) {
        return model.storage().findStored(table).orElseThrow();
    }

    private static String list(List<Pair> pairs, String between, Function<Pair, String> each) {
        return pairs.stream().map(each).collect(Collectors.joining(between));
    }
}
