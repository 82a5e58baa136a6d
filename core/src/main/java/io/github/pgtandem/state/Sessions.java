package io.github.pgtandem.state;

import io.github.pgtandem.Status;
import io.github.pgtandem.schema.Identifiers;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sessions whose application name says {@code <application>@<version>}, as pinned connections do: evidence of an instance
 * that is not registered, or does not beat any more.
 *
 * <p>The name does not say the base schema, of which another may have an application and a version of the same names. A
 * session is taken for another's only if an instance that is alive there has sessions of this name, and none of ours has
 * but such as have signed off. One that is alive or has fallen silent may have opened it: then it counts, as who is
 * refused can ask again or force, and who is cut off cannot.
 */
public final class Sessions {

    /** From this length on a name may have been cut; a character of up to four bytes goes as a whole. */
    private static final int PERHAPS_CUT = Identifiers.MAX_BYTES - 3;

    private final JdbcTemplate jdbc;
    private final String schema;

    /** Works over the caller's connection and in the caller's transaction. */
    public Sessions(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * Those of the database at hand; not those of its standbys, which it does not know.
     *
     * @param history names of all versions: a name that says one of them to its end is not the cut name of another
     * @param asked the versions to look for
     */
    public List<Status.Session> of(Collection<String> history, Predicate<String> asked) {
        Set<String> elsewhere = elsewhere();
        // A role without pg_read_all_stats is not told the kind and the times of others' sessions, but their names.
        return jdbc
                .query(
                        """
                        SELECT pid, host(client_addr) AS address, backend_start, application_name
                        FROM pg_stat_activity
                        WHERE datname = current_database() AND application_name LIKE '%@%'
                          AND coalesce(backend_type, 'client backend') = 'client backend'
                        ORDER BY pid
                        """,
                        (row, n) -> new Named(
                                row.getInt("pid"),
                                row.getString("application_name"),
                                row.getString("address"),
                                Rows.instant(row, "backend_start")))
                .stream()
                .filter(s -> !elsewhere.contains(Identifiers.shown(s.name())))
                .flatMap(s -> s.of(history).stream()
                        .filter(f -> asked.test(f.version()))
                        .limit(1))
                .toList();
    }

    /** Other base schemas that have instances alive whose sessions have the same names. */
    public List<String> basesWithTheNamesOf(Collection<Status.Session> sessions) {
        Set<String> names = sessions.stream()
                .map(s -> Identifiers.sessionName(s.application(), s.version()))
                .collect(Collectors.toSet());
        return openers()
                .filter(o -> o.alive() && !o.schema().equals(schema) && names.contains(o.name()))
                .map(Opener::schema)
                .distinct()
                .sorted()
                .toList();
    }

    private Set<String> elsewhere() {
        List<Opener> openers = openers().toList();
        Set<String> ours = openers.stream()
                .filter(o -> o.schema().equals(schema))
                .map(Opener::name)
                .collect(Collectors.toSet());
        return openers.stream()
                .filter(Opener::alive)
                .map(Opener::name)
                .filter(n -> !ours.contains(n))
                .collect(Collectors.toSet());
    }

    /** Whoever may have a session open, in whatever base schema: all but those that have signed off. */
    private Stream<Opener> openers() {
        return jdbc
                .query(
                        "SELECT DISTINCT schema, application, version, " + Instances.ALIVE + " AS alive"
                                + " FROM pgtandem.instance WHERE heartbeat_ms > 0",
                        (row, n) -> new Opener(
                                row.getString("schema"),
                                Identifiers.sessionName(row.getString("application"), row.getString("version")),
                                row.getBoolean("alive")))
                .stream();
    }

    /** Instances of a base schema whose sessions have one name. */
    private record Opener(String schema, String name, boolean alive) {}

    /** A session by its name as the server shows it. */
    private record Named(
            int pid,
            String name,
            @Nullable String address,
            @Nullable Instant since) {

        /** For each version of which it may be; more than one only where letters are not shown, or the name is cut. */
        List<Status.Session> of(Collection<String> versions) {
            String shown = Identifiers.shown(name);
            List<Status.Session> exact = versions.stream()
                    .filter(v -> shown.endsWith("@" + Identifiers.shown(v)))
                    .map(v -> of(
                            v,
                            shown.substring(
                                    0, shown.length() - Identifiers.shown(v).length() - 1)))
                    .toList();
            return exact.isEmpty() && name.length() >= PERHAPS_CUT ? cut(versions, shown) : exact;
        }

        private List<Status.Session> cut(Collection<String> versions, String shown) {
            // Of a letter that is shown as four characters only some may be left.
            String whole = shown.replaceFirst("\\\\(x[0-9a-f]?)?$", "");
            int at = whole.lastIndexOf('@');
            return versions.stream()
                    .filter(v -> Identifiers.shown(v).startsWith(whole.substring(at + 1)))
                    .map(v -> of(v, whole.substring(0, at)))
                    .toList();
        }

        private Status.Session of(String version, String application) {
            return new Status.Session(pid, application, version, address, since);
        }
    }
}
