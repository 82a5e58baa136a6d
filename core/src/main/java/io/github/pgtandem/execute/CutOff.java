package io.github.pgtandem.execute;

import io.github.pgtandem.Status;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.Instances;
import io.github.pgtandem.state.Sessions;
import io.github.pgtandem.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Who would be cut off by an act.
 *
 * @param instances registered and alive
 * @param sessions of applications of which no such instance is of the same version
 * @param otherBases base schemas with instances alive whose sessions are called the same, so that they may be these
 */
record CutOff(List<Status.Instance> instances, List<Status.Session> sessions, List<String> otherBases) {

    static CutOff now(JdbcTemplate jdbc, String schema, Predicate<String> isClosing) {
        List<Status.Instance> instances = new Instances(jdbc, schema)
                .alive().stream().filter(i -> isClosing.test(i.version())).toList();
        List<String> versions = new StateStore(jdbc, schema)
                .history().entries().stream().map(History.Entry::name).toList();
        Set<String> registered = instances.stream()
                .map(i -> Identifiers.sessionName(i.application(), i.version()))
                .collect(Collectors.toSet());
        Sessions all = new Sessions(jdbc, schema);
        List<Status.Session> sessions = all.of(versions, isClosing).stream()
                .filter(s -> !registered.contains(Identifiers.sessionName(s.application(), s.version())))
                .toList();
        return new CutOff(instances, sessions, sessions.isEmpty() ? List.of() : all.basesWithTheNamesOf(sessions));
    }

    boolean isEmpty() {
        return instances.isEmpty() && sessions.isEmpty();
    }

    /** Versions that somebody goes on asking. */
    Set<String> versions() {
        Set<String> versions = new LinkedHashSet<>();
        instances.forEach(i -> versions.add(i.version()));
        sessions.forEach(s -> versions.add(s.version()));
        return versions;
    }

    /** How many, as the subject of a sentence. */
    String count() {
        return Stream.of(count(instances.size(), "instance"), count(sessions.size(), "session"))
                .filter(c -> !c.startsWith("0 "))
                .collect(Collectors.joining(" and "));
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    String remedy() {
        String stop = instances.isEmpty()
                ? ""
                : "Stop " + (instances.size() == 1 ? "it" : "them") + " and try again, or force.";
        String end = sessions.isEmpty()
                ? ""
                : "The sessions are of no instance that is registered and alive: stop what has opened them, or end them"
                        + " with pg_terminate_backend, and try again, or force.";
        String others = otherBases.isEmpty()
                ? ""
                : "Instances of base schema " + String.join(", ", otherBases)
                        + " that are alive have sessions of the same name: force if these are theirs, and give each"
                        + " application a name of its own.";
        return Stream.of(stop, end, others).filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        Map<String, List<Status.Session>> alike = sessions.stream()
                .collect(Collectors.groupingBy(CutOff::origin, LinkedHashMap::new, Collectors.toList()));
        return Stream.concat(
                        instances.stream().map(CutOff::describe),
                        alike.entrySet().stream().map(e -> describe(e.getKey(), e.getValue())))
                .collect(Collectors.joining("; "));
    }

    private static String describe(Status.Instance instance) {
        return instance.application() + " on " + instance.host() + " (version " + instance.version() + ", up for "
                + secondsSince(instance.started()) + " s, id " + instance.id() + ")";
    }

    private static String origin(Status.Session session) {
        return name(session) + (session.address() == null ? "" : " from " + session.address());
    }

    private static String describe(String origin, List<Status.Session> sessions) {
        String pids = sessions.stream()
                .map(s -> s.pid() + (s.since() == null ? "" : " for " + secondsSince(s.since()) + " s"))
                .collect(Collectors.joining(", "));
        return (sessions.size() == 1 ? "session " : "sessions ") + origin + " (pid " + pids + ")";
    }

    private static String name(Status.Session session) {
        return session.application() + "@" + session.version();
    }

    private static long secondsSince(Instant time) {
        return Math.max(0, Duration.between(time, Instant.now()).toSeconds());
    }
}
