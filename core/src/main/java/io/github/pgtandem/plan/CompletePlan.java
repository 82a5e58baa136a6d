package io.github.pgtandem.plan;

import io.github.pgtandem.Act;
import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.NewTable;
import io.github.pgtandem.change.PendingCheck;
import io.github.pgtandem.change.PendingUnique;
import io.github.pgtandem.change.RawSql;
import io.github.pgtandem.change.Renames;
import io.github.pgtandem.change.ShadowColumn;
import io.github.pgtandem.change.Stage;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.change.Statement.Mode;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans a complete up to a version. */
public final class CompletePlan {

    private final Model before;
    private final Version to;
    private final List<Version> completed;
    private final Set<String> bare;
    private final Steps steps = new Steps();

    private CompletePlan(Model before, Version to, Set<String> bare) {
        this.before = before;
        this.to = to;
        this.completed = before.versions().subList(1, before.position(to.name()) + 1);
        this.bare = bare;
    }

    /**
     * The plan.
     *
     * @param to a version above the base version
     * @param bare tables that older versions go on using directly
     */
    public static Plan of(Model before, String to, Set<String> bare) {
        Plan first = firstOf(before, to, bare);
        return first.after().base().name().equals(to) ? first : first.then(of(first.after(), to, bare));
    }

    /** Its first part: SQL of a migration in between is to find the tables in the shape of that migration. */
    public static Plan firstOf(Model before, String to, Set<String> bare) {
        Version end = before.versions().subList(1, before.position(to)).stream()
                .filter(v -> v.changes().stream().anyMatch(c -> runsSql(c, before)))
                .findFirst()
                .orElseGet(() -> before.find(to).orElseThrow());
        return new CompletePlan(before, end, bare).plan();
    }

    private static boolean runsSql(Change change, Model model) {
        return change instanceof RawSql && !change.complete(model.baseSchema()).isEmpty();
    }

    private Plan plan() {
        Map<String, Settlement> settlements = new LinkedHashMap<>();
        ordered().forEach(t -> settlements.put(t, Settlement.of(before, to, t)));
        // Where one version is left it sees what is stored, also a column that somebody has added by hand.
        Model after =
                EnumNames.released(after(settlements), altered(), keeper()).normalized();
        stopMoving();
        // They read columns that go now, and a retired version reads nothing.
        steps.together(
                to.name(),
                Stage.SETTLE,
                null,
                "close views and functions of older versions",
                StandingObjects.change(before, after));
        settlements.forEach((table, settlement) -> {
            List<String> statements = settlement.leadingTo(settlements.values()).stream()
                    .map(c -> PendingCheck.drop(before.baseSchema(), table, c.stored())
                            .sql())
                    .toList();
            steps.together(migration(table), Stage.SETTLE, table, "drop foreign keys of " + table, statements);
        });
        Model soFar = before;
        List<RemadeForeignKey> remade = new ArrayList<>(RemadeForeignKey.of(before, to, settlements.values()));
        for (Map.Entry<String, Settlement> each : settlements.entrySet()) {
            Settlement settlement = each.getValue();
            Model next = named(soFar, settlement);
            List<RemadeForeignKey> now = remade.stream()
                    .filter(r -> r.settled().equals(each.getKey()))
                    .toList();
            settle(settlement, after, now, MoveTriggers.refreshed(staying(soFar), staying(next)));
            remade.replaceAll(r -> r.after(settlement));
            soFar = next;
        }
        remade.forEach(r -> r.validate(steps, to, before.baseSchema()));
        enums(after, settlements.keySet());
        for (Version version : completed) {
            for (Change change : version.changes()) {
                List<Statement> own = change.renamed(renames(settlements, change)).complete(after.baseSchema()).stream()
                        .filter(s -> s.mode() != Mode.TOGETHER)
                        .toList();
                steps.separately(version.name(), change, Stage.SETTLE, own);
            }
        }
        steps.last(
                to.name(),
                Stage.SETTLE,
                "make version " + to.name() + " the base version",
                MoveTriggers.refreshed(staying(soFar), after));
        List<String> names = completed.stream().map(Version::name).toList();
        return new Plan(Act.COMPLETE, names, steps.list(), EnumNames.completed(after, altered(), keeper()))
                .knowing(before);
    }

    private List<AlteredEnum> altered() {
        return completed.stream().flatMap(v -> EnumsInFlight.of(v).stream()).toList();
    }

    /** When no column is of the old types any more. */
    private void enums(Model after, Set<String> tables) {
        List<String> statements = new ArrayList<>(EnumNames.tombstones(before, after, tables));
        statements.addAll(EnumNames.statements(altered(), e -> e.complete(isServed(e), keeper())));
        if (!altered().isEmpty()) {
            steps.together(to.name(), Stage.SETTLE, null, "settle enum types", statements);
        }
    }

