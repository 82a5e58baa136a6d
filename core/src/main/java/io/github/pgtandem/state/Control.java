package io.github.pgtandem.state;

import io.github.pgtandem.Actor;
import io.github.pgtandem.Status;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators have told the backfills of a base schema. The last entry holds; the earlier ones tell who did what. */
public final class Control {

    /** Takes back what an operator has said of a knob. */
    public static final String AS_CONFIGURED = "default";

    private final JdbcTemplate jdbc;
    private final String schema;

    /** Works over the caller's connection and in the caller's transaction. */
    public Control(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    private static final class Values extends TreeMap<String, String> {}

    /** What holds now; empty where nobody has ever said anything. */
    public Optional<Status.Control> current() {
        return jdbc
                .query(
                        "SELECT * FROM pgtandem.control WHERE schema = ? ORDER BY id DESC LIMIT 1",
                        (row, n) -> new Status.Control(
                                row.getBoolean("paused"),
                                Json.read(row.getString("knobs"), Values.class),
                                row.getString("actor"),
                                row.getTimestamp("at").toInstant()),
                        schema)
                .stream()
                .findFirst();
    }

    /** Has others wait who say something, until the end of the transaction. */
    public void lock() {
        jdbc.query("SELECT pg_advisory_xact_lock(hashtextextended('pgtandem.control ' || ?, 0))", row -> {}, schema);
    }

    /** The knobs as they would be. */
    public Map<String, String> merged(Map<String, String> knobs) {
        Map<String, String> all =
                new TreeMap<>(current().map(Status.Control::knobs).orElse(Map.of()));
        knobs.forEach((name, value) -> {
            if (value.strip().equals(AS_CONFIGURED)) {
                all.remove(name);
            } else {
                all.put(name, value.strip());
            }
        });
        return all;
    }

    /** @param paused null to leave that as it is */
    public void set(@Nullable Boolean paused, Map<String, String> knobs, Actor actor) {
        boolean was = current().map(Status.Control::paused).orElse(false);
        jdbc.update(
                "INSERT INTO pgtandem.control (schema, paused, knobs, actor, source) VALUES (?, ?, ?::jsonb, ?, ?)",
                schema,
                paused == null ? was : paused,
                Json.write(knobs),
                actor.name(),
                actor.source());
    }
}
