package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.plan.CompileFailure;
import io.github.pgtandem.plan.Expression;
import io.github.pgtandem.plan.Expression.Part;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Takes what PostgreSQL printed of an expression over renamed columns apart into text and columns. */
final class PrintedExpression {

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern ALIAS = Pattern.compile("(?<![\\w\".$])(new|old)\\.");
    static final String WHOLE_ROW =
            "it reads the whole row or a system column, which is not the same in every version.";
    static final String NAME_COLUMNS = "Name the columns that it needs.";

    private final JdbcTemplate jdbc;
    private final String token;
    private final Table scope;
    private final String baseSchema;
    private final Map<String, Boolean> asText = new HashMap<>();

    PrintedExpression(JdbcTemplate jdbc, String token, Table scope, String baseSchema) {
        this.jdbc = jdbc;
        this.token = token;
        this.scope = scope;
        this.baseSchema = baseSchema;
    }

    /** @param view {@code SELECT <expression> AS <token>_value FROM …} */
    Expression parse(String view) {
        // PostgreSQL begins a new line behind SELECT where a CASE follows.
        String text = view.substring(
                        view.indexOf("SELECT") + "SELECT".length(), view.lastIndexOf(" AS " + token + "_value"))
                .strip();
        refuseAlias(text);
        Matcher column =
                Pattern.compile(token + "_row\\.(?:" + token + "_(\\d+)_)?").matcher(text);
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (column.find()) {
            if (column.group(1) == null) {
                throw new CompileFailure(WHOLE_ROW, NAME_COLUMNS);
            }
            if (column.start() > from) {
                parts.add(new Part(text.substring(from, column.start()), null, false));
            }
            Column read = scope.columns().get(Integer.parseInt(column.group(1)));
            parts.add(new Part(null, read.stored(), isComparedAsText(read)));
            from = column.end();
        }
        if (from < text.length()) {
            parts.add(new Part(text.substring(from), null, false));
        }
        return new Expression(parts, tables());
    }

    /** The expression stands where these names are row variables, which the alias of a sub-select would hide. */
    private static void refuseAlias(String text) {
        Matcher alias = ALIAS.matcher(LITERAL.matcher(text).replaceAll("''"));
        if (alias.find()) {
            throw new CompileFailure(
                    "it calls a table \"" + alias.group(1) + "\", which is the row's own name in a trigger.",
                    "Give the table another alias.");
        }
    }

    /** 1.0 equals 1.00, and other things under a collation of the user's, but they are not the same to see. */
    private static boolean takesDifferentForSame(String type) {
        return type.startsWith("numeric")
                || type.startsWith("decimal")
                || type.startsWith("jsonb")
                || type.contains(" COLLATE ");
    }

    /** The base schema's tables that the expression reads beside its own row. */
    private Set<String> tables() {
        return new TreeSet<>(jdbc.queryForList("""
                SELECT DISTINCT c.relname
                FROM pg_rewrite w
                JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                JOIN pg_class c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE w.ev_class = 'pg_temp._pgtandem_expression'::regclass AND n.nspname = ?
                """, String.class, baseSchema));
    }

    /** Types of PostgreSQL's own that have an equality have it in every search path; all others have a text. */
    private boolean isComparedAsText(Column column) {
        return asText.computeIfAbsent(column.type(), type -> {
            jdbc.execute("SAVEPOINT pgtandem_compare");
            try {
                jdbc.queryForObject(
                        "SELECT set_config('search_path', ?, true)", String.class, id(baseSchema) + ", pg_temp");
                jdbc.execute("CREATE TABLE pg_temp._pgtandem_compare (value " + type + ")");
                jdbc.queryForObject("SELECT set_config('search_path', '', true)", String.class);
                jdbc.execute("SELECT value IS DISTINCT FROM value FROM pg_temp._pgtandem_compare");
                Boolean own = jdbc.queryForObject(
                        "SELECT t.typnamespace = 'pg_catalog'::regnamespace FROM pg_attribute a JOIN pg_type t"
                                + " ON t.oid = a.atttypid WHERE a.attrelid = " + literal("pg_temp._pgtandem_compare")
                                + "::regclass AND a.attnum = 1",
                        Boolean.class);
                return !Boolean.TRUE.equals(own) || takesDifferentForSame(type);
            } catch (DataAccessException e) {
                if (ServerMessages.isTrouble(e)) {
                    throw e;
                }
                return true;
            } finally {
                jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_compare");
            }
        });
    }
}
