package io.github.pgtandem.catalog;

/**
 * The queries of {@link CatalogReader} for tables. Each takes the tables' numbers, so that none grows with the tables
 * beside them; all run under an empty search path.
 */
final class CatalogQueries {

    private CatalogQueries() {}

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
                        ELSE 'NO' END AS generated,
                   array_remove(ARRAY[
                     CASE WHEN a.attstorage <> t.typstorage
                          THEN 'SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                                                                   WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
                     CASE a.attcompression WHEN 'p' THEN 'SET COMPRESSION pglz' WHEN 'l' THEN 'SET COMPRESSION lz4' END,
                     'SET STATISTICS ' || nullif(a.attstattarget, -1),
                     'SET (' || array_to_string(a.attoptions, ', ') || ')'], NULL) AS settings,
                   CASE WHEN a.attgenerated <> '' THEN ARRAY(
                     SELECT r.attname::text
                     FROM pg_depend s
                     JOIN pg_attribute r ON r.attrelid = c.oid AND r.attnum = s.refobjsubid
                     WHERE s.refclassid = 'pg_class'::regclass AND s.refobjid = c.oid AND r.attnum <> a.attnum
                       AND s.classid = 'pg_attrdef'::regclass AND s.objid = d.oid) ELSE '{}' END AS reads,
                   q.*
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            LEFT JOIN LATERAL (
              SELECT qn.nspname AS sequence_schema, qc.relname AS sequence_name,
                     CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY_DEFAULT' ELSE 'OWNED' END
                       AS sequence_kind,
                     format_type(x.seqtypid, NULL) AS sequence_type,
                     format('START WITH %s INCREMENT BY %s CACHE %s%s%s%s', x.seqstart, x.seqincrement, x.seqcache,
                            CASE WHEN x.seqmin <> CASE WHEN x.seqincrement > 0 THEN 1 ELSE l.low END
                                 THEN ' MINVALUE ' || x.seqmin ELSE '' END,
                            CASE WHEN x.seqmax <> CASE WHEN x.seqincrement > 0 THEN l.high ELSE -1 END
                                 THEN ' MAXVALUE ' || x.seqmax ELSE '' END,
                            CASE WHEN x.seqcycle THEN ' CYCLE' ELSE '' END) AS sequence_options,
                     ARRAY(
                       SELECT format('GRANT %s ON SEQUENCE %I.%I TO %s%s', g.privilege_type, qn.nspname, qc.relname,
                                     CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
                                     CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
                       FROM aclexplode(qc.relacl) g
                       WHERE g.grantee <> qc.relowner
                       UNION ALL
                       SELECT format('COMMENT ON SEQUENCE %I.%I IS %L', qn.nspname, qc.relname, m)
                       FROM obj_description(qc.oid, 'pg_class') m
                       WHERE m IS NOT NULL) AS sequence_attributes
              FROM pg_depend s
              JOIN pg_class qc ON qc.oid = s.objid AND qc.relkind = 'S'
              JOIN pg_namespace qn ON qn.oid = qc.relnamespace
              JOIN pg_sequence x ON x.seqrelid = qc.oid
              CROSS JOIN LATERAL (
                SELECT CASE x.seqtypid WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648
                                       ELSE -9223372036854775808 END AS low,
                       CASE x.seqtypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647
                                       ELSE 9223372036854775807 END AS high) l
              WHERE s.classid = 'pg_class'::regclass AND s.refclassid = 'pg_class'::regclass
                AND s.refobjid = c.oid AND s.refobjsubid = a.attnum AND s.deptype IN ('a', 'i')
              ORDER BY qc.oid
              LIMIT 1) q ON true
            WHERE c.oid = ANY (?::oid[])
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
                                        format('%I.%I', n.nspname, c.relname))) + 1) AS definition,
                   (SELECT quote_ident(s.spcname) FROM pg_tablespace s WHERE s.oid = i.reltablespace) AS tablespace,
                   obj_description(i.oid, 'pg_class') AS comment,
                   x.indisclustered AS is_clustered,
                   x.indisreplident AS is_replica_identity
            FROM pg_index x
            JOIN pg_class c ON c.oid = x.indrelid
            JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = ANY (?::oid[]) AND x.indisvalid
            ORDER BY c.relname, i.relname
            """;

    /** Deferral and validation stand at the end of what PostgreSQL prints. */
    static final String CONSTRAINTS = """
            SELECT c.relname AS relation,
                   k.conname AS name,
                   CASE k.contype WHEN 'p' THEN 'PRIMARY_KEY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK'
                                  WHEN 'f' THEN 'FOREIGN_KEY' ELSE 'EXCLUSION' END AS kind,
                   ARRAY(SELECT a.attname::text
                         FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, n)
                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
                         ORDER BY u.n) AS columns,
                   left(e.text, length(e.text) - length(e.enforced) - length(e.validated) - length(e.deferral))
                     AS definition,
                   ltrim(e.deferral || e.enforced) AS deferral,
                   k.convalidated AS validated,
                   obj_description(k.oid, 'pg_constraint') AS comment,
                   rn.nspname AS referenced_schema,
                   r.relname AS referenced,
                   ARRAY(SELECT a.attname::text
                         FROM unnest(k.confkey) WITH ORDINALITY AS u (attnum, n)
                         JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = u.attnum
                         ORDER BY u.n) AS referenced_columns,
                   ltrim(CASE k.confmatchtype WHEN 'f' THEN ' MATCH FULL' ELSE '' END
                     || CASE k.confupdtype WHEN 'r' THEN ' ON UPDATE RESTRICT' WHEN 'c' THEN ' ON UPDATE CASCADE'
                                           WHEN 'n' THEN ' ON UPDATE SET NULL' WHEN 'd' THEN ' ON UPDATE SET DEFAULT'
                                           ELSE '' END
                     || CASE k.confdeltype WHEN 'r' THEN ' ON DELETE RESTRICT' WHEN 'c' THEN ' ON DELETE CASCADE'
                                           WHEN 'n' THEN ' ON DELETE SET NULL' WHEN 'd' THEN ' ON DELETE SET DEFAULT'
                                           ELSE '' END) AS actions,
                   ARRAY(SELECT a.attname::text
                         FROM unnest(k.confdelsetcols) WITH ORDINALITY AS u (attnum, n)
                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
                         ORDER BY u.n) AS delete_sets
            FROM pg_constraint k
            JOIN pg_class c ON c.oid = k.conrelid
            LEFT JOIN pg_class r ON r.oid = k.confrelid
            LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
            CROSS JOIN LATERAL (SELECT pg_get_constraintdef(k.oid) AS printed) g
            CROSS JOIN LATERAL (
              SELECT printed AS text,
                     CASE WHEN printed LIKE '% NOT ENFORCED' THEN ' NOT ENFORCED' ELSE '' END AS enforced,
                     CASE WHEN NOT k.convalidated AND printed LIKE '% NOT VALID' THEN ' NOT VALID' ELSE '' END AS validated,
                     CASE WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END
                       || CASE WHEN k.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END AS deferral) e
            WHERE c.oid = ANY (?::oid[])
              AND k.conparentid = 0 AND k.contype IN ('p', 'u', 'c', 'f', 'x')
            ORDER BY c.relname, k.conname
            """;

    static final String STATISTICS = """
            SELECT c.relname AS relation,
                   x.stxname AS name,
                   xn.nspname AS schema,
                   ARRAY(SELECT a.attname::text
                         FROM pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attnum > 0
                           AND (a.attnum = ANY (x.stxkeys::int2[])
                                OR EXISTS (SELECT FROM pg_depend d
                                           WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = x.oid
                                             AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
                                             AND d.refobjsubid = a.attnum))
                         ORDER BY a.attnum) AS columns,
                   substr(left(g.printed, length(g.printed) - length(format(' FROM %I.%I', n.nspname, c.relname))),
                          length(format('CREATE STATISTICS %I.%I ', xn.nspname, x.stxname)) + 1) AS definition,
                   nullif(x.stxstattarget, -1) AS target,
                   obj_description(x.oid, 'pg_statistic_ext') AS comment
            FROM pg_statistic_ext x
            JOIN pg_namespace xn ON xn.oid = x.stxnamespace
            JOIN pg_class c ON c.oid = x.stxrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (SELECT pg_get_statisticsobjdef(x.oid) AS printed) g
            WHERE c.oid = ANY (?::oid[])
            ORDER BY c.relname, x.stxname
            """;

    static final String GRANTS = """
            SELECT c.relname AS relation, '' AS column_name, g.privilege_type AS privilege, g.is_grantable AS grantable,
                   CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS grantee
            FROM pg_class c
            CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) g
            WHERE c.oid = ANY (?::oid[])
              AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
              AND g.grantee <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user)
            UNION ALL
            SELECT c.relname, a.attname, g.privilege_type, g.is_grantable,
                   CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            CROSS JOIN LATERAL aclexplode(a.attacl) g
            WHERE c.oid = ANY (?::oid[])
              AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
            ORDER BY 1, 2, 5, 3
            """;
}
