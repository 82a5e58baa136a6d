package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.VersionObject;
import io.github.pgtandem.schema.VersionedFunction;
import io.github.pgtandem.schema.VersionedView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Derives which views and functions of their own version schemas hold. They stand on the stored tables themselves, so
 * PostgreSQL takes them along when complete gives final names, and nothing has to be made anew.
 */
final class StandingObjects {

    /** Whoever may use the version schema may read: the tables' own privileges decide. */
    private static final List<Grant> READERS = List.of(new Grant("PUBLIC", "SELECT", "", false));

    private StandingObjects() {}

    /**
     * One object of ours in a version schema.
     *
     * @param key tells it from others of the schema, before and after names have changed
     * @param relation quoted name where it is a relation, else empty
     */
    record Standing(String key, String relation, List<String> create, String drop) {}

    /** Those of a live version, each behind those it uses. */
    static List<Standing> of(Model model, Version version) {
        String schema = String.valueOf(version.schema());
        List<Standing> standing = new ArrayList<>();
        version.tables().objects().forEach(o -> standing.add(of(o, model.baseSchema(), schema)));
        tombstones(model, version).forEach(t -> standing.add(of(t, model.baseSchema(), schema)));
        return standing;
    }

    private static Standing of(VersionObject object, String base, String schema) {
        List<String> create = new ArrayList<>();
        if (object instanceof VersionedView view) {
            String name = id(schema, view.name());
            create.add("CREATE VIEW " + name + " WITH (security_invoker = true) AS\n"
                    + view.sql().in(base, schema).strip());
            create.add("GRANT SELECT ON " + name + " TO PUBLIC");
            comment("VIEW " + name, view.comment(), create);
            return new Standing(view.label(), name, create, "DROP VIEW IF EXISTS " + name);
        }
        VersionedFunction function = (VersionedFunction) object;
        String name = function.identity().in(base, schema);
        // The body was checked with the version's tables in sight, which the schema of this step is not.
        create.add("SET LOCAL check_function_bodies = off");
        create.add(function.sql().in(base, schema).strip());
        comment("FUNCTION " + name, function.written().comment(), create);
        return new Standing(function.label(), "", create, "DROP FUNCTION IF EXISTS " + name);
    }

    private static void comment(String on, @Nullable String comment, List<String> create) {
        if (comment != null) {
            create.add("COMMENT ON " + on + " IS " + literal(comment));
        }
    }

    private static Standing of(Tombstone tombstone, String base, String schema) {
        return new Standing(
                tombstone.message() + " " + tombstone.name(),
                id(schema, tombstone.name()),
                tombstone.create(base, schema),
                tombstone.drop(schema));
    }

    private static Standing of(RetiredFunction function) {
        return new Standing(function.create(), "", List.of(function.create()), function.drop());
    }

    /** Views that versions below this one have, and this one has not. */
    private static List<Tombstone> tombstones(Model model, Version version) {
        List<Tombstone> tombstones = new ArrayList<>();
        List<Version> versions = model.versions();
        for (int i = 1; i <= model.position(version.name()); i++) {
            Version after = versions.get(i);
            for (VersionObject object : versions.get(i - 1).tables().objects()) {
                boolean gone = object instanceof VersionedView
                        && after.tables().findView(object.name()).isEmpty();
                boolean taken = versions.subList(i, model.position(version.name()) + 1).stream()
                        .anyMatch(v -> v.tables().find(object.name()).isPresent());
                if (gone && !taken && version.tables().findView(object.name()).isEmpty()) {
                    String message = "view " + object.name() + " was dropped in version " + after.name();
                    tombstones.removeIf(t -> t.name().equals(object.name()));
                    tombstones.add(tombstone((VersionedView) object, message));
                }
            }
        }
        return tombstones;
    }

    private static Tombstone tombstone(VersionedView view, String message) {
        List<Tombstone.Typed> columns = view.columns().stream()
                .map(c -> new Tombstone.Typed(c.name(), c.type()))
                .toList();
        return new Tombstone(view.name(), "", columns, message, READERS);
    }

    /** A version that is closed, answering for its views and functions with its message. */
    static Retired closed(Model model, Version version, Retired empty) {
        Retired retired = empty;
        for (Tombstone tombstone : tombstones(model, version)) {
            retired =
                    retired.plus(new Tombstone(tombstone.name(), "", tombstone.columns(), retired.message(), READERS));
        }
        for (VersionObject object : version.tables().objects()) {
            retired = object instanceof VersionedView view
                    ? retired.plus(tombstone(view, retired.message()))
                    : retired.plus(RetiredFunction.of(
                            (VersionedFunction) object, model.baseSchema(), retired.schema(), retired.message()));
        }
        return retired;
    }

    /** Statements that take every version schema from one model to the next. */
    static List<String> change(Model before, Model after) {
        List<String> statements = new ArrayList<>();
        for (Version version : before.versions()) {
            if (version.schema() != null) {
                Optional<Version> stays = after.find(version.name());
                List<Standing> next = stays.isPresent() ? of(after, stays.get()) : retired(after, version.schema());
                replace(of(before, version), next, statements);
            }
        }
        return statements;
    }

    private static List<Standing> retired(Model model, String schema) {
        List<Standing> standing = new ArrayList<>();
        for (Retired retired : model.retired()) {
            if (retired.schema().equals(schema)) {
                retired.functions().forEach(f -> standing.add(of(f)));
                retired.tombstones().stream()
                        .filter(t -> t.source().isEmpty())
                        .forEach(t -> standing.add(of(t, model.baseSchema(), retired.schema())));
            }
        }
        return standing;
    }

    private static void replace(List<Standing> old, List<Standing> next, List<String> statements) {
        List<String> before = old.stream().map(Standing::key).toList();
        List<String> after = next.stream().map(Standing::key).toList();
        List<Standing> reversed = new ArrayList<>(old);
        Collections.reverse(reversed);
        reversed.stream().filter(s -> !after.contains(s.key())).forEach(s -> statements.add(s.drop()));
        next.stream().filter(s -> !before.contains(s.key())).forEach(s -> statements.addAll(s.create()));
    }
}
