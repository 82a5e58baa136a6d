package io.github.pgtandem.plan;

import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.operation.Operation;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Constraint.Kind;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys that a migration drops. A foreign key may lead to one of them where another key over the same columns is there
 * when the whole migration has been read.
 */
final class KeysDropped {

    private final Compiler compiler;
    private final Problems problems;
    private final Map<String, Drop> drops = new LinkedHashMap<>();

    /** An operation that has dropped a key while foreign keys led to it. */
    private record Drop(ParsedOperation parsed, Operation operation) {}

    KeysDropped(Compiler compiler, Problems problems) {
        this.compiler = compiler;
        this.problems = problems;
    }

    /** Looks at what an operation has done. */
    void note(ParsedOperation parsed, Operation operation, Schema before, Schema after) {
        for (Table old : before.tables().values()) {
            after.findStored(old.stored())
                    .ifPresent(now -> old.constraints().stream()
                            .filter(c -> c.kind() == Kind.PRIMARY_KEY || c.kind() == Kind.UNIQUE)
                            .filter(c -> now.constraints().stream()
                                    .noneMatch(n -> n.name().equals(c.name())
                                            || n.stored().equals(c.stored())))
                            .forEach(c ->
                                    leadingTo(before, old, c).forEach(k -> drops.put(k, new Drop(parsed, operation)))));
        }
    }

    private static Stream<String> leadingTo(Schema schema, Table to, Constraint key) {
        return schema.tables().values().stream()
                .flatMap(t -> t.constraints().stream()
                        .filter(c -> c.leadsTo(schema.name(), to.stored()) && c.isKeptBy(key))
                        .map(c -> known(t, c)));
    }

    private static String known(Table from, Constraint key) {
        return from.stored() + '.' + key.name();
    }

    /** Refuses foreign keys that are left without a key to lead to; returns them. */
    Set<Constraint> refuseLoose(Schema after) {
        Set<Constraint> loose = new HashSet<>();
        for (Table from : after.tables().values()) {
            for (Constraint key : from.constraints()) {
                Drop drop = drops.get(known(from, key));
                Reference to = key.references();
                if (drop != null && to != null && !isKept(from, key, after.findStored(to.table()), drop, after)) {
                    loose.add(key);
                }
            }
        }
        return loose;
    }

    private boolean isKept(Table from, Constraint key, Optional<Table> to, Drop drop, Schema after) {
        try {
            compiler.attempt(() -> {
                to.ifPresent(t -> foreignKey(from, key, t));
                return from;
            });
            return true;
        } catch (InvalidOperation e) {
            problems.add(drop.parsed, drop.operation, e, after);
            return false;
        }
    }

    private void foreignKey(Table from, Constraint key, Table to) {
        try {
            compiler.foreignKey(from, key, to);
        } catch (CompileFailure e) {
            String columns = String.join(
                    ", ",
                    Objects.requireNonNull(key.references()).columns().stream()
                            .map(c -> to.findStored(c).orElseThrow().name())
                            .toList());
            throw new InvalidOperation(
                    "name",
                    "foreign key \"" + key.name() + "\" of table \"" + from.name() + "\" would be left without a key to"
                            + " lead to: " + e.getMessage(),
                    "Make a primary key or unique constraint over (" + columns + ") that is not deferrable, in the same"
                            + " file; or drop the foreign key in an operation before this one.");
        }
    }
}
