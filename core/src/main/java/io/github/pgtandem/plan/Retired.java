package io.github.pgtandem.plan;

import io.github.pgtandem.schema.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A version that was closed and whose schema still answers with errors.
 *
 * @param name the version
 * @param schema its version schema
 * @param message what its tombstones say
 * @param tombstones one for each table that has changed since, and for each view of its own
 * @param functions one for each function of its own
 * @param types enum types that only it knows, so that its statements still parse
 */
public record Retired(
        String name,
        String schema,
        String message,
        List<Tombstone> tombstones,
        List<RetiredFunction> functions,
        List<String> types) {

    public Retired {
        tombstones = List.copyOf(tombstones);
        // It was not written before there were any.
        functions = functions == null ? List.of() : List.copyOf(functions);
        types = types == null ? List.of() : List.copyOf(types);
    }

    /** A closed version whose schema answers with nothing yet. */
    static Retired of(String name, String schema, String message) {
        return new Retired(name, schema, message, List.of(), List.of(), List.of());
    }

    Retired plus(Tombstone tombstone) {
        List<Tombstone> next = new java.util.ArrayList<>(tombstones);
        next.removeIf(t -> t.name().equals(tombstone.name()));
        next.add(tombstone);
        return new Retired(name, schema, message, next, functions, types);
    }

    Retired plus(RetiredFunction function) {
        List<RetiredFunction> next = new java.util.ArrayList<>(functions);
        next.add(function);
        return new Retired(name, schema, message, tombstones, next, types);
    }

    Retired plusType(String type) {
        List<String> next = new java.util.ArrayList<>(types);
        next.add(type);
        return new Retired(name, schema, message, tombstones, functions, next);
    }

    Retired mapTombstones(UnaryOperator<Tombstone> change) {
        return new Retired(
                name, schema, message, tombstones.stream().map(change).toList(), functions, types);
    }

    /** The same with tables that it answers for already, by their names in the version. */
    Retired beside(Retired standing) {
        Retired next = new Retired(name, schema, message, standing.tombstones, functions, standing.types)
                .without(t -> t.source().isEmpty());
        for (Tombstone tombstone : tombstones) {
            next = next.plus(tombstone);
        }
        return next;
    }

    /** What it answers for and another did not. */
    Retired minus(Retired other) {
        return without(t -> other.answersFor(t.name()));
    }

    boolean answersFor(String name) {
        return tombstones.stream().anyMatch(t -> t.name().equals(name));
    }

    private Retired without(Predicate<Tombstone> which) {
        return new Retired(
                name,
                schema,
                message,
                tombstones.stream().filter(which.negate()).toList(),
                functions,
                types);
    }

    /** Statements that take away what stands for views and functions of its own. */
    List<String> dropsOfObjects() {
        List<String> drops = new ArrayList<>();
        tombstones.stream().filter(t -> t.source().isEmpty()).forEach(t -> drops.add(t.drop(schema)));
        functions.forEach(f -> drops.add(f.drop()));
        return drops;
    }

    /** Statements that take away all that it answers with. */
    List<String> drops() {
        List<String> drops = new java.util.ArrayList<>();
        tombstones.forEach(t -> drops.add(t.drop(schema)));
        functions.forEach(f -> drops.add(f.drop()));
        types.forEach(t -> drops.add("DROP TYPE IF EXISTS " + Identifiers.id(schema, t)));
        return drops;
    }
}
