package io.github.pgtandem.plan;

import io.github.pgtandem.Act;
import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.MovedColumns;
import io.github.pgtandem.change.NewTable;
import io.github.pgtandem.change.RawSql;
import io.github.pgtandem.change.Stage;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans the expand of several migrations as one. */
public final class ExpandPlan {

    private final Model before;
    private final Model filling;
    private final Model served;
    private final List<Version> added;
    private final Set<String> addedNames;
    private final Set<String> bare;
    private final boolean early;
    private final Steps steps = new Steps();

    private ExpandPlan(Model before, List<Version> added, Set<String> bare, boolean early) {
        this.before = before;
        this.added = added;
        this.bare = bare;
        this.addedNames = added.stream().map(Version::name).collect(java.util.stream.Collectors.toSet());
        Schema storage = before.storage();
        for (Version version : added) {
            for (Change change : version.changes()) {
                storage = change.applied(storage);
            }
        }
        this.filling = before.storing(storage).plus(added).retiring((r, model) -> tombstones(r, before, model));
        // A version that was closed and is made again answers with errors until its views are there.
        this.served = filling.keepingRetired(r -> !r.schema().equals(target().schema()));
        this.early = early && canOpenEarly();
    }

    /**
     * The plan.
     *
     * @param behind migrations of later parts of the release, of which only SQL of the author's can be looked at
     * @param serve whether the last migration's version gets a schema, for instances to be pinned to
     * @param bare tables that older versions go on using directly
     * @param early whether instances may be pinned to that version as soon as the translations work, before rows are
     *     filled; nothing comes of it where none are, or where {@link #canOpenEarly()} says otherwise
     * @throws io.github.pgtandem.InvalidMigrationException with every operation that does not fit or does not compile
     */
    public static Plan of(
            Model before,
            List<ParsedMigration> migrations,
            List<ParsedMigration> behind,
            Compiler compiler,
            boolean serve,
            Set<String> bare,
            boolean early) {
        List<ParsedMigration> release = new ArrayList<>(migrations);
        release.addAll(behind);
        String place = Identifiers.versionSchema(
                before.baseSchema(), release.get(release.size() - 1).versionSchema());
        List<Version> added = new ArrayList<>(Fold.versions(before, migrations, place, behind, compiler));
        if (serve) {
            added.set(added.size() - 1, added.get(added.size() - 1).served(place));
        }
        ExpandPlan plan = new ExpandPlan(before, added, bare, early);
        Model after = EnumNames.served(plan.served, plan.enumsToServe());
        return new Plan(
                Act.EXPAND,
                added.stream().map(Version::name).toList(),
                ClosingStatements.beside(plan.plan(), after, bare),
                after);
    }

    /** The plan that makes a live version without a schema one that instances can be pinned to. */
    public static Plan serving(Model before, ParsedMigration of, Set<String> bare) {
        String version = of.name();
        String schema = Identifiers.versionSchema(before.baseSchema(), of.versionSchema());
        List<AlteredEnum> enums = EnumsInFlight.servedWith(before, version, schema);
        Version served = before.find(version).orElseThrow().served(schema).changed(c -> EnumsInFlight.moved(c, enums));
        Model after = before.mapVersions(
                        v -> v.name().equals(version) ? served : v.changed(c -> EnumsInFlight.moved(c, enums)))
                .keepingRetired(r -> !r.schema().equals(schema));
        Steps steps = new Steps();
        List<String> statements =
                new ArrayList<>(VersionSchema.create(after.keeping(after.versions(), before.retired()), served, bare));
        statements.addAll(EnumNames.statements(enums, AlteredEnum::serve));
        for (String table : after.touched()) {
            statements.addAll(
                    new SyncTrigger(after, table, Set.of()).replacing(new SyncTrigger(before, table, Set.of())));
        }
        statements.addAll(MoveTriggers.refreshed(before, after));
        steps.last(version, Stage.VERSION, "serve version " + version, statements);
        return new Plan(Act.EXPAND, List.of(), steps.list(), EnumNames.served(after, enums));
    }

    /** The views of ours that a model has in version schemas, each by its quoted name. */
    public static Set<String> views(Model model, Set<String> bare) {
        Set<String> names = new LinkedHashSet<>();
        for (Version version : model.versions()) {
            if (version.schema() != null) {
                model.touched()
                        .forEach(t -> Views.of(model, version, t, bare)
                                .forEach(v -> names.add(Identifiers.id(version.schema(), v.name()))));
                StandingObjects.of(model, version).forEach(o -> names.add(o.relation()));
            }
        }
        model.retired().forEach(r -> r.tombstones().forEach(t -> names.add(Identifiers.id(r.schema(), t.name()))));
        return names;
    }