    /** The schema of the newest closing version: it keeps the old types, as its tombstones have columns of them. */
    private @Nullable String keeper() {
        String keeper = null;
        for (Version version : before.versions().subList(0, before.position(to.name()))) {
            keeper = version.schema() == null ? keeper : version.schema();
        }
        return keeper;
    }

    private boolean isServed(AlteredEnum altered) {
        return before.versions().stream().anyMatch(v -> altered.place().equals(v.schema()));
    }

    private static Renames renames(Map<String, Settlement> settlements, Change change) {
        Settlement settlement = settlements.get(String.valueOf(change.table()));
        return settlement == null ? Renames.none("") : settlement.renames();
    }

    /** Nobody reads any more what newer versions' writes would be carried back to. */
    private void stopMoving() {
        moves().forEach(m -> steps.separately(m.migration(), m.move(), Stage.SETTLE, m.refusalOfComplete()));
        for (MoveTriggers move : moves()) {
            steps.separately(move.migration(), move.move(), Stage.SETTLE, List.of(move.sweep()));
            steps.together(
                    move.migration(),
                    Stage.SETTLE,
                    move.move().to(),
                    "do not carry columns back to " + move.move().from(),
                    move.dropBack());
        }
    }

    private List<MoveTriggers> moves() {
        return completed.stream()
                .flatMap(v -> MoveTriggers.of(before, v).stream())
                .toList();
    }

    /** A model once one more table has its final names. */
    private static Model named(Model model, Settlement settlement) {
        return settlement.seen().isEmpty()
                ? model
                : model.storing(Settlement.renamed(model.storage(), settlement.renames()))
                        .mapVersions(v -> v.renamed(settlement.renames()));
    }

    /** A model without what the completed versions have brought. */
    private Model staying(Model model) {
        return model.mapVersions(v -> completed.stream().anyMatch(c -> c.name().equals(v.name())) ? v.settled() : v);
    }

    private void settle(Settlement settlement, Model after, List<RemadeForeignKey> remade, List<String> moving) {
        String table = settlement.storage().stored();
        String name = settlement.renames().to();
        Views.ViewChange views = Views.change(before, after, table, name, bare);
        List<String> statements = new ArrayList<>(views.drops());
        remade.forEach(r -> statements.addAll(r.drop(before.baseSchema())));
        SyncTrigger trigger = new SyncTrigger(before, table, Set.of());
        moves().stream().filter(m -> m.move().from().equals(table)).forEach(m -> statements.addAll(m.dropForth()));
        if (settlement.seen().isEmpty()) {
            statements.addAll(new SyncTrigger(after.withoutLinks(table), table, Set.of()).replacing(trigger));
            statements.addAll(settlement.statements());
        } else {
            // The trigger goes in the same transaction as the columns it uses.
            boolean stays = new SyncTrigger(after, name, Set.of()).isNeeded();
            statements.addAll(stays ? trigger.lifted() : new SyncTrigger(after, table, Set.of()).replacing(trigger));
            statements.addAll(leaving(table));
            statements.addAll(settlement.statements());
            if (stays) {
                statements.addAll(new SyncTrigger(after, name, Set.of()).puttingBack(trigger));
            }
            statements.addAll(closing(table, settlement.renames()));
            remade.forEach(r -> statements.addAll(r.add(before.baseSchema(), settlement.renames())));
            statements.addAll(settlement.names());
        }
        statements.addAll(moving);
        statements.addAll(views.creates());
        steps.together(migration(table), Stage.SETTLE, table, "settle table " + name, statements);
    }

    /** What the changes of the completed migrations do while the old columns are there. */
    private List<String> leaving(String table) {
        return completed.stream()
                .flatMap(v -> v.changes().stream())
                .filter(c -> table.equals(c.table()) && survives(c))
                .flatMap(c -> c.leave(before.baseSchema()).stream())
                .map(Statement::sql)
                .toList();
    }

    /** What the changes of the completed migrations still have to do, in final names. */
    private List<String> closing(String table, Renames renames) {
        List<String> statements = new ArrayList<>();
        for (Version version : completed) {
            for (Change change : version.changes()) {
                // The settlement has dropped a replaced column; its name may be that of the one in its place by now.
                boolean settled = change instanceof ShadowColumn && !survives(change);
                if (table.equals(change.table()) && !settled) {
                    Change last = change.renamed(renames);
                    // What a later migration of the same complete has replaced is cleared away.
                    List<Statement> own =
                            survives(change) ? last.complete(before.baseSchema()) : last.rollback(before.baseSchema());
                    own.stream().filter(s -> s.mode() == Mode.TOGETHER).forEach(s -> statements.add(s.sql()));
                    unused(change).ifPresent(statements::add);
                }
            }
        }
        return statements;
    }

