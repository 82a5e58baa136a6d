package io.github.pgtandem.catalog;

/** The queries of {@link CatalogReader}. Each takes the base schema's name; all run under an empty search path. */
final class CatalogQueries {

    private CatalogQueries() {}

    static final String TABLES = """
            SELECT c.relname AS name,
                   c.relkind = 'p' AS partitioned,
                   obj_description(c.oid, 'pg_class') AS comment
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            ORDER BY c.relname
            """;

    static final String RELATIONS = """
            SELECT c.relname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ?
            """;

    /** A collation other than the type's own belongs to the type's text. */
    static final String COLUMNS = """
            SELECT c.relname AS relation,
                   a.attname AS name,
                   format_type(a.atttypid, a.atttypmod)
                     || CASE WHEN a.attcollation NOT IN (0, t.typcollation)
                             THEN ' COLLATE ' || a.attcollation::regcollation::text ELSE '' END AS type,
                   a.attnotnull AS not_null,
                   CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END AS default_sql,
                   col_description(c.oid, a.attnum) AS comment,
                   CASE WHEN a.attidentity <> '' THEN 'IDENTITY'
                        WHEN a.attgenerated <> '' THEN 'EXPRESSION'
                        WHEN EXISTS (SELECT FROM pg_depend s
                                     WHERE s.classid = 'pg_class'::regclass AND s.refclassid = 'pg_class'::regclass
                                       AND s.refobjid = c.oid AND s.refobjsubid = a.attnum AND s.deptype = 'a'
                                       AND EXISTS (SELECT FROM pg_class q WHERE q.oid = s.objid AND q.relkind = 'S'))
                        THEN 'SERIAL'
                        ELSE 'NO' END AS generated
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            ORDER BY c.relname, a.attnum
            """;

    /** The columns are all that the index reads: its keys, and what its expressions and predicate depend on. */
    static final String INDEXES = """
            SELECT c.relname AS relation,
                   i.relname AS name,
                   x.indisunique AS is_unique,
                   EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x', 'f'))
                     AS is_constraint,
                   ARRAY(SELECT a.attname::text
                         FROM pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attnum > 0
                           AND (a.attnum = ANY (x.indkey::int2[])
                                OR EXISTS (SELECT FROM pg_depend d
                                           WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid
                                             AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
                                             AND d.refobjsubid = a.attnum))
                         ORDER BY array_position(x.indkey::int2[], a.attnum), a.attnum) AS columns,
                   substr(pg_get_indexdef(x.indexrelid),
                          length(format('CREATE %sINDEX %I ON %s%s ',
                                        CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END, i.relname,
                                        CASE WHEN c.relkind = 'p' THEN 'ONLY ' ELSE '' END,
                                        format('%I.%I', n.nspname, c.relname))) + 1) AS definition
            FROM pg_index x
            JOIN pg_class c ON c.oid = x.indrelid
            JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND x.indisvalid
            ORDER BY c.relname, i.relname
            """;

    /** A foreign key's definition comes without its beginning, which the reader writes in its own way of quoting. */
    static final String CONSTRAINTS = """
            SELECT c.relname AS relation,
                   k.conname AS name,
                   CASE k.contype WHEN 'p' THEN 'PRIMARY_KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK'
                                  WHEN 'f' THEN 'FOREIGN_KEY' ELSE 'EXCLUSION' END AS kind,
                   ARRAY(SELECT a.attname::text
                         FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, n)
                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
                         ORDER BY u.n) AS columns,
                   CASE WHEN k.contype = 'f'
                        THEN substr(pg_get_constraintdef(k.oid),
                                    length('FOREIGN KEY (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY u.n)
                                      FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, n)
                                      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum) || ')') + 1)
                        ELSE pg_get_constraintdef(k.oid) END AS definition,
                   coalesce((SELECT r.relname FROM pg_class r WHERE r.oid = k.confrelid), '') AS referenced
            FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND k.contype IN ('p', 'u', 'c', 'f', 'x')
            ORDER BY c.relname, k.conname
            """;

    static final String GRANTS = """
            SELECT c.relname AS relation, '' AS column_name, g.privilege_type AS privilege, g.is_grantable AS grantable,
                   CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS grantee
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) g
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
              AND g.grantee <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user)
            UNION ALL
            SELECT c.relname, a.attname, g.privilege_type, g.is_grantable,
                   CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            CROSS JOIN LATERAL aclexplode(a.attacl) g
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE')
            ORDER BY 1, 2, 5, 3
            """;

