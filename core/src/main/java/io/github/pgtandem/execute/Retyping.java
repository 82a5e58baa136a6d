package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gives a column of an empty table another type. PostgreSQL takes along whatever hangs on the column but generated
 * columns; these are dropped and made anew, and so is what hangs on them.
 */
final class Retyping {

    private final JdbcTemplate jdbc;
    private final String table;

    /** @param table quoted */
    Retyping(JdbcTemplate jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    void run(String column, String type) {
        List<String> again = new ArrayList<>();
        for (Map<String, Object> computed : computedFrom(column)) {
            String name = String.valueOf(computed.get("name"));
            again.add("ALTER TABLE " + table + " ADD COLUMN " + id(name) + " " + computed.get("type") + " "
                    + computed.get("generation"));
            again.addAll(hangingOn(name));
            jdbc.execute("ALTER TABLE " + table + " DROP COLUMN " + id(name) + " CASCADE");
        }
        jdbc.execute("ALTER TABLE " + table + " ALTER COLUMN " + id(column) + " TYPE " + type + " USING NULL");
        again.forEach(jdbc::execute);
    }

    /** Drops columns, and gives the statements that bring back what has gone with them. */
    List<String> takeOff(List<String> columns) {
        Set<String> computed = new LinkedHashSet<>();
        Set<String> hanging = new LinkedHashSet<>();
        for (String column : columns) {
            for (Map<String, Object> each : computedFrom(column)) {
                String name = String.valueOf(each.get("name"));
                computed.add("ALTER TABLE " + table + " ADD COLUMN " + id(name) + " " + each.get("type") + " "
                        + each.get("generation"));
                hanging.addAll(hangingOn(name));
            }
            hanging.addAll(hangingOn(column));
        }
        columns.forEach(c -> jdbc.execute("ALTER TABLE " + table + " DROP COLUMN " + id(c) + " CASCADE"));
        List<String> statements = new ArrayList<>(computed);
        statements.addAll(hanging);
        return statements;
    }

    /** Adds the columns again with another type, and what hung on them. */
    void putOn(List<String> columns, String type, List<String> hanging) {
        columns.forEach(c -> jdbc.execute("ALTER TABLE " + table + " ADD COLUMN " + id(c) + " " + type));
        hanging.forEach(jdbc::execute);
    }

    private List<Map<String, Object>> computedFrom(String column) {
        return jdbc.queryForList("""
                SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
                       'GENERATED ALWAYS AS (' || pg_get_expr(e.adbin, e.adrelid)
                         || CASE a.attgenerated WHEN 's' THEN ') STORED' ELSE ') VIRTUAL' END AS generation
                FROM pg_attribute c
                JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.attrelid
                  AND d.refobjsubid = c.attnum AND d.classid = 'pg_attrdef'::regclass
                JOIN pg_attrdef e ON e.oid = d.objid
                JOIN pg_attribute a ON a.attrelid = e.adrelid AND a.attnum = e.adnum AND a.attgenerated <> ''
                WHERE c.attrelid = %s::regclass AND c.attname = ? AND a.attnum <> c.attnum
                """.formatted(literal(table)), column);
    }

    private List<String> hangingOn(String column) {
        return jdbc.queryForList("""
                WITH of AS (SELECT attrelid, attnum FROM pg_attribute WHERE attrelid = %1$s::regclass AND attname = ?),
                     hanging AS (SELECT d.classid, d.objid
                                 FROM pg_depend d JOIN of ON d.refclassid = 'pg_class'::regclass
                                   AND d.refobjid = of.attrelid AND d.refobjsubid = of.attnum)
                SELECT DISTINCT pg_get_indexdef(objid) FROM hanging JOIN pg_index ON indexrelid = objid
                WHERE classid = 'pg_class'::regclass
                  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = objid)
                UNION ALL
                SELECT DISTINCT 'ALTER TABLE %2$s ADD CONSTRAINT ' || quote_ident(conname) || ' '
                                || pg_get_constraintdef(oid)
                FROM hanging JOIN pg_constraint ON oid = objid WHERE classid = 'pg_constraint'::regclass AND contype <> 'n'
                UNION ALL
                SELECT DISTINCT pg_get_statisticsobjdef(objid) FROM hanging
                WHERE classid = 'pg_statistic_ext'::regclass
                UNION ALL
                SELECT 'ALTER TABLE %2$s ALTER COLUMN ' || quote_ident(attname) || ' SET NOT NULL'
                FROM pg_attribute WHERE attrelid = %1$s::regclass AND attname = ? AND attnotnull
                """.formatted(literal(table), table), String.class, column, column);
    }
}
