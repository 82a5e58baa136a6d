package io.github.pgtandem.plan;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.DroppedIndex;
import io.github.pgtandem.change.MovedColumns;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.ShadowColumn;
import io.github.pgtandem.change.Stage;
import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.operation.ByHand;
import io.github.pgtandem.operation.Expansion;
import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.operation.Operation;
import io.github.pgtandem.operation.Sync;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Takes migrations to versions: each operation meets the schema that those before it left. */
final class Fold {

    private final Compiler compiler;
    private final Disturbances disturbances;
    private final Problems problems;
    private final ObjectFold objects;
    private final List<Change> changes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final EnumsInFlight enums;
    private final Map<PendingForeignKey, Origin> keys = new LinkedHashMap<>();
    private final KeysDropped dropped;
    private final ForeignKeysAgain again;

    /** The operation that a change comes from. */
    private record Origin(ParsedOperation parsed, Operation operation) {}

    private Fold(
            Compiler compiler,
            Disturbances disturbances,
            Problems problems,
            ObjectFold objects,
            EnumsInFlight enums,
            ForeignKeysAgain again) {
        this.compiler = compiler;
        this.disturbances = disturbances;
        this.problems = problems;
        this.objects = objects;
        this.enums = enums;
        this.again = again;
        this.dropped = new KeysDropped(compiler, problems);
    }

    /**
     * The versions that migrations make above the newest of a model, in order.
     *
     * @param place the version schema of the release's last migration
     * @param behind those of later parts of the release, of which only SQL of the author's can be looked at
     * @throws io.github.pgtandem.InvalidMigrationException with every operation that does not fit or does not compile
     */
    static List<Version> versions(
            Model model,
            List<ParsedMigration> migrations,
            String place,
            List<ParsedMigration> behind,
            Compiler compiler) {
        List<Version> versions = new ArrayList<>();
        EnumsInFlight enums = new EnumsInFlight(model);
        Schema schema = enums.start(model.newest().tables(), place);
        Disturbances disturbances = new Disturbances(model);
        Problems problems = new Problems();
        enums.refuseOtherRelease(migrations, place, problems);
        // Such a release cannot even be looked at, as it would meet the old types.
        problems.report();
        for (ParsedMigration migration : migrations) {
            List<Schema> older = Stream.concat(model.versions().stream(), versions.stream())
                    .map(Version::tables)
                    .toList();
            ObjectFold objects = new ObjectFold(compiler, migration.name());
            ForeignKeysAgain again = new ForeignKeysAgain(schema, older);
            Fold fold = new Fold(compiler, disturbances, problems, objects, enums, again);
            for (ParsedOperation parsed : migration.operations()) {
                schema = fold.judged(migration, parsed, schema);
            }
            // What else does not compile may only follow from the problems found so far.
            schema = problems.isEmpty() ? fold.objects.end(schema) : schema;
            enums.refuseObjects(schema, migration, problems);
            fold.foreignKeys(schema, fold.dropped.refuseLoose(schema));
            versions.add(new Version(migration.name(), null, schema, fold.needed(schema), fold.links));
        }
        behind.forEach(m -> Scripts.parse(m, compiler, problems));
        problems.report();
        return versions;
    }

    /** The schema after an operation; an operation that fails leaves it as it was, for the next one to be judged. */
    private Schema judged(ParsedMigration migration, ParsedOperation parsed, Schema before) {
        Operation operation;
        try {
            operation = Operation.read(parsed);
        } catch (InvalidInput e) {
            problems.add(e);
            return before;
        }
        Scripts.parse(parsed, compiler, problems);
        try {
            return compiler.attempt(() -> {
                Schema after = add(migration.name(), operation, before);
                disturbances.check(migration.name(), before, after);
                changes.stream()
                        .filter(PendingForeignKey.class::isInstance)
                        .forEach(c -> keys.putIfAbsent((PendingForeignKey) c, new Origin(parsed, operation)));
                dropped.note(parsed, operation, before, after);
                return objects.after(parsed, operation.subject(), before, after);
            });
        } catch (InvalidOperation e) {
            problems.add(parsed, operation, e, before);
            return before;
        }
    }

    private Schema add(String migration, Operation operation, Schema before) {
        enums.next();
        Expansion expansion = again.kept(operation.expand(before));
        if (operation.table() != null) {
            compiler.prepare(before.find(operation.table()).orElseThrow());
        }
        expansion.syncs().stream().filter(s -> s.direction() == Direction.UP).forEach(s -> compiler.prepare(s.scope()));
        expansion.changes().stream()
                .filter(MovedColumns.class::isInstance)
                .flatMap(c -> before.findStored(((MovedColumns) c).to()).stream())
                .forEach(compiler::prepare);
        enums.add(expansion.changes());
        expansion.byHand().stream().filter(ByHand::isProbe).forEach(this::run);
        compile(migration, expansion.syncs(), Direction.UP, before);
        expansion.byHand().stream().filter(h -> !h.isProbe()).forEach(this::run);
        compile(migration, expansion.syncs(), Direction.DOWN, expansion.schema());
        for (Change change : expansion.changes()) {
            define(migration, expansion.schema(), change);
        }
        return ReadColumns.of(compiler, before, expansion.schema());
    }

