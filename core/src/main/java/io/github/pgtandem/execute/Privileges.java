package io.github.pgtandem.execute;

import io.github.pgtandem.PgTandemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether the migration role may do what will be needed, asked before anything is changed. Partitions come as an array, of
 * which PostgreSQL expects a few, and not a thousand for each table: it would look at every relation there is.
 */
final class Privileges {

    private Privileges() {}

    /** Refuses a role that cannot make version schemas, and a base schema that is not there. */
    static void check(JdbcTemplate jdbc, String schema) {
        Boolean there =
                jdbc.queryForObject("SELECT to_regnamespace(quote_ident(?)) IS NOT NULL", Boolean.class, schema);
        if (!Boolean.TRUE.equals(there)) {
            throw new PgTandemException(
                    "schema " + schema + " does not exist.", "Create it, or name another with pgtandem.schema.");
        }
        Boolean may = jdbc.queryForObject("SELECT has_database_privilege(current_database(), 'CREATE')", Boolean.class);
        if (!Boolean.TRUE.equals(may)) {
            String role = jdbc.queryForObject(
                    "SELECT format('GRANT CREATE ON DATABASE %I TO %I;', current_database(), current_user)",
                    String.class);
            throw new PgTandemException(
                    "the migration role may not create schemas in this database.",
                    "Let an administrator run:\n    " + role
                            + "\nor give migrations another role with pgtandem.user and pgtandem.password.");
        }
        checkSchema(jdbc, schema);
    }

    private static void checkSchema(JdbcTemplate jdbc, String schema) {
        Boolean may = jdbc.queryForObject(
                "SELECT has_schema_privilege(?, 'CREATE') AND has_schema_privilege(?, 'USAGE')",
                Boolean.class,
                schema,
                schema);
        if (!Boolean.TRUE.equals(may)) {
            String grant = jdbc.queryForObject(
                    "SELECT format('GRANT USAGE, CREATE ON SCHEMA %I TO %I;', ?, current_user)", String.class, schema);
            throw new PgTandemException(
                    "the migration role may not create tables and indexes in schema " + schema + ".",
                    "Let an administrator run:\n    " + grant
                            + "\nor give migrations another role with pgtandem.user and pgtandem.password.");
        }
    }

    /** Refuses tables that the role cannot alter. */
    static void checkOwner(JdbcTemplate jdbc, String schema, List<String> tables) {
        List<String> others = jdbc.queryForList("""
                SELECT o.relname || ' (owned by ' || pg_get_userbyid(o.relowner) || ')'
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN LATERAL (
                  SELECT c.oid UNION SELECT unnest(ARRAY(SELECT s.relid FROM pg_partition_tree(c.oid) s))) p
                JOIN pg_class o ON o.oid = p.oid
                WHERE n.nspname = ? AND c.relname = ANY (?) AND c.relkind IN ('r', 'p')
                  AND NOT pg_has_role(o.relowner, 'USAGE')
                ORDER BY 1
                """, String.class, schema, tables.toArray(String[]::new));
        if (!others.isEmpty()) {
            throw missing("the migration role does not own " + String.join(", ", others), null);
        }
    }

    /** Refuses to fill tables of which policies would hide rows from the role. */
    static void checkRowSecurity(JdbcTemplate jdbc, String schema, List<String> filled) {
        List<String> hidden = jdbc.queryForList("""
                SELECT o.relname
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN LATERAL (
                  SELECT c.oid UNION SELECT unnest(ARRAY(SELECT s.relid FROM pg_partition_tree(c.oid) s))) p
                JOIN pg_class o ON o.oid = p.oid
                WHERE n.nspname = ? AND c.relname = ANY (?) AND row_security_active(o.oid)
                ORDER BY 1
                """, String.class, schema, filled.toArray(String[]::new));
        if (!hidden.isEmpty()) {
            String role = jdbc.queryForObject("SELECT quote_ident(current_user)", String.class);
            throw new PgTandemException(
                    "row-level security holds for the migration role too on " + String.join(", ", hidden)
                            + ", so it might not see all rows that it has to fill.",
                    "Let an administrator run:\n    ALTER ROLE " + role
                            + " BYPASSRLS;\nor, where the role owns the table:" + "\n    ALTER TABLE " + hidden.get(0)
                            + " NO FORCE ROW LEVEL SECURITY;");
        }
    }

    static PgTandemException missing(String what, @Nullable Throwable cause) {
        return new PgTandemException(
                what + ".",
                "Give migrations one role, always the same, that owns the tables and the schema pgtandem, or is a member of"
                        + " their owners, and may create schemas: pgtandem.user and pgtandem.password.",
                cause);
    }
}
