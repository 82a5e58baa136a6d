package io.github.pgtandem.catalog;

/** The queries of {@link CatalogReader} for names. */
final class ReachQueries {

    private ReachQueries() {}

    /**
     * The tables that names reach, or all. Those that may be altered, also by the name of an index or of a column's type,
     * come with the tables whose foreign keys lead to them, and those with what their own lead to. Takes the base schema's
     * name, whether all are wanted, the names that may be altered twice, and all names.
     */
    static final String TABLES = """
            WITH base AS MATERIALIZED (
              SELECT oid FROM pg_namespace WHERE nspname = ?
            ), altered AS MATERIALIZED (
              SELECT coalesce(x.indrelid, c.oid) AS oid
              FROM base
              JOIN pg_class c ON c.relnamespace = base.oid AND (? OR c.relname = ANY (?::text[]))
              LEFT JOIN pg_index x ON x.indexrelid = c.oid
              UNION
              SELECT d.objid
              FROM base
              JOIN pg_type t ON t.typnamespace = base.oid AND t.typtype = 'e' AND t.typname = ANY (?::text[])
              JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray)
                AND d.classid = 'pg_class'::regclass AND d.objsubid > 0
            ), concerned AS MATERIALIZED (
              SELECT oid FROM altered
              UNION
              SELECT k.conrelid
              FROM altered a
              JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.oid
                AND d.classid = 'pg_constraint'::regclass
              JOIN pg_constraint k ON k.oid = d.objid AND k.confrelid = a.oid
            ), reached AS MATERIALIZED (
              SELECT oid FROM concerned
              UNION
              SELECT k.confrelid FROM concerned a JOIN pg_constraint k ON k.conrelid = a.oid AND k.contype = 'f'
              UNION
              SELECT c.oid FROM base JOIN pg_class c ON c.relnamespace = base.oid AND c.relname = ANY (?::text[])
            )
            SELECT c.oid, c.relname AS name,
                   CASE WHEN c.relkind = 'p' AND EXISTS (
                               SELECT FROM pg_partition_tree(c.oid) s JOIN pg_class l ON l.oid = s.relid
                               WHERE l.relkind = 'f') THEN 'WITH_FOREIGN_TABLES'
                        WHEN c.relkind = 'p' THEN 'PARTITIONED'
                        WHEN EXISTS (SELECT FROM pg_inherits h WHERE c.oid IN (h.inhparent, h.inhrelid))
                        THEN 'INHERITING' ELSE 'NONE' END AS partitioning,
                   ARRAY(SELECT DISTINCT a.attname::text
                         FROM pg_partition_tree(c.oid) s
                         JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.relid AND d.objsubid > 0
                           AND d.refclassid = 'pg_class'::regclass AND d.refobjid = s.relid AND d.refobjsubid = 0
                         JOIN pg_attribute a ON a.attrelid = s.relid AND a.attnum = d.objsubid
                         WHERE NOT s.isleaf ORDER BY 1) AS partition_key,
                   EXISTS (SELECT FROM pg_partition_tree(c.oid) s
                           JOIN pg_partitioned_table k ON k.partrelid = s.relid
                           WHERE k.partexprs IS NOT NULL) AS unkeyable,
                   c.relrowsecurity AS row_security,
                   CASE c.relreplident WHEN 'd' THEN 'DEFAULT' WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
                                       ELSE 'INDEX' END AS replica_identity,
                   obj_description(c.oid, 'pg_class') AS comment,
                   ARRAY(SELECT DISTINCT t.tgname::text
                         FROM (SELECT c.oid AS relid UNION SELECT s.relid FROM pg_partition_tree(c.oid) s) m
                         JOIN pg_trigger t ON t.tgrelid = m.relid
                         WHERE NOT t.tgisinternal AND t.tgname !~ '^[~$]pgtandem_'
                           AND t.tgtype & 1 = 1 AND t.tgtype & 2 = 2 AND t.tgtype & 16 = 16
                         ORDER BY 1) AS user_triggers
            FROM reached
            JOIN base ON true
            JOIN pg_class c ON c.oid = reached.oid AND c.relnamespace = base.oid
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
            ORDER BY c.relname
            """;

    static final String RELATIONS = """
            SELECT c.relname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ?
            """;

    static final String NAMES = """
            SELECT c.relname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            ORDER BY c.relname
            """;

    /** The numbers of tables that names stand for. Takes the names, and the base schema's. */
    static final String NUMBERS = """
            SELECT t.oid
            FROM unnest(?::text[]) AS n (name)
            CROSS JOIN LATERAL (SELECT to_regclass(format('%I.%I', ?::text, n.name))::oid) AS t (oid)
            WHERE t.oid IS NOT NULL
            """;
}
