package io.github.pgtandem.catalog;

/** The queries of {@link CatalogReader} for what of the user's hangs on tables. */
final class DependentQueries {

    private DependentQueries() {}

    /**
     * What hangs on a column and would stop its being dropped, or be lost when another column takes its place. Our own
     * objects do not count.
     */
    static final String DEPENDENTS = """
            SELECT DISTINCT c.relname AS relation,
                   coalesce(a.attname, '') AS column_name,
                   pg_describe_object(o.classid, o.objid, 0) AS object,
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
                AND NOT (vn.nspname = ANY (string_to_array(current_setting('pgtandem.own_schemas'), E'\\n'))
                         AND NOT '"' || replace(vn.nspname, '"', '""') || '"."' || replace(v.relname, '"', '""') || '"'
                                 = ANY (string_to_array(current_setting('pgtandem.others'), E'\\n')))
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
                AND NOT t.tgisinternal AND t.tgname !~ '^[~$]pgtandem_' AND t.tgparentid = 0
              UNION ALL
              SELECT d.classid, d.objid, d.refobjid, d.refobjsubid, true
              FROM pg_depend d
              WHERE d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_publication_rel'::regclass
                AND d.refobjsubid > 0
              UNION ALL
              SELECT 'pg_constraint'::regclass, k.oid, k.confrelid, s.column_number, true
              FROM pg_constraint k
              JOIN pg_class kc ON kc.oid = k.conrelid
              JOIN pg_class rc ON rc.oid = k.confrelid
              CROSS JOIN LATERAL (SELECT unnest(k.confkey) UNION ALL SELECT 0) AS s (column_number)
              WHERE k.contype = 'f' AND k.conparentid = 0 AND kc.relnamespace <> rc.relnamespace
              UNION ALL
              -- What a partition has for itself, no parent carries.
              SELECT 'pg_class'::regclass, x.indexrelid, x.indrelid, a.attnum, false
              FROM pg_index x
              JOIN pg_class i ON i.oid = x.indexrelid AND NOT starts_with(i.relname, '_pgtandem_')
              JOIN pg_class p ON p.oid = x.indrelid AND p.relispartition
              JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum > 0
              WHERE x.indisvalid AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid)
                AND (a.attnum = ANY (x.indkey::int2[])
                     OR EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid
                                  AND d.refclassid = 'pg_class'::regclass AND d.refobjid = p.oid
                                  AND d.refobjsubid = a.attnum))
              UNION ALL
              SELECT 'pg_constraint'::regclass, k.oid, k.conrelid, u.attnum, false
              FROM pg_constraint k
              JOIN pg_class p ON p.oid = k.conrelid AND p.relispartition
              CROSS JOIN LATERAL unnest(k.conkey) AS u (attnum)
              WHERE k.contype IN ('c', 'f') AND k.conparentid = 0 AND k.coninhcount = 0
              UNION ALL
              SELECT 'pg_statistic_ext'::regclass, x.oid, x.stxrelid, u.attnum, false
              FROM pg_statistic_ext x
              JOIN pg_class p ON p.oid = x.stxrelid AND p.relispartition
              CROSS JOIN LATERAL unnest(x.stxkeys::int2[]) AS u (attnum)
            ) o
            JOIN pg_class c ON c.oid = coalesce(pg_partition_root(o.refobjid), o.refobjid)
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid AND o.refobjsubid > 0
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            """;

    /** The user's BEFORE UPDATE row triggers. */
    static final String TRIGGERS = """
            SELECT DISTINCT c.relname AS relation, t.tgname AS name
            FROM pg_trigger t
            JOIN pg_class c ON c.oid = coalesce(pg_partition_root(t.tgrelid), t.tgrelid)
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND NOT t.tgisinternal AND t.tgname !~ '^[~$]pgtandem_'
              AND t.tgtype & 1 = 1 AND t.tgtype & 2 = 2 AND t.tgtype & 16 = 16
            ORDER BY c.relname, t.tgname
            """;
}
