package io.github.pgtandem.schema;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function that belongs to a version. Its body is bound by name, each time it runs, through the search path of whoever
 * calls it.
 *
 * @param written the author's words
 * @param migration which made it
 * @param types of its arguments, with commas between them; the author's arguments until it is compiled
 * @param sql the statement that creates it
 * @param head name, arguments and result, for one that only raises an error
 * @param identity name and arguments as {@code DROP FUNCTION} takes them
 */
public record VersionedFunction(
        Written written,
        String migration,
        String types,
        BoundSql sql,
        BoundSql head,
        BoundSql identity,
        Set<String> uses)
        implements VersionObject {

    /**
     * A function as its author wrote it.
     *
     * @param arguments in parentheses, without them
     * @param returns its result
     * @param language of its body
     * @param volatility or null for PostgreSQL's default
     * @param options further ones, or null
     * @param comment or null
     */
    public record Written(
            String name,
            String arguments,
            String returns,
            String language,
            String body,
            @Nullable String volatility,
            @Nullable String options,
            @Nullable String comment) {}

    public VersionedFunction {
        uses = Set.copyOf(uses);
    }

    /** A function that is not compiled yet. */
    public static VersionedFunction of(Written written) {
        return new VersionedFunction(
                written, "", written.arguments(), BoundSql.NONE, BoundSql.NONE, BoundSql.NONE, Set.of());
    }

    @Override
    public VersionedFunction madeBy(String by) {
        return new VersionedFunction(written, by, types, sql, head, identity, uses);
    }

    @Override
    public String name() {
        return written.name();
    }

    @Override
    public String label() {
        return "function " + name() + "(" + types + ")";
    }

    /** Whether these are its arguments: as it was created with, or their types alone. */
    public boolean takes(String arguments) {
        String asked = plain(arguments);
        return Stream.of(written.arguments(), types).anyMatch(a -> plain(a).equals(asked));
    }

    private static String plain(String arguments) {
        return arguments
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([,()\\[\\]]) ?", "$1")
                .toLowerCase(Locale.ROOT);
    }

    /** What its body reads is found when it runs. */
    @Override
    public Set<String> tables() {
        return Set.of();
    }

    @Override
    public VersionedFunction renamed(String table, String to, Map<String, String> columns) {
        return this;
    }
}