    private List<Step> plan() {
        enums();
        storage();
        moving();
        if (early) {
            steps.last(target().name(), Stage.VERSION, "open version " + target().name(), serving());
        }
        fill();
        after(Stage.INDEX);
        after(Stage.CONSTRAINT);
        rawSql();
        steps.last(
                target().name(),
                Stage.VERSION,
                "make version " + target().name() + " live",
                early ? List.of() : serving());
        return steps.list();
    }

    /**
     * Moved columns need their rows, SQL, a view or a function of the author's may need all that there will be, and an enum
     * type goes to the version's schema when the rows are filled. A row whose key is not filled cannot be found, and nobody
     * is told of an UPDATE that finds none.
     */
    private boolean canOpenEarly() {
        boolean fills = added.stream().flatMap(v -> v.links().stream()).anyMatch(l -> l.direction() != Direction.DOWN);
        return fills
                && target().schema() != null
                && StandingObjects.of(filling, target()).isEmpty()
                && enumsToServe().isEmpty()
                && !fillsKeys()
                && added.stream()
                        .flatMap(v -> v.changes().stream())
                        .noneMatch(c -> c instanceof MovedColumns || c instanceof RawSql);
    }

    private boolean fillsKeys() {
        Set<String> keys = new HashSet<>();
        for (Table table : target().tables().tables().values()) {
            table.indexes().stream()
                    .filter(Index::unique)
                    .forEach(i -> i.columns().forEach(c -> keys.add(Identifiers.id(table.stored(), c))));
            for (Constraint constraint : table.constraints()) {
                if (constraint.kind() != Constraint.Kind.CHECK) {
                    constraint.columns().forEach(c -> keys.add(Identifiers.id(table.stored(), c)));
                }
                Reference to = constraint.references();
                if (to != null) {
                    to.columns().forEach(c -> keys.add(Identifiers.id(to.table(), c)));
                }
            }
        }
        return added.stream()
                .flatMap(v -> v.links().stream())
                .anyMatch(l -> l.direction() != Direction.DOWN && keys.contains(Identifiers.id(l.table(), l.target())));
    }

    private Version target() {
        return added.get(added.size() - 1);
    }

    /** Tables in the order in which operations first touch them. */
    private Set<String> tables() {
        Set<String> tables = new LinkedHashSet<>();
        for (Version version : added) {
            version.changes().stream()
                    .filter(c -> c.stage() == Stage.STORAGE && c.table() != null)
                    .forEach(c -> tables.add(String.valueOf(c.table())));
            version.links().forEach(l -> tables.add(l.table()));
        }
        filling.touched().stream().filter(t -> !views(t).isEmpty()).forEach(tables::add);
        return tables;
    }

    private Views.ViewChange views(String table) {
        return Views.change(before, filling, table, table, bare);
    }

    /** Those of the release, whatever part of it they are in. */
    private List<AlteredEnum> enumsToServe() {
        return filling.versions().stream()
                .flatMap(v -> EnumsInFlight.of(v).stream())
                .filter(e -> e.place().equals(filling.newest().schema()))
                .toList();
    }

    private void enums() {
        for (Version version : added) {
            List<String> statements =
                    EnumNames.statements(EnumsInFlight.of(version), e -> e.expand(filling.baseSchema()));
            steps.together(version.name(), Stage.STORAGE, null, "make enum types", statements);
        }
    }

    private void storage() {
        for (String table : tables()) {
            List<String> statements = new ArrayList<>();
            Views.ViewChange views = views(table);
            statements.addAll(views.drops());
            String migration = "";
            for (Version version : added) {
                for (Change change : version.changes()) {
                    if (change.stage() == Stage.STORAGE && table.equals(change.table())) {
                        change.expand(filling.baseSchema()).forEach(s -> statements.add(s.sql()));
                        migration = migration.isEmpty() ? version.name() : migration;
                    }
                }
            }
            statements.addAll(views.creates());
            statements.addAll(new SyncTrigger(filling, table, fillingFor(table), early)
                    .replacing(new SyncTrigger(before, table, Set.of())));
            String of = migration.isEmpty() ? firstWith(table) : migration;
            steps.together(of, Stage.STORAGE, table, describe(table), statements);
        }
    }

    /** Once both tables have the columns. */
    private void moving() {
        for (MoveTriggers move : moves()) {
            MovedColumns columns = move.move();
            steps.together(
                    move.migration(),
                    Stage.SYNC,
                    columns.to(),
                    "carry columns back to " + columns.from(),
                    move.createBack());
            steps.together(
                    move.migration(),
                    Stage.SYNC,
                    columns.from(),
                    "carry columns to " + columns.to(),
                    move.createForth());
        }
    }

    private List<MoveTriggers> moves() {
        return added.stream().flatMap(v -> MoveTriggers.of(filling, v).stream()).toList();
    }

