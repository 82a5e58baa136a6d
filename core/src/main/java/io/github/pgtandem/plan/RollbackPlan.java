package io.github.pgtandem.plan;

import io.github.pgtandem.Act;
import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.MovedColumns;
import io.github.pgtandem.change.NewTable;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.RawSql;
import io.github.pgtandem.change.ShadowColumn;
import io.github.pgtandem.change.Stage;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.change.Statement.Mode;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Plans a rollback down to a version, also of an expand that did not get to its end. */
public final class RollbackPlan {

    private final Model before;
    private final Version to;
    private final List<Version> removed;
    private final Predicate<Change> done;
    private final Set<String> answering;
    private final List<Retired> standing;
    private final Set<String> bare;
    private final List<MoveTriggers> moving = new ArrayList<>();
    private final Steps steps = new Steps();

    private RollbackPlan(
            Model before,
            Version to,
            Predicate<Change> done,
            Set<String> answering,
            List<Retired> standing,
            Set<String> bare) {
        this.before = before;
        this.to = to;
        List<Version> above = before.versions()
                .subList(before.position(to.name()) + 1, before.versions().size());
        this.removed = new ArrayList<>(above);
        java.util.Collections.reverse(this.removed);
        this.removed.forEach(v -> moving.addAll(MoveTriggers.of(before, v)));
        this.done = done;
        this.answering = answering;
        this.standing = standing;
        this.bare = bare;
    }

    /**
     * The plan.
     *
     * @param before the model as it is, or would be had the expand come to its end
     * @param to a live version
     * @param done tells the changes that expand has begun
     * @param answering versions whose schema stays and answers with errors, as instances of them are alive
     * @param bare tables that older versions go on using directly
     */
    public static Plan of(Model before, String to, Predicate<Change> done, Set<String> answering, Set<String> bare) {
        // No name changes on the way, and what SQL of a newer version leaves behind is known of it only.
        return parts(before, to, done, answering, List.of(), bare).knowing(before);
    }

    /**
     * The same for an expand that has not come so far that instances could be pinned to its version. Which of the errors that
     * closed versions answer with are there is not known then; afterwards all are. If its own version was closed before, with
     * instances alive, it is one of them.
     *
     * @param current the model before the expand
     */
    public static Plan ofUnserved(Model current, Model before, String to, Predicate<Change> done, Set<String> bare) {
        List<Retired> standing = new ArrayList<>();
        Set<String> answering = new HashSet<>();
        for (Retired retired : current.retired()) {
            Retired planned = ExpandPlan.tombstones(retired, current, before);
            List<String> own = before.versions().stream()
                    .filter(v -> retired.schema().equals(v.schema()))
                    .map(Version::name)
                    .toList();
            answering.addAll(own);
            // Those that stood before are there, and may be used by somebody.
            standing.add(own.isEmpty() ? planned.minus(retired) : planned);
        }
        return parts(before, to, done, answering, standing, bare).knowing(before);
    }

    private static Plan parts(
            Model before,
            String to,
            Predicate<Change> done,
            Set<String> answering,
            List<Retired> standing,
            Set<String> bare) {
        List<Version> versions = before.versions();
        // SQL that takes something back is to find it as its migration has made it.
        for (int i = versions.size() - 2; i > before.position(to); i--) {
            if (versions.get(i).changes().stream().anyMatch(c -> runsSql(c, before) && done.test(c))) {
                Plan newer = parts(before, versions.get(i).name(), done, answering, standing, bare);
                return newer.then(parts(newer.after(), to, done, answering, standing, bare));
            }
        }
        return new RollbackPlan(before, before.find(to).orElseThrow(), done, answering, standing, bare).plan();
    }

    private static boolean runsSql(Change change, Model model) {
        return change instanceof RawSql && !change.rollback(model.baseSchema()).isEmpty();
    }

