package io.github.pgtandem.test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** What an application can see of a schema and its rows, a line each, without the order of columns. */
final class SchemaFacts {

    private static final String FACTS = """
            WITH s AS (SELECT oid FROM pg_namespace WHERE nspname = :schema),
                c AS (SELECT * FROM pg_class WHERE relnamespace IN (SELECT oid FROM s))
            SELECT concat_ws(' ', 'relation', relname, relkind, relreplident, reloptions::text, relacl::text,
                CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END)
            FROM c
            WHERE relkind <> 't'
            UNION ALL
            SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN 'not null' END, a.attidentity, a.attgenerated, a.attstorage,
                a.attstattarget, a.attacl::text, pg_get_expr(d.adbin, d.adrelid))
            FROM c
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
            UNION ALL
            SELECT concat_ws(' ', 'constraint', c.relname, k.conname, pg_get_constraintdef(k.oid))
            FROM pg_constraint AS k JOIN c ON c.oid = k.conrelid
            UNION ALL
            SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid),
                CASE WHEN NOT i.indisvalid THEN 'invalid' END)
            FROM pg_index AS i JOIN c ON c.oid = i.indrelid
            UNION ALL
            SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
            FROM pg_trigger AS t JOIN c ON c.oid = t.tgrelid
            WHERE NOT t.tgisinternal
            UNION ALL
            SELECT concat_ws(' ', 'function', pg_get_functiondef(p.oid))
            FROM pg_proc AS p
            WHERE p.pronamespace IN (SELECT oid FROM s) AND p.prokind <> 'a'
            UNION ALL
            SELECT concat_ws(' ', 'comment', c.relname, a.attname, d.description)
            FROM pg_description AS d
            JOIN c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass
            LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
            UNION ALL
            SELECT concat_ws(' ', 'policy', c.relname, p.polname, p.polcmd, p.polroles::text,
                pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
            FROM pg_policy AS p JOIN c ON c.oid = p.polrelid
            UNION ALL
            SELECT concat_ws(' ', 'type', t.typname, format_type(nullif(t.typbasetype, 0), t.typtypmod),
                (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
                FROM pg_enum AS e
                WHERE e.enumtypid = t.oid))
            FROM pg_type AS t
            WHERE t.typnamespace IN (SELECT oid FROM s) AND t.typtype IN ('d', 'e')
            UNION ALL
            SELECT concat_ws(' ', 'extension', extname, extversion)
            FROM pg_extension
            UNION ALL
            SELECT concat_ws(' ', 'schema', nspname)
            FROM pg_namespace
            WHERE nspname !~ '^pg_' AND nspname <> 'pgtandem'
            ORDER BY 1
            """;

    /** A statement for each table that gives one fact. The sum does not depend on the order of rows. */
    private static final String ROWS = """
            SELECT format('SELECT concat_ws('' '', ''rows'', %L, count(*), ''digest'',
                sum(hashtextextended((t.*)::text, 0))) FROM %I.%I AS t', relname, :schema, relname)
            FROM pg_class
            WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema) AND relkind = 'r'
            ORDER BY relname
            """;

    private SchemaFacts() {}

    static List<String> read(DataSource dataSource, String schema) {
        NamedParameterJdbcTemplate jdbc = new NamedParameterJdbcTemplate(dataSource);
        Map<String, String> parameters = Map.of("schema", schema);
        Stream<String> rows = jdbc.queryForList(ROWS, parameters, String.class).stream()
                .flatMap(sql -> jdbc.getJdbcOperations().queryForList(sql, String.class).stream());
        return Stream.concat(jdbc.queryForList(FACTS, parameters, String.class).stream(), rows)
                .toList();
    }

    /** What only the first has, after a minus, and what only the second has, after a plus. */
    static String difference(List<String> before, List<String> after) {
        return Stream.concat(
                        before.stream().filter(fact -> !after.contains(fact)).map(fact -> "- " + fact),
                        after.stream().filter(fact -> !before.contains(fact)).map(fact -> "+ " + fact))
                .collect(Collectors.joining("\n"));
    }
}
