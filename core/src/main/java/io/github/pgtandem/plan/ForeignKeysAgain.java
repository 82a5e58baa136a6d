package io.github.pgtandem.plan;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.operation.Expansion;
import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Foreign keys that a migration drops and makes again. Were both there until complete, PostgreSQL would carry out the
 * actions of both, in an order by the digits of internal numbers; so the old one stays alone, and complete makes it what
 * the version sees.
 */
final class ForeignKeysAgain {

    private final Schema start;
    private final List<Schema> older;

    /**
     * @param start what the migration begins with
     * @param older what the versions below it see
     */
    ForeignKeysAgain(Schema start, List<Schema> older) {
        this.start = start;
        this.older = List.copyOf(older);
    }

    /** What an operation does, less the foreign keys that stand already under another name or with other actions. */
    Expansion kept(Expansion expansion) {
        Schema schema = expansion.schema();
        List<Change> changes = new ArrayList<>();
        for (Change change : expansion.changes()) {
            Optional<Constraint> standing =
                    change instanceof PendingForeignKey made ? standing(schema, made) : Optional.empty();
            if (standing.isEmpty()) {
                changes.add(change);
                continue;
            }
            Table from = schema.findStored(String.valueOf(change.table())).orElseThrow();
            Constraint made = ((PendingForeignKey) change).key();
            schema = schema.with(from.withConstraints(from.constraints().stream()
                    .map(c -> c.equals(made) ? c.storedAs(standing.get().stored()) : c)
                    .toList()));
        }
        return changes.size() == expansion.changes().size()
                ? expansion
                : new Expansion(schema, changes, expansion.syncs(), expansion.byHand());
    }

    private Optional<Constraint> standing(Schema after, PendingForeignKey made) {
        Table from = after.findStored(made.table()).orElseThrow();
        // The same operation may have made another one of it, once the other side was changed, too.
        Map<String, String> names = made.isSeenIn(from) ? names(after, from, made.key()) : Map.of();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        boolean partitioned = from.around().partitioning().isPartitioned();
        for (Schema version : older) {
            Table known = version.findStored(made.table()).orElse(from);
            for (Constraint old : known.constraints()) {
                boolean gone =
                        from.constraints().stream().noneMatch(c -> c.stored().equals(old.stored()));
                boolean enforced = !(old.deferral() + made.key().deferral()).contains("NOT ENFORCED");
                if (gone && enforced && names(version, known, old).equals(names)) {
                    if (!partitioned && isAlike(old, made.key()) && isAtStart(made.table(), old)) {
                        return Optional.of(old);
                    }
                    if (!rules(known, old).equals(rules(from, made.key()))) {
                        throw otherRules(from, old, made.key());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** By the names that the version gives them; nothing for what is no foreign key of the schema. */
    private static Map<String, String> names(Schema version, Table own, Constraint key) {
        Reference to = key.references();
        Map<String, String> names = new HashMap<>();
        if (to != null && to.schema().equals(version.name())) {
            version.findStored(to.table())
                    .ifPresent(other -> pairs(key)
                            .forEach((from, referenced) ->
                                    names.put(name(own, from), to.table() + '.' + name(other, referenced))));
        }
        return names;
    }

    private static String name(Table of, String stored) {
        return of.findStored(stored).orElseThrow().name();
    }

    /** Whether rows that one lets pass are rows that the other lets pass. */
    private static boolean isAlike(Constraint old, Constraint made) {
        return old.validated() && pairs(old).equals(pairs(made)) && isFull(old) == isFull(made);
    }

    private static Map<String, String> pairs(Constraint key) {
        Map<String, String> pairs = new HashMap<>();
        List<String> to = Objects.requireNonNull(key.references()).columns();
        for (int i = 0; i < key.columns().size(); i++) {
            pairs.put(key.columns().get(i), to.get(i));
        }
        return pairs;
    }

    private static boolean isFull(Constraint key) {
        return key.columns().size() > 1
                && Objects.requireNonNull(key.references()).actions().contains("MATCH FULL");
    }

    /** One that a migration before has dropped may go before this migration is completed. */
    private boolean isAtStart(String table, Constraint old) {
        return start.findStored(table).stream()
                .flatMap(t -> t.constraints().stream())
                .anyMatch(c -> c.stored().equals(old.stored()));
    }

    /** What it does, and when. */
    private static String rules(Table of, Constraint key) {
        Reference to = Objects.requireNonNull(key.references());
        List<String> sets = to.deleteSets().stream().map(c -> name(of, c)).toList();
        return to.actions().replaceFirst("^MATCH FULL", "").strip() + sets + key.deferral();
    }

    private static InvalidOperation otherRules(Table from, Constraint old, Constraint made) {
        return new InvalidOperation(
                "",
                "foreign key \"" + made.name() + "\" of table \"" + from.name() + "\" takes the place of \""
                        + old.name()
                        + "\", which acts otherwise and is there until complete. PostgreSQL would carry out both, in an"
                        + " order that nobody can tell.",
                "Create it in a later release, once this one is completed"
                        + (from.around().partitioning().isPartitioned()
                                ? "."
                                : "; or drop and create it in one file, over columns that are not changed."));
    }
}
