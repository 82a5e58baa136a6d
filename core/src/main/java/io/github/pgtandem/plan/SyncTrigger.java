package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.dollarQuoted;
import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.operation.Sync.Direction;
import io.github.pgtandem.schema.Identifiers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one trigger of a table that has translations in flight. Who writes is {@code current_schema()}: a writer of a
 * version runs, in order, the {@code up} of every later translation and, in reverse order, the {@code down} of every
 * other. An UPDATE runs one only if a column that it reads has changed. Writers of no known version change nothing.
 *
 * @param model the model that it serves
 * @param stored the table
 * @param filling migrations whose backfill is not done: their values are also computed where they are missing, so that
 *     no row is left out that moves under the backfill
 * @param open whether the newest version has writers before that is done
 */
record SyncTrigger(Model model, String stored, Set<String> filling, boolean open) {

    /** The row as it was written; an expression of the author's may name a table as it likes. */
    private static final String WRITTEN = "_pgtandem_written";

    /** The row with what was missing. */
    private static final String FILLED = "_pgtandem_filled";

    /** Sorts behind every name that is in use for triggers, as it must see what they wrote. */
    static final String NAME = "~pgtandem_sync";

    SyncTrigger(Model model, String stored, Set<String> filling) {
        this(model, stored, filling, false);
    }

    private List<Link> links() {
        return model.links(stored);
    }

    boolean isNeeded() {
        return links().stream().anyMatch(l -> l.direction() != Direction.FILL || filling.contains(l.migration()));
    }

    static String functionName(String table) {
        return Identifiers.fit(Identifiers.PREFIX + "sync_" + table, "");
    }

    /** Statements that bring the table's trigger to this state from an earlier one. */
    List<String> replacing(SyncTrigger before) {
        String table = id(model.baseSchema(), stored);
        String function = id(model.baseSchema(), functionName(before.stored));
        if (!isNeeded()) {
            return before.isNeeded()
                    ? List.of(
                            "DROP TRIGGER IF EXISTS " + id(NAME) + " ON " + table,
                            "DROP FUNCTION IF EXISTS " + function + "()")
                    : List.of();
        }
        List<String> statements = new ArrayList<>(moving(before));
        if (!statements.isEmpty() || !before.isNeeded() || !function().equals(before.function())) {
            statements.add(function());
        }
        if (!before.isNeeded() || !trigger().equals(before.trigger())) {
            statements.add(trigger());
        }
        return statements;
    }

    /** What goes before columns are dropped that the trigger names, as it could not be replaced behind that. */
    List<String> lifted() {
        return List.of("DROP TRIGGER IF EXISTS " + id(NAME) + " ON " + id(model.baseSchema(), stored));
    }

    /** What brings a lifted trigger to this state, in the same transaction. */
    List<String> puttingBack(SyncTrigger before) {
        List<String> statements = new ArrayList<>(moving(before));
        statements.add(function());
        statements.add(trigger());
        return statements;
    }

    private List<String> moving(SyncTrigger before) {
        return before.isNeeded() && !before.stored.equals(stored)
                ? List.of("ALTER FUNCTION " + id(model.baseSchema(), functionName(before.stored)) + "() RENAME TO "
                        + id(functionName(stored)))
                : List.of();
    }

    private String trigger() {
        Set<String> columns = new TreeSet<>();
        links().stream().filter(l -> l.direction() != Direction.FILL).forEach(l -> {
            columns.add(l.target());
            columns.addAll(l.expression().columns());
        });
        columns.addAll(partitionKey());
        boolean others = model.storage()
                .findStored(stored)
                .map(t -> !t.around().userTriggers().isEmpty())
                .orElse(false);
        // Another trigger may change a column that the statement does not name.
        String of = others || isFilling() ? "" : " OF " + Identifiers.ids(columns);
        return "CREATE OR REPLACE TRIGGER " + id(NAME) + " BEFORE INSERT OR UPDATE" + of + " ON "
                + id(model.baseSchema(), stored) + " FOR EACH ROW EXECUTE FUNCTION "
                + id(model.baseSchema(), functionName(stored)) + "()";
    }

    private boolean isFilling() {
        return links().stream().anyMatch(l -> filling.contains(l.migration()));
    }

    private String function() {
        StringBuilder body = new StringBuilder();
        String otherwise = "    IF ";
        for (int position = 0; position < model.versions().size(); position++) {
            Version writer = model.versions().get(position);
            String schemas = schemas(position);
            boolean early = filling.contains(writer.name());
            if (schemas.isEmpty() || early && !open) {
                continue;
            }
            body.append(otherwise)
                    .append("current_schema() IN (")
                    .append(schemas)
                    .append(") THEN\n")
                    .append(early ? earlyBranch(position) : branch(position));
            otherwise = "    ELSIF ";
        }
        if (isFilling()) {
            body.append("    ELSE\n").append(missing());
        }
        body.append("    END IF;\n");
        if (!partitionKey().isEmpty()) {
            body.insert(0, arriving()).append(leaving());
        }
        return "CREATE OR REPLACE FUNCTION " + id(model.baseSchema(), functionName(stored))
                + "() RETURNS trigger LANGUAGE plpgsql AS "
                + dollarQuoted(
                        (hasEarlyWriters() ? "\nDECLARE\n    " + WRITTEN + " record;\n    " + FILLED + " record;" : "")
                                + "\nBEGIN\n" + body + "    RETURN NEW;\nEND\n");
    }

