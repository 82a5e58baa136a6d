package io.github.pgtandem.execute;

import io.github.pgtandem.plan.Step;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whoever deletes from a table that a foreign key leads to has a lock on it and then wants one on the table that the key
 * comes from. Dropping the key takes the same two in the other order; beside many deletes it would never have both. So
 * the table that the key leads to is locked first.
 */
final class ForeignKeyLocks {

    private static final Pattern DROP_TABLE = Pattern.compile("DROP TABLE IF EXISTS (.+)", Pattern.DOTALL);
    private static final Pattern DROP_PART = Pattern.compile(
            "ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(.+) DROP (?:COLUMN|CONSTRAINT) (?:IF EXISTS )?\"(.+)\"",
            Pattern.DOTALL);

    private final JdbcTemplate jdbc;

    ForeignKeyLocks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks what the foreign keys lead to that a step is about to drop, with their tables, columns or by name. */
    void before(Step step) {
        Set<String> referenced = new LinkedHashSet<>();
        for (String statement : step.statements()) {
            Matcher table = DROP_TABLE.matcher(statement);
            Matcher part = DROP_PART.matcher(statement);
            if (table.matches()) {
                referenced.addAll(referenced(table.group(1), null));
            } else if (part.matches()) {
                referenced.addAll(referenced(part.group(1), part.group(2).replace("\"\"", "\"")));
            }
        }
        referenced.forEach(t -> jdbc.execute("LOCK TABLE " + t + " IN ACCESS EXCLUSIVE MODE"));
    }

    /**
     * Tables that foreign keys of a table lead to.
     *
     * @param part name of one of its columns or constraints, or null for all
     */
    private Set<String> referenced(String table, @Nullable String part) {
        return new LinkedHashSet<>(jdbc.queryForList("""
                SELECT format('%I.%I', n.nspname, c.relname)
                FROM pg_constraint k
                JOIN pg_class c ON c.oid = k.confrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN (SELECT ?::text) AS dropped (part)
                WHERE k.contype = 'f' AND k.conrelid = to_regclass(?) AND k.confrelid <> k.conrelid
                  -- Who owns only the table that it comes from may drop a key, but not lock the other one.
                  AND has_schema_privilege(n.oid, 'USAGE')
                  AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
                  AND (part IS NULL OR k.conname = part
                       OR EXISTS (SELECT FROM pg_attribute a
                                  WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname = part))
                ORDER BY 1
                """, String.class, part, table));
    }
}