    private String firstWith(String table) {
        return added.stream()
                .filter(v -> v.links().stream().anyMatch(l -> l.table().equals(table)))
                .findFirst()
                .orElse(added.get(added.size() - 1))
                .name();
    }

    private String describe(String table) {
        boolean created = added.stream()
                .flatMap(v -> v.changes().stream())
                .anyMatch(c -> c instanceof NewTable && table.equals(c.table()));
        return (created ? "create table " : "prepare table ") + table;
    }

    /** Migrations with values to compute on a table; empty for a table that is new, as it has no rows. */
    private Set<String> fillingFor(String table) {
        return fills(table).isEmpty() ? Set.of() : addedNames;
    }

    private List<Link> fills(String table) {
        return added.stream()
                .flatMap(v -> v.links().stream())
                .filter(l -> l.table().equals(table) && l.direction() != Direction.DOWN)
                .toList();
    }

    /** What is computed from columns that come from another table waits for them, and goes before it is moved on. */
    private void fill() {
        List<MoveTriggers> moves = moves();
        Map<String, List<Link>> open = new LinkedHashMap<>();
        for (String table : tables()) {
            if (moves.stream().noneMatch(m -> m.move().to().equals(table))) {
                backfill(table, fills(table));
                keepInStep(table);
            } else {
                open.put(table, fills(table));
            }
        }
        for (MoveTriggers move : moves) {
            String from = move.move().from();
            List<Link> first = MoveBackfill.before(move.move(), open.getOrDefault(from, List.of()));
            backfill(from, first);
            open.computeIfPresent(from, (table, links) -> without(links, first));
            moved(move);
        }
        open.forEach((table, links) -> {
            backfill(table, links);
            keepInStep(table);
        });
    }

    private static List<Link> without(List<Link> links, List<Link> done) {
        return links.stream().filter(l -> !done.contains(l)).toList();
    }

    private void moved(MoveTriggers move) {
        MovedColumns columns = move.move();
        String what = columns.created() ? "make rows of " : "fill moved columns of ";
        Backfill backfill = MoveBackfill.of(filling, columns, fills(columns.to()));
        steps.backfill(move.migration(), what + columns.to(), backfill);
        steps.separately(move.migration(), columns, Stage.BACKFILL, List.of(move.sweep()));
        steps.separately(move.migration(), columns, Stage.BACKFILL, move.refusalOfExpand());
    }

    private void backfill(String table, List<Link> links) {
        if (!links.isEmpty()) {
            Table stored = filling.storage().findStored(table).orElseThrow();
            Backfill backfill = Backfill.of(filling, stored, links);
            steps.backfill(links.get(0).migration(), "fill new columns of " + table, backfill);
        }
    }

    private void keepInStep(String table) {
        List<Link> fills = fills(table);
        if (!fills.isEmpty()) {
            steps.together(
                    fills.get(0).migration(),
                    Stage.BACKFILL,
                    table,
                    "keep table " + table + " in step",
                    new SyncTrigger(filling, table, Set.of())
                            .replacing(new SyncTrigger(filling, table, addedNames, early)));
        }
    }

    private void after(Stage stage) {
        for (Version version : added) {
            for (Change change : version.changes()) {
                if (change.stage() == stage) {
                    steps.separately(version.name(), change, stage, change.expand(filling.baseSchema()));
                }
            }
        }
    }

    /** The author's SQL ends a release's segment, so it finds what the operations before it have made. */
    private void rawSql() {
        for (Version version : added) {
            for (Change change : version.changes()) {
                if (change instanceof RawSql) {
                    List<Statement> statements = change.expand(filling.baseSchema());
                    steps.separately(version.name(), change, Stage.STORAGE, statements);
                }
            }
        }
    }

    private List<String> serving() {
        List<String> statements = new ArrayList<>();
        if (target().schema() != null) {
            statements.addAll(VersionSchema.create(filling, target(), bare));
            statements.addAll(EnumNames.statements(enumsToServe(), AlteredEnum::serve));
        }
        statements.addAll(MoveTriggers.refreshed(before, filling));
        // Where a table was in step before, the new version is one more writer of it.
        Set<String> done = tables();
        filling.touched().stream()
                .filter(t -> !done.contains(t))
                .forEach(t -> statements.addAll(
                        new SyncTrigger(filling, t, Set.of()).replacing(new SyncTrigger(before, t, Set.of()))));
        return statements;
    }

    /** A retired version must not use a table in its new shape. */
    static Retired tombstones(Retired retired, Model before, Model model) {
        Retired next = retired;
        for (String table : model.touched()) {
            Table seen = before.base().tables().findStored(table).orElse(null);
            boolean known = next.tombstones().stream()
                    .anyMatch(t -> seen != null && t.name().equals(seen.name()));
            if (seen != null && !known) {
                next = next.plus(Tombstone.of(seen, retired.message()));
            }
        }
        return next;
    }
}