    /**
     * Both sides of a foreign key have their types only when the whole migration has been read.
     *
     * @param refused those about which something has been said already
     */
    private void foreignKeys(Schema after, Set<Constraint> refused) {
        keys.forEach((change, origin) -> {
            if (refused.contains(change.key())) {
                return;
            }
            Table from =
                    after.findStored(change.table()).filter(change::isSeenIn).orElse(null);
            Reference to = change.key().references();
            if (from == null || to == null || !to.schema().equals(after.name())) {
                return;
            }
            try {
                compiler.attempt(() -> {
                    foreignKey(from, change.key(), after.findStored(to.table()).orElseThrow());
                    return from;
                });
            } catch (InvalidOperation e) {
                problems.add(origin.parsed, origin.operation, e, after);
            }
        });
    }

    private void foreignKey(Table from, Constraint key, Table to) {
        try {
            compiler.foreignKey(from, key, to);
        } catch (CompileFailure e) {
            throw new InvalidOperation(
                    "",
                    "foreign key \"" + key.name() + "\" of table \"" + from.name() + "\": " + e.getMessage(),
                    "Change the columns on both sides of it in one migration.");
        }
    }

    /** Without indexes and constraints that a later operation of the same migration has replaced. */
    private List<Change> needed(Schema after) {
        return changes.stream()
                .filter(c -> c.stage() != Stage.INDEX && c.stage() != Stage.CONSTRAINT
                        || c instanceof DroppedIndex
                        || after.findStored(String.valueOf(c.table()))
                                .filter(c::isSeenIn)
                                .isPresent())
                .toList();
    }

    private void run(ByHand statement) {
        try {
            if (statement.remade() != null) {
                ByHand.Remade remade = statement.remade();
                compiler.remake(remade.table(), remade.columns(), remade.type());
            } else if (statement.retyped() == null) {
                compiler.run(statement.sql());
            } else {
                compiler.retype(
                        statement.retyped().table(),
                        statement.retyped().column(),
                        statement.retyped().type());
            }
        } catch (CompileFailure e) {
            String field = statement.field().replaceFirst("^(.*\\.)?([a-z]\\w*)(\\.\\d+)?$", "$2: ");
            throw new InvalidOperation(
                    statement.field(),
                    field + e.getMessage(),
                    statement.remedy().isEmpty() ? e.remedy() : statement.remedy());
        }
    }

    private void define(String migration, Schema after, Change change) {
        if (change instanceof MovedColumns moved) {
            refuseMoved(moved);
        }
        Table on =
                change.table() == null ? null : after.findStored(change.table()).orElse(null);
        Change defined = on == null ? change : change.defined(compiler, on);
        changes.add(defined);
        // A default that PostgreSQL would have to compute row by row is computed by the backfill.
        if (defined instanceof ShadowColumn shadow
                && on != null
                && !shadow.filled()
                && !shadow.inline()
                && shadow.column().defaultSql() != null) {
            String value = Objects.requireNonNull(shadow.column().defaultSql());
            link(migration, new Sync(Direction.FILL, on, shadow.column(), value, "column"), after);
        }
    }

    private void compile(String migration, List<Sync> syncs, Direction direction, Schema schema) {
        syncs.stream().filter(s -> s.direction() == direction).forEach(s -> link(migration, s, schema));
    }

    private void link(String migration, Sync sync, Schema schema) {
        Column target = sync.target();
        try {
            // A new enum type has no name that lasts; PL/pgSQL assigns a text to it.
            boolean isNew = enums.isNew(target.type());
            Expression expression =
                    compiler.expression(sync.scope(), isNew ? target.typed("text") : target, sync.expression());
            refuseComputed(sync, expression);
            Link link = new Link(
                    migration,
                    sync.scope().stored(),
                    sync.direction(),
                    target.stored(),
                    sync.direction() == Direction.UP && target.generated().isDrawn(),
                    isNew ? target.type() : compiler.plainType(target.type()),
                    expression);
            disturbances.add(link, sync, schema);
            enums.check(link, sync.field());
            links.add(link);
        } catch (CompileFailure e) {
            throw new InvalidOperation(sync.field(), sync.field() + ": " + e.getMessage(), e.remedy());
        }
    }

    /** What only this act knows of the tables between which columns are moved. */
    private void refuseMoved(MovedColumns moved) {
        if (moved.created() && disturbances.isStored(moved.to())) {
            throw new InvalidOperation(
                    "create",
                    "older versions know table \"" + moved.to() + "\", and would see the rows that are made.",
                    "Leave out create, so that only rows that the application makes have the columns, or move them to"
                            + " a table that a migration of the same release creates.");
        }
        for (Link link : links) {
            boolean absent = link.table().equals(moved.from())
                    && link.direction() == Direction.DOWN
                    && moved.pairs().stream().anyMatch(p -> p.from().equals(link.target()));
            if (absent && !link.expression().columns().isEmpty()) {
                throw new InvalidOperation(
                        "absent",
                        "what older versions see where there is no row is computed from columns, which may change.",
                        "Give a value that is always the same.");
            }
        }
    }

    /** A trigger that fires before the row is written does not see what PostgreSQL computes last. */
    private static void refuseComputed(Sync sync, Expression expression) {
        for (Column column : sync.scope().columns()) {
            if (column.generated() == Column.Generated.EXPRESSION
                    && expression.columns().contains(column.stored())) {
                throw new InvalidOperation(
                        sync.field(),
                        sync.field() + " reads \"" + column.name() + "\", which PostgreSQL computes after the trigger.",
                        "Write its expression out instead.");
            }
        }
    }
}