    /**
     * What hangs on a column and would stop its being dropped, or be lost when another column takes its place. Our own
     * objects do not count.
     */
    static final String DEPENDENTS = """
            SELECT DISTINCT c.relname AS relation,
                   coalesce(a.attname, '') AS column_name,
                   regexp_replace(pg_describe_object(o.classid, o.objid, 0),
                                  '^default value for column', 'generated column') AS object,
                   o.blocks AS blocks_drop
            FROM (
              SELECT 'pg_class'::regclass AS classid, w.ev_class AS objid, d.refobjid, s.column_number AS refobjsubid,
                     true AS blocks
              FROM pg_depend d
              CROSS JOIN LATERAL (VALUES (d.refobjsubid), (0)) AS s (column_number)
              JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
              JOIN pg_class v ON v.oid = w.ev_class
              JOIN pg_namespace vn ON vn.oid = v.relnamespace
              WHERE d.refclassid = 'pg_class'::regclass AND w.ev_class <> d.refobjid
                AND NOT EXISTS (SELECT FROM unnest(string_to_array(current_setting('pgtandem.own_schemas'), E'\\n')) s
                                WHERE s = vn.nspname)
              UNION ALL
              SELECT d.classid, d.objid, d.refobjid, d.refobjsubid, true
              FROM pg_depend d
              JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
              WHERE d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND w.ev_class = d.refobjid
              UNION ALL
              SELECT d.classid, d.objid, d.refobjid, s.column_number, true
              FROM pg_depend d
              CROSS JOIN LATERAL (VALUES (d.refobjsubid), (0)) AS s (column_number)
              JOIN pg_proc f ON d.classid = 'pg_proc'::regclass AND d.objid = f.oid
              WHERE d.refclassid = 'pg_class'::regclass AND d.deptype = 'n'
              UNION ALL
              SELECT d.classid, d.objid, d.refobjid, d.refobjsubid, true
              FROM pg_depend d
              WHERE d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_policy'::regclass AND d.deptype = 'n'
              UNION ALL
              SELECT d.classid, d.objid, d.refobjid, d.refobjsubid, true
              FROM pg_depend d
              JOIN pg_trigger t ON t.oid = d.objid
              WHERE d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_trigger'::regclass AND d.refobjsubid > 0
                AND NOT t.tgisinternal AND t.tgname <> '~pgtandem_sync'
              UNION ALL
              SELECT d.classid, d.objid, d.refobjid, d.refobjsubid, true
              FROM pg_depend d
              WHERE d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_publication_rel'::regclass
                AND d.refobjsubid > 0
              UNION ALL
              SELECT 'pg_constraint'::regclass, k.oid, k.confrelid, u.attnum, true
              FROM pg_constraint k CROSS JOIN LATERAL unnest(k.confkey) AS u (attnum)
              WHERE k.contype = 'f' AND k.conparentid = 0
              UNION ALL
              SELECT 'pg_constraint'::regclass, k.oid, k.confrelid, 0, true
              FROM pg_constraint k
              JOIN pg_class kc ON kc.oid = k.conrelid
              JOIN pg_class rc ON rc.oid = k.confrelid
              WHERE k.contype = 'f' AND kc.relnamespace <> rc.relnamespace
              UNION ALL
              SELECT d.classid, d.objid, d.refobjid, d.refobjsubid, true
              FROM pg_depend d
              JOIN pg_attrdef e ON e.oid = d.objid
              WHERE d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_attrdef'::regclass AND d.refobjsubid > 0
                AND NOT (e.adrelid = d.refobjid AND e.adnum = d.refobjsubid)
              UNION ALL
              SELECT 'pg_statistic_ext'::regclass, x.oid, x.stxrelid, u.attnum, false
              FROM pg_statistic_ext x CROSS JOIN LATERAL unnest(x.stxkeys::int2[]) AS u (attnum)
            ) o
            JOIN pg_class c ON c.oid = o.refobjid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.refobjsubid AND o.refobjsubid > 0
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            UNION ALL
            SELECT c.relname, a.attname, s.setting, false
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            CROSS JOIN LATERAL (
              SELECT 'its own privileges' WHERE a.attacl IS NOT NULL
              UNION ALL SELECT 'its own storage setting' WHERE a.attstorage <> t.typstorage
              UNION ALL SELECT 'its own compression setting' WHERE a.attcompression <> ''
              UNION ALL SELECT 'its own statistics target' WHERE coalesce(a.attstattarget, -1) <> -1
              UNION ALL SELECT 'its own attribute options' WHERE a.attoptions IS NOT NULL
            ) AS s (setting)
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            """;

    /** The user's BEFORE UPDATE row triggers. */
    static final String TRIGGERS = """
            SELECT c.relname AS relation, t.tgname AS name
            FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND NOT t.tgisinternal AND t.tgname <> '~pgtandem_sync'
              AND t.tgtype & 1 = 1 AND t.tgtype & 2 = 2 AND t.tgtype & 16 = 16
            ORDER BY c.relname, t.tgname
            """;
}
