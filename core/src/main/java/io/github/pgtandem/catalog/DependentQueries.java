package io.github.pgtandem.catalog;

/** The queries of {@link CatalogReader} for what of the user's hangs on tables. Each takes the tables' numbers. */
final class DependentQueries {

    private DependentQueries() {}

    /**
     * What hangs on a column, of a table or of its partitions, and would stop its being dropped. Our own objects do not
     * count.
     */
    static final String DEPENDENTS = """
            WITH member AS MATERIALIZED (
              SELECT t.oid AS root, t.oid FROM unnest(?::oid[]) AS t (oid)
              UNION
              -- As an array, so that PostgreSQL expects a few, and not a thousand of each table.
              SELECT t.oid, s.relid
              FROM unnest(?::oid[]) AS t (oid)
              CROSS JOIN LATERAL unnest(ARRAY(SELECT p.relid FROM pg_partition_tree(t.oid) p)) AS s (relid)
            )
            SELECT DISTINCT r.relname AS relation,
                   coalesce(a.attname, '') AS column_name,
                   pg_describe_object(o.classid, o.objid, 0) AS object,
                   true AS blocks_drop
            FROM member m
            JOIN pg_class r ON r.oid = m.root
            JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = m.oid
            LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
            LEFT JOIN pg_class v ON v.oid = w.ev_class AND w.ev_class <> d.refobjid
            LEFT JOIN pg_namespace vn ON vn.oid = v.relnamespace
            LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
            LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
              AND k.contype = 'f' AND k.conparentid = 0 AND k.confrelid = d.refobjid
            LEFT JOIN pg_class kc ON kc.oid = k.conrelid AND kc.relnamespace <> r.relnamespace
            CROSS JOIN LATERAL (
              SELECT v.oid IS NOT NULL
                       AND NOT (vn.nspname = ANY (string_to_array(current_setting('pgtandem.own_schemas'), E'\\n'))
                                AND NOT '"' || replace(vn.nspname, '"', '""') || '"."' || replace(v.relname, '"', '""')
                                          || '"' = ANY (string_to_array(current_setting('pgtandem.others'), E'\\n')))
                     OR d.classid = 'pg_proc'::regclass AND d.deptype = 'n'
                     OR kc.oid IS NOT NULL AS by_table,
                     w.ev_class = d.refobjid AND d.refobjsubid > 0
                     OR d.classid = 'pg_policy'::regclass AND d.deptype = 'n'
                     OR d.refobjsubid > 0 AND NOT t.tgisinternal AND t.tgname !~ '^[~$]pgtandem_' AND t.tgparentid = 0
                     OR d.classid = 'pg_publication_rel'::regclass AND d.refobjsubid > 0 AS by_column
            ) h
            CROSS JOIN LATERAL (
              SELECT CASE WHEN v.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass END AS classid,
                     CASE WHEN v.oid IS NULL THEN d.objid ELSE v.oid END AS objid,
                     x.number
              FROM unnest(CASE WHEN h.by_table THEN ARRAY[d.refobjsubid, 0] ELSE ARRAY[d.refobjsubid] END) AS x (number)
            ) o
            LEFT JOIN pg_attribute a ON a.attrelid = m.oid AND a.attnum = o.number AND o.number > 0
            WHERE h.by_table OR h.by_column
            ORDER BY 1, 2, 3
            """;

    /** What a partition has for itself, no parent carries: it would be lost when another column takes its column's place. */
    static final String OF_PARTITIONS = """
            WITH part AS MATERIALIZED (
              SELECT r.relname, s.relid
              FROM unnest(?::oid[]) AS t (oid)
              JOIN pg_class r ON r.oid = t.oid
              CROSS JOIN LATERAL pg_partition_tree(t.oid) s
              WHERE s.level > 0
            )
            SELECT DISTINCT o.relation, coalesce(a.attname, '') AS column_name,
                   pg_describe_object(o.classid, o.objid, 0) AS object, false AS blocks_drop
            FROM (
              SELECT p.relname AS relation, p.relid, 'pg_class'::regclass AS classid, x.indexrelid AS objid, a.attnum
              FROM part p
              JOIN pg_index x ON x.indrelid = p.relid
              JOIN pg_class i ON i.oid = x.indexrelid AND NOT starts_with(i.relname, '_pgtandem_')
              JOIN pg_attribute a ON a.attrelid = p.relid AND a.attnum > 0
              WHERE x.indisvalid AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid)
                AND (a.attnum = ANY (x.indkey::int2[])
                     OR EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = x.indexrelid
                                  AND d.refclassid = 'pg_class'::regclass AND d.refobjid = p.relid
                                  AND d.refobjsubid = a.attnum))
              UNION ALL
              SELECT p.relname, p.relid, 'pg_constraint'::regclass, k.oid, u.attnum
              FROM part p
              JOIN pg_constraint k ON k.conrelid = p.relid
              CROSS JOIN LATERAL unnest(k.conkey) AS u (attnum)
              WHERE k.contype IN ('c', 'f') AND k.conparentid = 0 AND k.coninhcount = 0
              UNION ALL
              SELECT p.relname, p.relid, 'pg_statistic_ext'::regclass, x.oid, u.attnum
              FROM part p
              JOIN pg_statistic_ext x ON x.stxrelid = p.relid
              CROSS JOIN LATERAL unnest(x.stxkeys::int2[]) AS u (attnum)
            ) o
            LEFT JOIN pg_attribute a ON a.attrelid = o.relid AND a.attnum = o.attnum
            ORDER BY 1, 2, 3
            """;
}
