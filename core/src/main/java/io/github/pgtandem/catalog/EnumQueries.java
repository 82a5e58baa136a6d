package io.github.pgtandem.catalog;

/** The queries of {@link CatalogReader} for enum types. Each takes the base schema's name. */
final class EnumQueries {

    private EnumQueries() {}

    /**
     * What hangs on a type beside the columns of tables, what hangs on those, and views of ours: this goes or is carried
     * when the columns get another type.
     */
    static final String ENUMS = """
            SELECT t.typname AS name,
                   format_type(t.oid, NULL) AS type,
                   ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)
                     AS labels,
                   obj_description(t.oid, 'pg_type') AS comment,
                   t.typacl IS NOT NULL AS granted,
                   ARRAY(
                     SELECT DISTINCT CASE WHEN w.ev_class IS NULL THEN pg_describe_object(d.classid, d.objid, d.objsubid)
                                          ELSE pg_describe_object('pg_class'::regclass, w.ev_class, 0) END
                     FROM pg_depend d
                     LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
                     LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
                     LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
                     LEFT JOIN pg_statistic_ext x ON d.classid = 'pg_statistic_ext'::regclass AND x.oid = d.objid
                     LEFT JOIN pg_index i ON d.classid = 'pg_class'::regclass AND i.indexrelid = d.objid
                     LEFT JOIN pg_class c ON c.oid = coalesce(w.ev_class, f.adrelid, k.conrelid, x.stxrelid, i.indrelid,
                                                     CASE d.classid WHEN 'pg_class'::regclass THEN d.objid END)
                     LEFT JOIN pg_namespace cn ON cn.oid = c.relnamespace
                     WHERE d.refclassid = 'pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray) AND d.deptype = 'n'
                       AND NOT coalesce(
                         c.relkind IN ('r', 'p') AND c.relnamespace = t.typnamespace
                           AND (d.refobjid = t.oid OR d.objsubid = 0)
                           AND EXISTS (SELECT FROM pg_attribute a
                                       WHERE a.attrelid = c.oid AND NOT a.attisdropped
                                         AND a.atttypid IN (t.oid, t.typarray)
                                         AND (k.oid IS NULL OR a.attnum = ANY (k.conkey)))
                         OR c.relkind = 'v'
                           AND cn.nspname = ANY (string_to_array(current_setting('pgtandem.own_schemas'), E'\\n')),
                         false)
                     ORDER BY 1) AS dependents
            FROM pg_type t
            JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE n.nspname = ? AND t.typtype = 'e'
            ORDER BY t.typname
            """;

    static final String USAGE = """
            SELECT t.typname AS relation, '' AS column_name, g.privilege_type AS privilege, g.is_grantable AS grantable,
                   CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS grantee
            FROM pg_type t
            JOIN pg_namespace n ON n.oid = t.typnamespace
            CROSS JOIN LATERAL aclexplode(t.typacl) g
            WHERE n.nspname = ? AND t.typtype = 'e' AND g.grantee <> t.typowner
            ORDER BY 1, 5
            """;
}
