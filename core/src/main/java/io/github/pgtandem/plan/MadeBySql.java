package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Indexes, constraints and statistics that SQL of the author's has made on a table in flight. Its version has them from
 * then on, so that later migrations carry them, and nobody takes them for made by hand.
 */
public final class MadeBySql {

    private final Model after;
    private final String migration;
    private final List<String> lost = new ArrayList<>();

    private MadeBySql(Model after, String migration) {
        this.after = after;
        this.migration = migration;
    }

    /**
     * The model with what is there now and was not before.
     *
     * @param after the model that the expand leads to
     * @param before the tables as they were before the SQL
     * @param now the same with what hangs by now on those in flight
     * @throws PgTandemException where complete would drop it with a column whose place another one takes
     */
    public static Model learned(Model after, Schema before, Schema now, String migration) {
        return new MadeBySql(after.storing(now), migration).learned(before);
    }

    private Model learned(Schema before) {
        Version version = after.find(migration).orElseThrow();
        Schema tables = version.tables();
        for (Table now : after.storage().tables().values()) {
            Table was = before.findStored(now.stored()).orElse(null);
            Table seen = tables.findStored(now.stored()).orElse(null);
            // A table that is in nobody's flight is seen as it is stored.
            if (was != null && seen != null && seen != now) {
                tables = tables.with(learned(seen, was, now));
            }
        }
        if (!lost.isEmpty()) {
            throw new PgTandemException(
                    "sql of " + migration + " has made what complete would drop with a column of older versions: "
                            + String.join("; ", lost) + ".",
                    "Make it with an operation instead, as create_index, behind the one that replaces the column; or ship"
                            + " the sql in a migration before that one; or give it onComplete: true.");
        }
        Schema seen = tables;
        return after.mapVersions(v -> v.name().equals(migration) ? v.seeing(seen) : v);
    }

    private Table learned(Table seen, Table was, Table now) {
        List<Index> indexes = plus(
                seen.indexes(),
                was.indexes(),
                now.indexes(),
                Index::stored,
                i -> stays("index", i.stored(), i.columns(), seen));
        List<Constraint> constraints = plus(
                seen.constraints(),
                was.constraints(),
                now.constraints(),
                Constraint::stored,
                c -> stays("constraint", c.stored(), c.columns(), seen));
        List<Statistics> statistics = plus(
                seen.statistics(),
                was.statistics(),
                now.statistics(),
                Statistics::stored,
                s -> stays("statistics", s.stored(), s.columns(), seen));
        return seen.withIndexes(indexes).withConstraints(constraints).withStatistics(statistics);
    }

    /** What a version sees, and what is new. */
    private static <T> List<T> plus(
            List<T> seen, List<T> was, List<T> now, Function<T, String> stored, Function<T, Boolean> stays) {
        List<T> next = new ArrayList<>(seen);
        for (T each : now) {
            if (!was.contains(each) && stays.apply(each)) {
                next.removeIf(old -> stored.apply(old).equals(stored.apply(each)));
                next.add(each);
            }
        }
        return next;
    }

    /** Whether the version has every column of it; notes it where one goes at complete. */
    private boolean stays(String kind, String stored, List<String> columns, Table seen) {
        List<String> others =
                columns.stream().filter(c -> seen.findStored(c).isEmpty()).toList();
        // A column that the SQL itself has made is none of ours to drop.
        others.stream()
                .filter(c -> isOurs(seen.stored(), c))
                .map(c -> kind + " " + stored + " uses " + id(after.baseSchema(), seen.stored()) + "." + id(c))
                .filter(l -> !lost.contains(l))
                .forEach(lost::add);
        return others.isEmpty();
    }

    private boolean isOurs(String table, String column) {
        Stream<String> seen = after.versions().stream()
                .flatMap(v -> v.tables().findStored(table).stream())
                .flatMap(t -> t.columns().stream())
                .map(c -> c.stored());
        Stream<String> made = after.versions().stream()
                .flatMap(v -> v.changes().stream())
                .filter(c -> table.equals(c.table()))
                .flatMap(c -> c.columns().stream())
                .map(c -> c.stored());
        return Stream.concat(seen, made).anyMatch(column::equals);
    }
}
