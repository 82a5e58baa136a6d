package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.Made.Kind;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Indexes, constraints and statistics that somebody has made on a table that is in flight. No version knows of them, so
 * nothing carries them to the columns that take the place of theirs: they would be lost with a column, or hold it.
 */
public final class MadeByHand {

    private final Model model;
    private final Collection<String> dropped;
    private final List<String> statements;
    private final boolean isGoing;
    private final AuthorsSql authors;
    private final Set<String> known = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    private MadeByHand(Model model, Collection<String> dropped, List<String> statements, boolean isGoing) {
        this.isGoing = isGoing;
        this.model = model;
        this.dropped = dropped;
        this.statements = statements;
        this.authors = AuthorsSql.of(model);
        model.versions().forEach(this::know);
    }

    /**
     * Those that would go, or hold what goes, each with the column or table. What an author's SQL names is not among
     * them, as it may be that SQL's to drop.
     *
     * @param dropped what the plan drops: tables as {@code "schema"."table"}, columns with {@code ."column"} behind
     */
    public static List<String> lostBy(Plan plan, Model model, Collection<String> dropped) {
        List<String> statements =
                plan.steps().stream().flatMap(s -> s.statements().stream()).toList();
        return new MadeByHand(model, dropped, statements, true).find();
    }

    /**
     * The same for a step that is about to drop columns, of what is on its table by then.
     *
     * @param running the model that holds until the act ends
     */
    public static List<String> lostBy(Step step, Model running, Table now, Collection<String> dropped) {
        Schema only = new Schema(running.baseSchema(), Map.of(now.stored(), now), Set.of());
        MadeByHand hand = new MadeByHand(running.storing(only), dropped, step.statements(), true);
        for (Kind kind : Kind.values()) {
            String prefix = kind + " ";
            Objects.requireNonNull(step.known()).stream()
                    .filter(k -> k.startsWith(prefix))
                    .forEach(k -> hand.known.add(key(kind, now.stored(), k.substring(prefix.length()))));
        }
        return hand.find();
    }

    /** Steps with what is known of the table whose columns they drop. */
    static List<Step> known(List<Step> steps, Model before) {
        MadeByHand hand = new MadeByHand(before, List.of(), List.of(), true);
        return steps.stream()
                .map(s -> s.known() == null && s.table() != null && dropsColumn(s)
                        ? s.knowing(hand.knownOf(s.table()))
                        : s)
                .toList();
    }

    private static boolean dropsColumn(Step step) {
        return step.statements().stream().anyMatch(s -> s.contains(" DROP COLUMN "));
    }

    private List<String> knownOf(String table) {
        List<String> names = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String prefix = key(kind, table, "");
            known.stream()
                    .filter(k -> k.startsWith(prefix))
                    .sorted()
                    .forEach(k -> names.add(kind + " " + k.substring(prefix.length())));
        }
        return names;
    }

    /** Those over a column whose place another one takes, which would not be carried to it; an author's SQL's, too. */
    public static List<String> notCarried(Model before, Model after) {
        Set<String> replaced = new LinkedHashSet<>();
        for (Version version : after.versions()) {
            boolean added = before.find(version.name()).isEmpty();
            version.links().stream()
                    .filter(l -> added && l.direction() == Direction.DOWN && isAltered(l, version))
                    .forEach(l -> replaced.add(id(before.baseSchema(), l.table()) + "." + id(l.target())));
        }
        return new MadeByHand(before, replaced, List.of(), false).find();
    }

    /** Whether one column has come out of the one, and goes back to it. */
    private static boolean isAltered(Link down, Version version) {
        return version.links().stream()
                .anyMatch(up -> up.direction() == Direction.UP
                        && up.table().equals(down.table())
                        && up.expression().columns().equals(Set.of(down.target()))
                        && down.expression().columns().equals(Set.of(up.target())));
    }

    private void know(Version version) {
        for (Table table : version.tables().tables().values()) {
            String of = table.stored();
            table.indexes().forEach(i -> known.add(key(Kind.INDEX, of, i.stored())));
            table.statistics().forEach(s -> known.add(key(Kind.STATISTICS, of, s.stored())));
            table.constraints().forEach(c -> known.add(key(Kind.CONSTRAINT, of, c.stored())));
        }
        // What no version sees may be ours all the same: a later operation may have taken it away again.
        for (Change change : version.changes()) {
            change.makes().forEach(m -> known.add(key(m.kind(), String.valueOf(change.table()), m.stored())));
        }
    }

    private static String key(Kind kind, String table, String stored) {
        return kind + " " + table + "." + stored;
    }

    private List<String> find() {
        for (Table table : model.storage().tables().values()) {
            for (Index index : table.indexes()) {
                if (!index.constraint() && isUnknown(Kind.INDEX, table, index.stored())) {
                    lost("index " + index.stored(), table.stored(), index.columns());
                }
            }
            for (Statistics statistics : table.statistics()) {
                if (isUnknown(Kind.STATISTICS, table, statistics.stored())) {
                    lost("statistics " + statistics.stored(), table.stored(), statistics.columns());
                }
            }
            for (Constraint constraint : table.constraints()) {
                String what = "constraint " + constraint.stored() + " of table " + table.stored();
                if (isUnknown(Kind.CONSTRAINT, table, constraint.stored())) {
                    lost(what, table.stored(), constraint.columns());
                }
                if (isGoing && constraint.references() != null && isLeading(table, constraint)) {
                    leading(what, constraint);
                }
            }
        }
        return found;
    }

    /** What a foreign key that nobody here knows of leads to cannot be dropped. */
    private void leading(String what, Constraint key) {
        Schema storage = model.storage();
        storage.tables().values().stream()
                .filter(t -> key.leadsTo(storage.name(), t.stored()))
                .forEach(t -> {
                    lost(what, t.stored(), key.references().columns());
                    lost(what, id(storage.name(), t.stored()));
                });
    }

    /** Of a table that is in nobody's flight everything counts as known; what was there before the expand is carried. */
    private boolean isLeading(Table table, Constraint key) {
        boolean untouched = !model.touched().contains(table.stored());
        String of = id(model.baseSchema(), table.stored());
        return (untouched || isUnknown(Kind.CONSTRAINT, table, key.stored()))
                && !authors.makesOrDrops(table.stored())
                && !authors.names(key.stored())
                && !isDropped(table, key)
                && !dropped.contains(of)
                && key.columns().stream().noneMatch(c -> dropped.contains(of + "." + id(c)));
    }

    private boolean isDropped(Table table, Constraint constraint) {
        return statements.stream()
                .anyMatch(s -> s.contains(id(model.baseSchema(), table.stored()))
                        && s.contains("DROP CONSTRAINT")
                        && s.contains(id(constraint.stored())));
    }

    private void lost(String what, String table, List<String> columns) {
        columns.forEach(c -> lost(what, id(model.baseSchema(), table) + "." + id(c)));
    }

    private void lost(String what, String with) {
        if (dropped.contains(with)) {
            found.add(what + " uses " + with);
        }
    }

    private boolean isUnknown(Kind kind, Table table, String stored) {
        return !known.contains(key(kind, table.stored(), stored)) && !(isGoing && authors.names(stored));
    }
}
