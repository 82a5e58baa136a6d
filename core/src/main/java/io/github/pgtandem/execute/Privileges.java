package io.github.pgtandem.execute;

import io.github.pgtandem.PgTandemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether the migration role may do what will be needed, asked before anything is changed. */
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
                SELECT c.relname || ' (owned by ' || pg_get_userbyid(c.relowner) || ')'
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ANY (?) AND c.relkind IN ('r', 'p')
                  AND NOT pg_has_role(c.relowner, 'USAGE')
                ORDER BY 1
                """, String.class, schema, tables.toArray(String[]::new));
        if (!others.isEmpty()) {
            throw missing("the migration role does not own " + String.join(", ", others), null);
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