    private Plan plan() {
        Model after = after();
        // They read what goes now.
        List<String> objects = new ArrayList<>();
        standing.stream().filter(this::isRemoved).forEach(r -> objects.addAll(r.dropsOfObjects()));
        standing(after, "").stream()
                .filter(s -> isRemoved(s.retired()))
                .forEach(s -> objects.add(s.tombstone().drop(s.retired().schema())));
        objects.addAll(StandingObjects.change(before, after));
        steps.together(
                removed.isEmpty() ? to.name() : removed.get(0).name(),
                Stage.SETTLE,
                null,
                "close views and functions of newer versions",
                objects);
        foreignKeys();
        outsideTables(RawSql.class::isInstance, Stage.SETTLE);
        outsideTables(c -> !(c instanceof RawSql), Stage.SETTLE);
        for (String table : tables()) {
            table(table, after);
        }
        List<String> last = new ArrayList<>();
        steps.together(
                to.name(),
                Stage.SETTLE,
                null,
                "drop enum types",
                EnumNames.statements(altered(), e -> e.rollback(before.baseSchema())));
        steps.together(
                to.name(),
                Stage.SETTLE,
                null,
                "take back enum types",
                EnumNames.statements(leftBehind(), AlteredEnum::unserve));
        for (Version version : removed) {
            if (version.schema() != null && !answering.contains(version.name())) {
                last.add(VersionSchema.drop(version.schema()));
            }
        }
        last.addAll(MoveTriggers.refreshed(before, after));
        steps.last(to.name(), Stage.SETTLE, "go back to version " + to.name(), last);
        List<String> names = new ArrayList<>(removed.stream().map(Version::name).toList());
        java.util.Collections.reverse(names);
        return new Plan(Act.ROLLBACK, names, steps.list(), after.normalized());
    }

    /** A foreign key to a column or key that is going would hold it; it goes first. */
    private void foreignKeys() {
        for (Version version : removed) {
            reversed(version.changes()).stream()
                    .filter(this::holds)
                    .filter(done)
                    .forEach(change -> {
                        List<String> drop = change.rollback(before.baseSchema()).stream()
                                .map(Statement::sql)
                                .toList();
                        steps.together(
                                version.name(), Stage.SETTLE, change.table(), "do not " + change.describe(), drop);
                    });
        }
    }

    private boolean holds(Change change) {
        return change instanceof PendingForeignKey foreign
                && removed.stream()
                        .flatMap(v -> v.changes().stream())
                        .anyMatch(c -> !(c instanceof PendingForeignKey)
                                && c.table() != null
                                && foreign.key().leadsTo(before.baseSchema(), String.valueOf(c.table())));
    }

    private void outsideTables(Predicate<Change> which, Stage stage) {
        for (Version version : removed) {
            reversed(version.changes()).stream().filter(which.and(done)).forEach(change -> {
                List<Statement> own = change.rollback(before.baseSchema()).stream()
                        .filter(s -> s.mode() != Mode.TOGETHER)
                        .toList();
                steps.separately(version.name(), change, stage, own);
            });
        }
    }

    private void table(String table, Model after) {
        Views.ViewChange views = Views.change(before, after, table, table, bare);
        List<String> statements = new ArrayList<>(views.drops());
        List<Stands> stand = standing(after, table);
        stand.forEach(s -> statements.add(s.tombstone().drop(s.retired().schema())));
        // What a cut-short expand left is not known: each statement takes what is there, also a trigger for filling
        // only.
        Set<String> filling = removed.stream().map(Version::name).collect(Collectors.toSet());
        SyncTrigger trigger = new SyncTrigger(before, table, filling);
        boolean created = removed.stream().anyMatch(v -> creates(v, table));
        if (!created) {
            SyncTrigger next = new SyncTrigger(after, table, Set.of());
            List<String> written = next.replacing(trigger);
            // The one for filling has no branch for the versions that go either, and yet need not be the one there.
            statements.addAll(written.isEmpty() ? next.replacing(new SyncTrigger(before, table, Set.of())) : written);
        } else if (trigger.isNeeded()) {
            statements.addAll(new SyncTrigger(after.withoutLinks(table), table, Set.of()).replacing(trigger));
        }
        // Before the columns that they name; and together, as older versions could not delete rows while those are
        // there that were made for them.
        List<MoveTriggers> moves =
                moving.stream().filter(m -> m.concerns(table)).toList();
        moves.forEach(m -> {
            statements.addAll(m.dropForth());
            statements.addAll(m.dropBack());
        });
        moving.removeAll(moves);
        for (Version version : removed) {
            for (Change change : reversed(version.changes())) {
                if (table.equals(change.table()) && done.test(change) && !holds(change)) {
                    change.rollback(before.baseSchema()).stream()
                            .filter(s -> s.mode() == Mode.TOGETHER)
                            .forEach(s -> statements.add(s.sql()));
                }
            }
        }
        statements.addAll(views.creates());
        stand.stream()
                .flatMap(s ->
                        s.tombstone().create(before.baseSchema(), s.retired().schema()).stream())
                .filter(s -> !views.creates().contains(s))
                .forEach(statements::add);
        String of = removed.stream()
                .filter(v -> v.changes().stream().anyMatch(c -> table.equals(c.table())))
                .reduce((first, second) -> second)
                .orElse(removed.get(removed.size() - 1))
                .name();
        steps.together(of, Stage.SETTLE, table, "clear table " + table, statements);
    }

