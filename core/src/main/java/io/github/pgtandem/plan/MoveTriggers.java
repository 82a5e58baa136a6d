package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.MovedColumns;
import io.github.pgtandem.change.MovedColumns.Order;
import io.github.pgtandem.change.MovedColumns.Pair;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.schema.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The triggers that keep columns in step which newer versions have in another table: what an older version writes is
 * carried forth to that table, what a newer one writes is carried back.
 *
 * <p>They sort before PostgreSQL's own for foreign keys, so that a row that goes takes along those that were made for it.
 */
record MoveTriggers(Model model, String migration, MovedColumns move) {

    private static final String FORTH = "$pgtandem_forth";
    private static final String BACK = "$pgtandem_back";
    /** Before the sync trigger, which may compute something from what it gives. */
    private static final String ARRIVING = "~pgtandem_arriving";

    /** Those of all versions of a model, oldest first. */
    static List<MoveTriggers> of(Model model) {
        return model.versions().stream().flatMap(v -> of(model, v).stream()).toList();
    }

    /** Those of one version. */
    static List<MoveTriggers> of(Model model, Version version) {
        return version.changes().stream()
                .filter(MovedColumns.class::isInstance)
                .map(c -> new MoveTriggers(model, version.name(), (MovedColumns) c))
                .toList();
    }

    /** Statements after which the functions of what goes on know the versions and names of a later model. */
    static List<String> refreshed(Model before, Model after) {
        Set<String> names = of(before).stream().map(m -> m.move.name()).collect(Collectors.toSet());
        Set<String> known =
                of(before).stream().flatMap(m -> m.functions().all().stream()).collect(Collectors.toSet());
        return of(after).stream()
                .filter(m -> names.contains(m.move.name()))
                .flatMap(m -> m.functions().all().stream())
                .filter(f -> !known.contains(f))
                .toList();
    }

    private MovedRows rows() {
        return new MovedRows(model, migration, move);
    }

    private MoveFunctions functions() {
        return new MoveFunctions(rows());
    }

    boolean concerns(String table) {
        return move.from().equals(table) || move.to().equals(table);
    }

    List<String> createForth() {
        List<String> columns = Stream.concat(move.pairs().stream(), move.match().stream())
                .map(Pair::from)
                .toList();
        MoveFunctions functions = functions();
        List<String> statements = new ArrayList<>(List.of(functions.forth(), functions.closed(MoveFunctions.FORTH)));
        statements.add(trigger(FORTH, "i", "AFTER INSERT", "", MoveFunctions.FORTH));
        String pending = " OR NEW." + id(move.pending());
        statements.add(trigger(FORTH, "u", "AFTER UPDATE", changed(columns) + pending, MoveFunctions.FORTH));
        if (move.created()) {
            statements.add(trigger(FORTH, "d", "AFTER DELETE", "", MoveFunctions.FORTH));
        }
        return statements;
    }

    List<String> createBack() {
        List<String> match = move.match().stream().map(Pair::to).toList();
        List<String> columns = Stream.of(
                        move.pairs().stream().map(Pair::to),
                        match.stream(),
                        move.first().stream().map(Order::column))
                .flatMap(c -> c)
                .distinct()
                .toList();
        MoveFunctions functions = functions();
        List<String> statements = new ArrayList<>(List.of(functions.back(), functions.closed(MoveFunctions.BACK)));
        statements.add(trigger(BACK, "id", "AFTER INSERT OR DELETE", "", MoveFunctions.BACK));
        statements.add(trigger(BACK, "u", "AFTER UPDATE", changed(columns), MoveFunctions.BACK));
        if (!move.created()) {
            statements.addAll(List.of(functions.arriving(), functions.closed(MoveFunctions.ARRIVING)));
            statements.add(trigger(ARRIVING, "i", "BEFORE INSERT", "", MoveFunctions.ARRIVING));
            statements.add(trigger(ARRIVING, "u", "BEFORE UPDATE", changed(match), MoveFunctions.ARRIVING));
        }
        return statements;
    }

    /** Also where they are not there. */
    List<String> dropForth() {
        return dropping(FORTH, MoveFunctions.FORTH, "i", "u", "d");
    }

    /** Also where they are not there. */
    List<String> dropBack() {
        List<String> statements = new ArrayList<>(dropping(BACK, MoveFunctions.BACK, "id", "u"));
        if (!move.created()) {
            statements.addAll(dropping(ARRIVING, MoveFunctions.ARRIVING, "i", "u"));
        }
        return statements;
    }

    /** Carries over what has given way to somebody, until nothing is left that has. */
    Statement sweep() {
        String waiting = " WHERE " + id(move.pending());
        String update = "UPDATE " + table(FORTH) + " SET " + id(move.pending()) + " = true" + waiting;
        return Statement.partitions("SELECT CASE WHEN EXISTS (SELECT FROM " + table(FORTH) + waiting + ") THEN "
                + literal(update) + " END");
    }

    /** Ends expand while complete would lose values, as no row of the new table belongs to them. */
    List<Statement> refusalOfExpand() {
        return refusal(" Insert the rows, or write discard_unmatched: true into move_columns if they may be lost");
    }

    /** The same before complete, when the file cannot be changed any more. */
    List<Statement> refusalOfComplete() {
        return refusal(" Insert the rows; or, where the values may be lost, give these columns what older versions see"
                + " without a row: the value of absent, else their default");
    }

    private List<Statement> refusal(String remedy) {
        if (move.discarding()) {
            return List.of();
        }
        String message = "%s rows of table " + inFormat(move.from()) + " have values in columns that are moved to "
                + inFormat(move.to()) + ", which has no row for them, so complete would lose them." + remedy;
        return List.of(Statement.alone(
                "SELECT pgtandem.refuse_rows(" + literal(message) + ", " + literal(rows().unmatched()) + ")"));
    }

    private static String inFormat(String name) {
        return name.replace("%", "%%");
    }

    private List<String> dropping(String trigger, String function, String... events) {
        List<String> statements = new ArrayList<>();
        for (String event : events) {
            statements.add("DROP TRIGGER IF EXISTS " + name(trigger, event) + " ON " + table(trigger));
        }
        statements.add("DROP FUNCTION IF EXISTS " + functions().name(function) + "()");
        return statements;
    }

    private String trigger(String kind, String event, String when, String condition, String function) {
        return "CREATE OR REPLACE TRIGGER " + name(kind, event) + " " + when + " ON " + table(kind) + " FOR EACH ROW"
                + (condition.isEmpty() ? "" : " WHEN (" + condition + ")") + " EXECUTE FUNCTION "
                + functions().name(function) + "()";
    }

    private String name(String kind, String event) {
        return id(Identifiers.fit(kind + "_" + move.name(), "_" + event));
    }

    private String table(String kind) {
        return id(model.baseSchema(), kind.equals(FORTH) ? move.from() : move.to());
    }

    /** By their texts, as not every type has an equality, and 1.0 is not 1.00 to see. */
    private static String changed(List<String> columns) {
        return columns.stream()
                .map(c -> "NEW." + id(c) + "::text IS DISTINCT FROM OLD." + id(c) + "::text")
                .collect(Collectors.joining(" OR "));
    }
}