    private Set<String> partitionKey() {
        return model.storage()
                .findStored(stored)
                .map(t -> new TreeSet<>(t.around().partitioning().key()))
                .orElseGet(TreeSet::new);
    }

    /** An UPDATE that moves a row to another partition inserts it there, and is not to be translated twice. */
    private String arriving() {
        return "    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = " + row() + " THEN\n"
                + "        PERFORM set_config('pgtandem.moving', '', true);\n        RETURN NEW;\n    END IF;\n";
    }

    private String leaving() {
        String moves = partitionKey().stream()
                .map(c -> "NEW." + id(c) + " IS DISTINCT FROM OLD." + id(c))
                .collect(Collectors.joining(" OR "));
        return "    IF TG_OP = 'UPDATE' AND (" + moves + ") THEN\n        PERFORM set_config('pgtandem.moving', "
                + row() + ", true);\n    END IF;\n";
    }

    /** What the trigger has to do with of a row. */
    private String row() {
        Set<String> columns = partitionKey();
        for (Link link : links()) {
            columns.add(link.target());
            columns.addAll(link.expression().columns());
        }
        return "hashtextextended(ROW("
                + columns.stream().map(c -> "NEW." + id(c)).collect(Collectors.joining(", ")) + ")::text, 0)::text";
    }

    /** Where writers of the version at a position are; those of the base version also where it is not served. */
    private String schemas(int position) {
        String own = model.versions().get(position).schema();
        return Stream.of(own, position == 0 ? model.baseSchema() : null)
                .filter(Objects::nonNull)
                .map(Identifiers::literal)
                .collect(Collectors.joining(", "));
    }

    /** What a writer of the version at a position runs. */
    private String branch(int position) {
        StringBuilder body = new StringBuilder();
        List<Link> downs = new ArrayList<>();
        for (Link link : links()) {
            boolean later = model.position(link.migration()) > position;
            if (!later && link.drawn()) {
                body.append(drawn(link));
            }
            if (later && link.direction() != Direction.DOWN) {
                body.append(assignment(link));
            } else if (!later && link.direction() == Direction.DOWN) {
                downs.add(link);
            }
        }
        Collections.reverse(downs);
        downs.forEach(link -> body.append(assignment(link)));
        return body.isEmpty() ? "        NULL;\n" : body.toString();
    }

    /**
     * The same where rows are not filled yet. A null there says nothing, as that is what the writer has read: an UPDATE gets
     * the values that are missing before a translation back reads them beside those that are written.
     */
    private String earlyBranch(int position) {
        Set<String> unfilled = unfilled().map(Link::target).collect(Collectors.toSet());
        StringBuilder body = new StringBuilder();
        List<Link> downs = new ArrayList<>();
        for (Link link : links()) {
            if (link.drawn()) {
                body.append(drawn(link));
            }
            if (link.direction() == Direction.DOWN) {
                downs.add(link);
            }
        }
        Collections.reverse(downs);
        body.append("        " + WRITTEN + " := NEW;\n        IF TG_OP = 'UPDATE' THEN\n")
                .append(missing())
                .append("        END IF;\n        " + FILLED + " := NEW;\n");
        Map<String, String> computed = new HashMap<>();
        for (Link link : downs) {
            String changed = link.expression().changed(WRITTEN, unfilled, FILLED, computed);
            if (!changed.isEmpty()) {
                computed.put(link.target(), changed);
            }
            body.append("        IF TG_OP = 'INSERT'")
                    .append(changed.isEmpty() ? "" : " OR " + changed)
                    .append(" THEN\n            NEW.")
                    .append(id(link.target()))
                    .append(" := ")
                    .append(link.expression().on("NEW"))
                    .append(";\n        END IF;\n");
        }
        // Behind the translations back, which must not take for written what is filled in here.
        return body.append("        IF TG_OP = 'INSERT' THEN\n")
                .append(missing())
                .append("        END IF;\n")
                .toString();
    }

    private boolean hasEarlyWriters() {
        return open && filling.contains(model.newest().name()) && model.newest().schema() != null;
    }

    private Stream<Link> unfilled() {
        return links().stream().filter(l -> filling.contains(l.migration()) && l.direction() != Direction.DOWN);
    }

    /** What keeps a row that an unknown writer moves from being left out of a backfill. */
    private String missing() {
        StringBuilder body = new StringBuilder();
        unfilled().forEach(l -> body.append(guarded(l, "NEW." + id(l.target()) + " IS NULL")));
        return body.isEmpty() ? "        NULL;\n" : body.toString();
    }

    private static String drawn(Link link) {
        return guarded(link, "TG_OP = 'INSERT' AND NEW." + id(link.target()) + " IS NULL");
    }

    private String assignment(Link link) {
        boolean missing = filling.contains(link.migration()) && link.direction() != Direction.DOWN;
        if (link.direction() == Direction.FILL) {
            return missing ? guarded(link, "NEW." + id(link.target()) + " IS NULL") : "";
        }
        String changed = link.expression().changed();
        String condition = "TG_OP = 'INSERT'"
                + (changed.isEmpty() ? "" : " OR " + changed)
                + (missing ? " OR NEW." + id(link.target()) + " IS NULL" : "");
        return guarded(link, condition);
    }

    private static String guarded(Link link, String condition) {
        return "        IF " + condition + " THEN\n            NEW." + id(link.target()) + " := "
                + link.expression().on("NEW") + ";\n        END IF;\n";
    }
}