    /** A tombstone that may be there already, under its name. */
    private record Stands(Retired retired, Tombstone tombstone) {}

    private List<Stands> standing(Model after, String source) {
        return after.retired().stream()
                .flatMap(r -> r.tombstones().stream()
                        .filter(t -> t.source().equals(source) && mayStand(r, t))
                        .map(t -> new Stands(r, t)))
                .toList();
    }

    private boolean mayStand(Retired retired, Tombstone tombstone) {
        return standing.stream()
                .filter(s -> s.schema().equals(retired.schema()))
                .anyMatch(s -> isRemoved(s) || s.answersFor(tombstone.name()));
    }

    private boolean isRemoved(Retired retired) {
        return removed.stream().anyMatch(v -> retired.schema().equals(v.schema()));
    }

    private static boolean creates(Version version, String table) {
        return version.changes().stream().anyMatch(c -> c instanceof NewTable && table.equals(c.table()));
    }

    private Set<String> tables() {
        Set<String> tables = new LinkedHashSet<>();
        // Newest first, so that a table goes before the one that it references.
        for (Version version : removed) {
            for (Change change : reversed(version.changes())) {
                if (change instanceof MovedColumns move && move.created()) {
                    tables.add(move.to());
                }
                if (change.table() != null) {
                    tables.add(change.table());
                }
            }
            version.links().forEach(l -> tables.add(l.table()));
        }
        tables.addAll(before.touched());
        return tables;
    }

    private List<AlteredEnum> altered() {
        return removed.stream().flatMap(v -> EnumsInFlight.of(v).stream()).toList();
    }

    /** Types of versions that stay, in the schema of one that goes. */
    private List<AlteredEnum> leftBehind() {
        return before.versions().subList(0, before.position(to.name()) + 1).stream()
                .flatMap(v -> EnumsInFlight.of(v).stream())
                .filter(e -> removed.stream().anyMatch(v -> e.place().equals(v.schema())))
                .toList();
    }

    private Model after() {
        Schema storage = before.storage();
        for (Version version : removed) {
            for (Change change : reversed(version.changes())) {
                storage = without(storage, change);
            }
        }
        List<Retired> retired = new ArrayList<>(before.retired());
        for (Version version : removed) {
            if (version.schema() != null && answering.contains(version.name())) {
                Retired closed = answering(version);
                retired.add(standing.stream()
                        .filter(r -> r.schema().equals(closed.schema()))
                        .findFirst()
                        .map(closed::beside)
                        .orElse(closed));
            }
        }
        Model after =
                before.storing(storage).keeping(before.versions().subList(0, before.position(to.name()) + 1), retired);
        return EnumNames.unserved(EnumNames.rolledBack(after, altered()), leftBehind());
    }

    private static Schema without(Schema storage, Change change) {
        Optional<Table> table = storage.findStored(String.valueOf(change.table()));
        if (table.isPresent() && change instanceof NewTable) {
            return storage.without(table.get());
        }
        if (table.isPresent() && change instanceof ShadowColumn shadow) {
            Table old = table.get();
            return old.findStored(shadow.column().stored())
                    .map(c -> storage.with(old.minus(c)))
                    .orElse(storage);
        }
        return storage;
    }

    private Retired answering(Version version) {
        String message = "schema version " + version.name() + " was removed by rolling back to " + to.name();
        Retired retired = StandingObjects.closed(
                before, version, Retired.of(version.name(), String.valueOf(version.schema()), message));
        for (String table : before.touched()) {
            Optional<Table> seen = version.tables().findStored(table);
            if (seen.isPresent()) {
                retired = retired.plus(Tombstone.of(seen.get(), message));
            }
        }
        return retired;
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        java.util.Collections.reverse(reversed);
        return reversed;
    }
}
