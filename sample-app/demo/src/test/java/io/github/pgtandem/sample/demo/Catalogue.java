package io.github.pgtandem.sample.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a database knows of the shop's tables, in lines that can be compared. */
record Catalogue(List<String> lines) {

    private static final String QUERY = """
            SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || ' identity:' || a.attidentity::text
                   || ' default:' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
                   || ' comment:' || coalesce(col_description(c.oid, a.attnum), '')
              FROM pg_attribute AS a
              JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
              LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                   || ' validated:' || convalidated
              FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
            UNION ALL
            SELECT 'index ' || indexdef
              FROM pg_indexes
             WHERE schemaname = 'public'
            UNION ALL
            SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname
              FROM pg_trigger
              JOIN pg_class AS c ON c.oid = tgrelid AND c.relnamespace = 'public'::regnamespace
             WHERE NOT tgisinternal
            UNION ALL
            SELECT 'relation ' || relname || ' ' || relkind::text || ' comment:' || coalesce(obj_description(oid), '')
              FROM pg_class
             WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'function ' || proname
              FROM pg_proc
             WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT DISTINCT 'view ' || r.ev_class::regclass || ' of ' || d.refobjid::regclass
              FROM pg_depend AS d
              JOIN pg_rewrite AS r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
              JOIN pg_class AS c ON c.oid = d.refobjid AND c.relnamespace = 'public'::regnamespace
             WHERE d.refclassid = 'pg_class'::regclass
            ORDER BY 1
            """;

    static Catalogue of(String url) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return new Catalogue(lines);
    }

    /** What it has to say about one table. */
    List<String> about(String table, String kind) {
        return lines.stream()
                .filter(line -> line.startsWith(kind + " "))
                .filter(line -> line.matches(".*\\b" + table + "\\b.*"))
                .toList();
    }
}
