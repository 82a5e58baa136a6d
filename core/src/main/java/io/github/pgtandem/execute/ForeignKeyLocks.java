package io.github.pgtandem.execute;

import io.github.pgtandem.execute.Dropped.Part;
import io.github.pgtandem.plan.Step;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whoever deletes from a table that a foreign key leads to has a lock on it and then wants one on the table that the key
 * comes from, and so does whoever inserts a row and then rows that lead to it. Adding or dropping the key takes the same
 * two in the other order; beside many of them it would never have both. So the table that the key leads to is locked
 * first.
 */
final class ForeignKeyLocks {

    private static final String WHOLE = "";
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\"(.]+)";
    private static final Pattern ADDED =
            Pattern.compile("(?s)^ALTER TABLE .* ADD .*\\bREFERENCES (" + NAME + "(?:\\." + NAME + ")?) ?\\(");

    private final JdbcTemplate jdbc;

    ForeignKeyLocks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The statements that lock what a step's foreign keys lead to, to be executed before those of the step. */
    List<String> before(Step step) {
        return Stream.concat(
                        dropped(step).stream().map(t -> "LOCK TABLE " + t + " IN ACCESS EXCLUSIVE MODE"),
                        added(step).stream().map(t -> "LOCK TABLE " + t + " IN SHARE ROW EXCLUSIVE MODE"))
                .toList();
    }

    /** What the foreign keys lead to that a step adds, as their definitions name it. */
    static List<String> named(Step step) {
        return step.statements().stream()
                .map(ADDED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private List<String> added(Step step) {
        List<String> named = named(step);
        return named.isEmpty()
                ? List.of()
                : jdbc.queryForList("""
                        SELECT DISTINCT format('%I.%I', n.nspname, c.relname)
                        FROM unnest(?::text[]) AS named (relation)
                        JOIN pg_class c ON c.oid = to_regclass(named.relation)
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        -- Who may only refer to it cannot lock it.
                        WHERE has_schema_privilege(n.oid, 'USAGE')
                          AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
                        ORDER BY 1
                        """, String.class, (Object) named.toArray(String[]::new));
    }

    /** What the foreign keys lead to that a step drops, with tables, columns or by name. */
    List<String> dropped(Step step) {
        Dropped dropped = Dropped.by(step);
        List<Part> parts = Stream.concat(
                        dropped.tables().stream().map(t -> new Part(t, false, WHOLE)), dropped.parts().stream())
                .toList();
        if (parts.isEmpty()) {
            return List.of();
        }
        return jdbc.queryForList(
                """
                        SELECT DISTINCT format('%I.%I', n.nspname, c.relname)
                        FROM unnest(?::text[], ?::text[]) AS dropped (relation, part)
                        JOIN pg_constraint k ON k.contype = 'f' AND k.conrelid = to_regclass(dropped.relation)
                                            AND k.confrelid <> k.conrelid
                        JOIN pg_class c ON c.oid = k.confrelid
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        -- Who owns only the table that it comes from may drop a key, but not lock the other one.
                        WHERE has_schema_privilege(n.oid, 'USAGE')
                          AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
                          AND (part = '' OR '"' || replace(k.conname, '"', '""') || '"' = part
                               OR EXISTS (SELECT FROM pg_attribute a
                                          WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                                            AND '"' || replace(a.attname, '"', '""') || '"' = part))
                        ORDER BY 1
                        """,
                String.class,
                parts.stream().map(Part::table).toArray(String[]::new),
                parts.stream().map(Part::name).toArray(String[]::new));
    }
}