    /** An index over columns that stay, whose constraint a later migration of the same complete has dropped. */
    private Optional<String> unused(Change change) {
        if (!(change instanceof PendingUnique unique) || survives(change)) {
            return Optional.empty();
        }
        return Optional.of("DROP INDEX IF EXISTS "
                + Identifiers.id(before.baseSchema(), unique.index().stored()));
    }

    private boolean survives(Change change) {
        return to.tables()
                .findStored(String.valueOf(change.table()))
                .filter(change::isSeenIn)
                .isPresent();
    }

    private String migration(String table) {
        return completed.stream()
                .filter(v -> v.changes().stream().anyMatch(c -> table.equals(c.table()))
                        || v.links().stream().anyMatch(l -> l.table().equals(table)))
                .findFirst()
                .orElse(to)
                .name();
    }

    private Model after(Map<String, Settlement> settlements) {
        Schema storage = before.storage();
        List<Version> live = new ArrayList<>(before.versions()
                .subList(before.position(to.name()), before.versions().size()));
        live.set(0, live.get(0).settled());
        for (Settlement settlement : settlements.values()) {
            Table old = settlement.storage();
            storage = settlement.after().isPresent()
                    ? Settlement.renamed(storage, settlement.renames())
                            .with(settlement.after().get())
                    : storage.without(old);
            live.replaceAll(v -> v.renamed(settlement.renames()).settled(settlement));
        }
        return before.storing(storage).keeping(live, retired(settlements));
    }

    /** Closing versions answer for every settled table with an error, and so do those closed earlier. */
    private List<Retired> retired(Map<String, Settlement> settlements) {
        List<Retired> all = new ArrayList<>(before.retired());
        for (Version version : before.versions().subList(0, before.position(to.name()))) {
            if (version.schema() != null) {
                String message = "schema version " + version.name() + " was retired by completing " + to.name()
                        + "; this instance is too old";
                all.add(StandingObjects.closed(before, version, Retired.of(version.name(), version.schema(), message)));
            }
        }
        for (String table : settlements.keySet()) {
            all.replaceAll(r -> {
                Version version = before.versions().stream()
                        .filter(v -> r.schema().equals(v.schema()))
                        .findFirst()
                        .orElse(before.base());
                return version.tables()
                        .findStored(table)
                        .filter(t ->
                                r.tombstones().stream().noneMatch(x -> x.name().equals(t.name())))
                        .map(t -> r.plus(Tombstone.of(t, r.message())))
                        .orElse(r);
            });
        }
        return all;
    }

    /** Tables of the completed migrations: those to drop first, each before what it references; then by free names. */
    private List<String> ordered() {
        Set<String> all = new LinkedHashSet<>();
        for (String table : before.touched()) {
            if (before.storage().findStored(table).isPresent() && concerns(table)) {
                all.add(table);
            }
        }
        List<String> ordered = new ArrayList<>();
        Set<String> open = new LinkedHashSet<>(all);
        while (!open.isEmpty()) {
            String next = open.stream()
                    .filter(t -> isFree(t, open))
                    .findFirst()
                    .orElse(open.iterator().next());
            open.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private boolean concerns(String table) {
        Optional<Table> seen = to.tables().findStored(table);
        // A table that one operation made and a later one of the same migration dropped was seen by no version.
        boolean known = before.versions().subList(0, before.position(to.name()) + 1).stream()
                .anyMatch(v -> v.tables().findStored(table).isPresent()
                        || v.changes().stream().anyMatch(c -> c instanceof NewTable && table.equals(c.table())));
        return known
                && (seen.isEmpty()
                        || before.base().tables().findStored(table).orElse(null) != seen.get()
                        || completed.stream()
                                .anyMatch(v -> v.links().stream()
                                        .anyMatch(l -> l.table().equals(table))));
    }

    private boolean isFree(String table, Set<String> open) {
        Optional<Table> seen = to.tables().findStored(table);
        if (seen.isPresent()) {
            String name = seen.get().name();
            return name.equals(table) || !open.contains(name);
        }
        return open.stream()
                .filter(t -> !t.equals(table))
                .map(t -> before.storage().findStored(t).orElseThrow())
                .noneMatch(t -> to.tables().findStored(t.stored()).isEmpty()
                        && t.constraints().stream().anyMatch(c -> c.leadsTo(before.baseSchema(), table)));
    }
}
