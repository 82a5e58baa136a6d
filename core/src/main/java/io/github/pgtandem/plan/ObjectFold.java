package io.github.pgtandem.plan;

import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.ParsedMigrations;
import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import io.github.pgtandem.schema.VersionObject;
import io.github.pgtandem.schema.VersionedView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes the views and functions of a version through one migration. A new one is compiled where it is made; those that
 * are there are compiled again on the tables as the whole migration leaves them, so that a later operation may put
 * another in the place of one that an earlier operation breaks.
 */
final class ObjectFold {

    private final Compiler compiler;
    private final String migration;
    private final List<Touch> touches = new ArrayList<>();

    /** An operation that has changed tables. */
    private record Touch(ParsedOperation operation, String subject, Set<String> tables) {}

    ObjectFold(Compiler compiler, String migration) {
        this.compiler = compiler;
        this.migration = migration;
    }

    /** The schema that an operation leaves, with what it makes compiled. */
    Schema after(ParsedOperation parsed, String subject, Schema before, Schema after) {
        Set<String> changed = changed(before, after);
        if (!changed.isEmpty()) {
            touches.add(new Touch(parsed, subject, changed));
        }
        Optional<VersionObject> made =
                after.objects().stream().filter(o -> o.migration().isEmpty()).findFirst();
        return made.map(o -> compiled(after, o)).orElse(after);
    }

    private Schema compiled(Schema schema, VersionObject made) {
        VersionObject known = made.madeBy(migration);
        List<VersionObject> objects = new ArrayList<>(schema.objects());
        int at = objects.indexOf(made);
        objects.set(at, known);
        List<CompiledObject> results = compiler.objects(schema.withObjects(objects));
        CompiledObject result = results.get(at);
        if (result.failure() != null) {
            // One that an operation before has broken is not there for those that read it.
            String said = String.valueOf(result.failure().getMessage());
            results.stream()
                    .limit(at)
                    .filter(r -> r.failure() != null && said.contains(r.object().name()))
                    .findFirst()
                    .ifPresent(r -> {
                        throw broken(r.object(), Objects.requireNonNull(r.failure()));
                    });
            throw new InvalidOperation(
                    result.field(),
                    result.failure().getMessage(),
                    result.failure().remedy());
        }
        objects.set(at, result.object());
        return schema.withObjects(objects);
    }

    private static Set<String> changed(Schema before, Schema after) {
        Set<String> changed = new TreeSet<>();
        for (Table table : before.tables().values()) {
            if (after.findStored(table.stored()).orElse(null) != table) {
                changed.add(table.stored());
            }
        }
        return changed;
    }

    /** The schema that the migration leaves, with its objects compiled on that. */
    Schema end(Schema schema) {
        if (touches.isEmpty() || schema.objects().isEmpty()) {
            return schema;
        }
        List<VersionObject> objects = new ArrayList<>();
        for (CompiledObject result : compiler.objects(schema)) {
            if (result.failure() != null) {
                throw broken(result.object(), result.failure());
            }
            objects.add(result.object());
        }
        return schema.withObjects(objects);
    }

    private RuntimeException broken(VersionObject object, CompileFailure failure) {
        Touch by = touches.stream()
                .filter(t -> t.tables().stream().anyMatch(object.tables()::contains))
                .reduce((first, second) -> second)
                .orElse(touches.get(touches.size() - 1));
        String kind = object instanceof VersionedView ? "view" : "function";
        return ParsedMigrations.report(List.of(new InvalidInput(
                by.operation().location(),
                by.subject() + ": " + object.label() + " of migration " + object.migration()
                        + " does not compile on what this migration leaves: " + failure.getMessage(),
                "Replace it in this migration (create_" + kind + " with replace: true), or leave it out with drop_"
                        + kind + ".")));
    }
}
