package io.github.pgtandem.plan;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.ShadowColumn;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.Location;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedMigrations;
import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.operation.ByHand;
import io.github.pgtandem.operation.Expansion;
import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.operation.Operation;
import io.github.pgtandem.operation.Sync;
import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Takes migrations to versions: each operation meets the schema that those before it left. */
final class Fold {

    private final Compiler compiler;
    private final Disturbances disturbances;
    private final ObjectFold objects;
    private final List<Change> changes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    private Fold(Compiler compiler, Disturbances disturbances, ObjectFold objects) {
        this.compiler = compiler;
        this.disturbances = disturbances;
        this.objects = objects;
    }

    /**
     * The versions that migrations make above the newest of a model, in order.
     *
     * @throws io.github.pgtandem.InvalidMigrationException for an operation that does not fit or does not compile
     */
    static List<Version> versions(Model model, List<ParsedMigration> migrations, Compiler compiler) {
        List<Version> versions = new ArrayList<>();
        Schema schema = model.newest().tables();
        Disturbances disturbances = new Disturbances(model);
        for (ParsedMigration migration : migrations) {
            Fold fold = new Fold(compiler, disturbances, new ObjectFold(compiler, migration.name()));
            for (ParsedOperation parsed : migration.operations()) {
                schema = fold.locating(migration, parsed, schema);
            }
            schema = fold.objects.end(schema);
            versions.add(new Version(migration.name(), null, schema, fold.changes, fold.links));
        }
        return versions;
    }

    private Schema locating(ParsedMigration migration, ParsedOperation parsed, Schema before) {
        Operation operation;
        try {
            operation = Operation.read(parsed);
        } catch (InvalidInput e) {
            throw ParsedMigrations.report(List.of(e));
        }
        try {
            Schema after = add(migration.name(), operation, before);
            disturbances.check(migration.name(), before, after);
            return objects.after(parsed, operation.subject(), before, after);
        } catch (InvalidOperation e) {
            Location at = e.field().isEmpty() ? parsed.location() : at(parsed.fields(), e.field());
            throw ParsedMigrations.report(
                    List.of(new InvalidInput(at, operation.subject() + ": " + e.problem(), e.remedy())));
        }
    }

    /** Where a field stands, or as near to it as the file is written. */
    private static Location at(Fields fields, String field) {
        int dot = field.indexOf('.');
        String first = dot < 0 ? field : field.substring(0, dot);
        String rest = field.substring(dot + 1);
        if (dot > 0 && fields.isObject(first)) {
            return at(fields.object(first), rest);
        }
        if (dot > 0 && fields.isList(first)) {
            String[] entry = rest.split("\\.", 2);
            Fields found = fields.objects(first).get(Integer.parseInt(entry[0]));
            return entry.length == 1 ? found.location() : at(found, entry[1]);
        }
        return !fields.has(first) && fields.isObject("column")
                ? at(fields.object("column"), field)
                : fields.location(first);
    }

    private Schema add(String migration, Operation operation, Schema before) {
        Expansion expansion = operation.expand(before);
        if (operation.table() != null) {
            compiler.prepare(before.find(operation.table()).orElseThrow());
        }
        expansion.byHand().stream().filter(ByHand::isProbe).forEach(this::run);
        compile(migration, expansion.syncs(), Direction.UP, before);
        expansion.byHand().stream().filter(h -> !h.isProbe()).forEach(this::run);
        compile(migration, expansion.syncs(), Direction.DOWN, expansion.schema());
        for (Change change : expansion.changes()) {
            define(migration, expansion.schema(), change);
        }
        return withCheckedColumns(before, expansion.schema());
    }

    /** A check hangs on every column that it reads, whichever column it was written at. */
    private Schema withCheckedColumns(Schema before, Schema after) {
        Schema next = after;
        for (Table table : after.tables().values()) {
            if (before.tables().get(table.name()) == table) {
                continue;
            }
            List<Constraint> known =
                    before.findStored(table.stored()).map(Table::constraints).orElse(List.of());
            Table checked = table.withConstraints(table.constraints().stream()
                    .map(c -> c.kind() == Constraint.Kind.CHECK
                                    && known.stream().noneMatch(k -> k.name().equals(c.name()))
                            ? c.over(compiler.checked(table, c.name()))
                            : c)
                    .toList());
            if (!checked.equals(table)) {
                next = next.with(checked);
            }
        }
        return next;
    }

    private void run(ByHand statement) {
        try {
            compiler.run(statement.sql());
        } catch (CompileFailure e) {
            String field = statement.field().replaceFirst("^(.*\\.)?([a-z]\\w*)(\\.\\d+)?$", "$2: ");
            throw new InvalidOperation(
                    statement.field(),
                    field + e.getMessage(),
                    statement.remedy().isEmpty() ? e.remedy() : statement.remedy());
        }
    }

    private void define(String migration, Schema after, Change change) {
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
            Expression expression = compiler.expression(sync.scope(), target, sync.expression());
            refuseComputed(sync, expression);
            Link link = new Link(
                    migration,
                    sync.scope().stored(),
                    sync.direction(),
                    target.stored(),
                    compiler.plainType(target.type()),
                    expression);
            disturbances.add(link, sync, schema);
            links.add(link);
        } catch (CompileFailure e) {
            throw new InvalidOperation(sync.field(), sync.field() + ": " + e.getMessage(), e.remedy());
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
