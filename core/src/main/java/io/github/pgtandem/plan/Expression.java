package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.Renames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An author's expression as PostgreSQL compiled it: fully qualified text with the places where it reads the row's
 * columns. So it can be bound to any row variable, and follows a column that is renamed, without touching the author's
 * text.
 *
 * @param parts text and columns in turn
 * @param tables stored names of the base schema's tables that its subqueries read
 */
public record Expression(List<Part> parts, Set<String> tables) {

    /**
     * A piece.
     *
     * @param text SQL, or null for a column
     * @param column stored name of the column read here, or null for text
     * @param asText whether two values of the column are compared by their text, as the type has no equality that every
     *     search path finds, or one that takes different values for the same
     */
    public record Part(@Nullable String text, @Nullable String column, boolean asText) {}

    public Expression {
        parts = List.copyOf(parts);
        tables = Set.copyOf(tables);
    }

    /** The SQL with its columns read from a row variable. */
    public String on(String row) {
        return parts.stream()
                .map(p -> p.column() == null ? p.text() : row + "." + id(p.column()))
                .collect(Collectors.joining());
    }

    /** Stored names of the columns it reads. */
    public Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        for (Part part : parts) {
            if (part.column() != null) {
                columns.add(part.column());
            }
        }
        return columns;
    }

    /** A condition that one of the columns it reads has changed; empty where it reads none. */
    public String changed() {
        return changed("NEW", Set.of(), "", Map.of());
    }

    /**
     * The same of a row variable.
     *
     * @param notByNull stored names of columns in which a null says nothing
     * @param earlier a row variable with the values before any was computed
     * @param computed conditions, by the stored name, for columns that were computed: a null is their value then
     */
    public String changed(String row, Set<String> notByNull, String earlier, Map<String, String> computed) {
        return parts.stream()
                .filter(p -> p.column() != null)
                .map(p -> {
                    String cast = p.asText() ? "::text COLLATE \"C\"" : "";
                    String column = id(String.valueOf(p.column()));
                    String when = computed.get(p.column());
                    if (when != null) {
                        return "((" + when + ") AND NEW." + column + cast + " IS DISTINCT FROM " + earlier + "."
                                + column + cast + ")";
                    }
                    String changed = row + "." + column + cast + " IS DISTINCT FROM OLD." + column + cast;
                    return notByNull.contains(p.column())
                            ? "(NOT (" + row + "." + column + " IS NULL) AND " + changed + ")"
                            : changed;
                })
                .distinct()
                .collect(Collectors.joining(" OR "));
    }

    Expression renamed(String table, Renames renames) {
        return new Expression(
                parts.stream()
                        .map(p ->
                                p.column() == null ? p : new Part(null, renames.column(table, p.column()), p.asText()))
                        .toList(),
                tables);
    }
}
