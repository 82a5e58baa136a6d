package io.github.pgtandem.plan;

import io.github.pgtandem.change.RawSql;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The author's SQL in a model, of which nobody here knows what it does: what it names may be its own.
 *
 * @param texts its statements, of expand, complete and rollback
 */
record AuthorsSql(List<String> texts) {

    private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.CASE_INSENSITIVE;

    /** Before a table's name: that it is made, or that it and maybe others are dropped. */
    private static final String TABLE = "\\b(?:CREATE\\s+(?:\\w+\\s+){0,2}TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
            + "|DROP\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?(?:[^;]*,\\s*)?)(?:(?:[\\w$]+|\"[^\"]+\")\\s*\\.\\s*)?\"?";

    AuthorsSql {
        texts = List.copyOf(texts);
    }

    static AuthorsSql of(Model model) {
        return new AuthorsSql(model.versions().stream()
                .flatMap(v -> v.changes().stream())
                .filter(RawSql.class::isInstance)
                .map(c -> ((RawSql) c).up() + " ; " + ((RawSql) c).down())
                .toList());
    }

    /** Whether it has a name in it. */
    boolean names(String name) {
        return matches("(?<![\\w$])", name);
    }

    /** Whether it makes a table or drops it, and thereby what hangs on it. */
    boolean makesOrDrops(String table) {
        return matches(TABLE, table);
    }

    private boolean matches(String before, String name) {
        Pattern pattern = Pattern.compile(before + Pattern.quote(name) + "(?![\\w$])", FLAGS);
        return texts.stream().anyMatch(sql -> pattern.matcher(sql).find());
    }
}
