package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.RawSql;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Indexes, constraints and statistics that somebody has made on a table that is in flight. No version knows of them, so
 * nothing has carried them to the columns that take the place of theirs: they would be lost with a column, or hold it.
 */
public final class MadeByHand {

    private final Model model;
    private final List<String> statements;
    private final Predicate<String> isDropped;
    private final Set<String> known = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    private MadeByHand(Model model, Plan plan, Predicate<String> isDropped) {
        this.model = model;
        this.statements =
                plan.steps().stream().flatMap(s -> s.statements().stream()).toList();
        this.isDropped = isDropped;
    }

    /**
     * Those that would go, each with the column or table.
     *
     * @param dropped what the plan drops: tables as {@code "schema"."table"}, columns with {@code ."column"} behind
     */
    public static List<String> lostBy(Plan plan, Model model, Collection<String> dropped) {
        MadeByHand made = new MadeByHand(model, plan, dropped::contains);
        model.versions().forEach(made::know);
        model.storage().tables().values().forEach(made::find);
        return made.found;
    }

    private void know(Version version) {
        for (Table table : version.tables().tables().values()) {
            table.indexes().forEach(i -> known.add(i.stored()));
            table.statistics().forEach(s -> known.add(s.stored()));
            table.constraints().forEach(c -> known.add(constraint(table, c)));
        }
    }

    private void find(Table table) {
        for (Index index : table.indexes()) {
            if (!index.constraint() && isUnknown(index.stored(), index.stored())) {
                lost("index " + index.stored(), table.stored(), index.columns());
            }
        }
        for (Statistics statistics : table.statistics()) {
            if (isUnknown(statistics.stored(), statistics.stored())) {
                lost("statistics " + statistics.stored(), table.stored(), statistics.columns());
            }
        }
        for (Constraint constraint : table.constraints()) {
            String what = "constraint " + constraint.stored() + " of table " + table.stored();
            if (isUnknown(constraint(table, constraint), constraint.stored())) {
                lost(what, table.stored(), constraint.columns());
            }
            // The table that it is on may be in nobody's flight, and so known as it is.
            if (constraint.references() != null
                    && constraint.references().schema().equals(model.baseSchema())
                    && !isDropped(table, constraint)) {
                String referenced = constraint.references().table();
                lost(what, referenced, constraint.references().columns());
                lost(what, id(model.baseSchema(), referenced));
            }
        }
    }

    private boolean isDropped(Table table, Constraint constraint) {
        String of = id(model.baseSchema(), table.stored());
        return isDropped.test(of)
                || constraint.columns().stream().anyMatch(c -> isDropped.test(of + "." + id(c)))
                || statements.stream()
                        .anyMatch(s ->
                                s.contains(of) && s.contains("DROP CONSTRAINT") && s.contains(id(constraint.stored())));
    }

    private void lost(String what, String table, List<String> columns) {
        columns.forEach(c -> lost(what, id(model.baseSchema(), table) + "." + id(c)));
    }

    private void lost(String what, String with) {
        if (isDropped.test(with)) {
            found.add(what + " uses " + with);
        }
    }

    /** What no version sees may be ours all the same: a later operation may have taken it away again. */
    private boolean isUnknown(String key, String stored) {
        return !known.contains(key)
                && model.versions().stream()
                        .flatMap(v -> v.changes().stream())
                        .filter(c -> !(c instanceof RawSql))
                        .flatMap(c -> c.expand(model.baseSchema()).stream())
                        .map(Statement::sql)
                        .noneMatch(sql -> sql.contains(id(stored)));
    }

    private static String constraint(Table table, Constraint constraint) {
        return table.stored() + "." + constraint.stored();
    }
}
