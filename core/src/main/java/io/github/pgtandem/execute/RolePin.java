package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.ids;
import static io.github.pgtandem.schema.Identifiers.versionSchema;

import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.StateStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The search path that a login role's sessions begin with in this database. It belongs to one version at a time, as
 * poolers share the sessions of a role among all who log in with it.
 */
final class RolePin {

    private static final Logger LOG = LoggerFactory.getLogger(RolePin.class);

    private final JdbcTemplate jdbc;
    private final Settings settings;
    private final String role;
    private final List<String> path;

    /**
     * @param path names of schemas, that of the version first
     */
    RolePin(JdbcTemplate jdbc, Settings settings, String role, List<String> path) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.role = role;
        this.path = List.copyOf(path);
    }

    /** Whether the role has the path already. PostgreSQL keeps it as it quotes names itself. */
    boolean isSet() {
        String wanted = jdbc.queryForObject(
                "SELECT string_agg(quote_ident(name), ', ' ORDER BY n) FROM unnest(?::text[]) WITH ORDINALITY AS p (name, n)",
                String.class,
                (Object) path.toArray(String[]::new));
        return setting().filter(s -> s.equals(wanted)).isPresent();
    }

    /**
     * Gives it to the role, unless somebody still works as that role with another one. The caller holds the migrator's
     * lock.
     */
    void set() {
        checkRole();
        Optional<String> before = setting();
        refuse(before.orElse(null));
        alter("SET search_path = " + ids(path));
        // Whoever has logged in meanwhile has the old one for as long as the session lasts.
        List<String> sessions = sessions();
        if (!sessions.isEmpty()) {
            alter(before.map(p -> "SET search_path = " + p).orElse("RESET search_path"));
            throw used(before.orElse(null), String.join(", ", sessions));
        }
        LOG.info("Sessions of role {} begin with search_path {} from now on.", role, ids(path));
    }

    private void checkRole() {
        Boolean own = jdbc.queryForObject(
                "SELECT (SELECT r.rolname IN (current_user, session_user) FROM pg_roles r WHERE r.rolname = ?)",
                Boolean.class,
                role);
        if (own == null) {
            throw new PgTandemException(
                    "there is no role \"" + role + "\", which the application logs in as.",
                    "Correct the name of the user of the application's DataSource. Through a pooler it must be the name in"
                            + " PostgreSQL, too.");
        }
        if (own) {
            throw new PgTandemException(
                    "the application logs in as \"" + role + "\", and so do migrations, so the role cannot have the"
                            + " search path of one version.",
                    "Set pgtandem.user and pgtandem.password (and pgtandem.url, where there is a pooler) to a login of"
                            + " their own.");
        }
    }

    private void refuse(@Nullable String before) {
        List<String> sessions = sessions();
        if (!sessions.isEmpty()) {
            throw used(before, String.join(", ", sessions));
        }
        // Behind a pooler an idle instance has no session. It may be of any base schema of the database.
        if (before != null) {
            for (String base : jdbc.queryForList("SELECT DISTINCT schema FROM pgtandem.migration", String.class)) {
                List<String> versions = versionsOf(base, before);
                CutOff alive = CutOff.now(jdbc, base, versions::contains);
                if (!alive.isEmpty()) {
                    throw used(before, alive.toString());
                }
            }
        }
    }

    private PgTandemException used(@Nullable String before, String who) {
        return new PgTandemException(
                "role \"" + role + "\" is in use with " + (before == null ? "no search_path of its own" : before) + ": "
                        + who + ".",
                "Give each version a login role of its own. Or stop what is named here first (a pooler keeps sessions of"
                        + " the role until they are idle for long enough: PgBouncer's server_idle_timeout, or RECONNECT).");
    }

    private List<String> versionsOf(String base, String setting) {
        List<History.Entry> entries = new StateStore(jdbc, base).history().entries();
        return jdbc.queryForList(
                """
                SELECT name FROM unnest(?::text[], ?::text[]) AS v (name, schema)
                WHERE ? = quote_ident(schema) OR starts_with(?, quote_ident(schema) || ',')
                """,
                String.class,
                entries.stream().map(History.Entry::name).toArray(String[]::new),
                entries.stream()
                        .map(e -> versionSchema(base, e.versionSchema()))
                        .toArray(String[]::new),
                setting,
                setting);
    }

    /** What is set for the role, here or everywhere; here wins. */
    private Optional<String> setting() {
        return jdbc.queryForList("""
                        SELECT substr(c, length('search_path=') + 1)
                        FROM pg_db_role_setting s
                        JOIN pg_roles r ON r.oid = s.setrole
                        CROSS JOIN LATERAL unnest(s.setconfig) AS u (c)
                        WHERE r.rolname = ? AND c LIKE 'search_path=%'
                          AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                        ORDER BY s.setdatabase DESC
                        """, String.class, role).stream().findFirst();
    }

    private List<String> sessions() {
        return jdbc.queryForList("""
                SELECT 'pid ' || pid || coalesce(' (' || nullif(application_name, '') || ')', '')
                FROM pg_stat_activity
                WHERE usename = ? AND datname = current_database()
                ORDER BY pid
                """, String.class, role);
    }

    private void alter(String what) {
        String database = jdbc.queryForObject("SELECT current_database()", String.class);
        String sql = "ALTER ROLE " + id(role) + " IN DATABASE " + id(String.valueOf(database)) + " " + what;
        try {
            jdbc.execute(sql);
        } catch (DataAccessException e) {
            if (!ServerMessages.state(e).equals(ServerMessages.INSUFFICIENT_PRIVILEGE)) {
                throw e;
            }
            throw new PgTandemException(
                    "the migration role may not set the search path of role \"" + role + "\": " + ServerMessages.text(e)
                            + ".",
                    "Let an administrator run this before the start:\n    " + sql + ";",
                    e);
        }
    }
}
