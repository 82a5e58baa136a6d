package io.github.pgtandem.state;

import io.github.pgtandem.MigrationState;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Migrations and model of one base schema, in the state schema. */
public final class StateStore {

    private final JdbcTemplate jdbc;
    private final String schema;

    /** Works over the caller's connection and in the caller's transaction. */
    public StateStore(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** Whether the state schema is there. */
    public boolean isInstalled() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT to_regclass('pgtandem.instance') IS NOT NULL", Boolean.class));
    }

    /** Whether nothing has ever been begun on the base schema. */
    public boolean isEmpty() {
        return body().isEmpty();
    }

    /** Creates the state schema, or completes it. */
    public void install() {
        jdbc.execute(script("install.sql") + script("partitions.sql"));
    }

    private static String script(String name) {
        try (InputStream script = StateStore.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public History history() {
        return new History(jdbc.query(
                "SELECT * FROM pgtandem.migration WHERE schema = ? ORDER BY ordinal",
                (row, n) -> new History.Entry(
                        row.getString("name"),
                        row.getInt("ordinal"),
                        row.getString("checksum"),
                        row.getString("file_checksum"),
                        row.getString("content"),
                        MigrationState.valueOf(row.getString("state")),
                        Rows.instant(row, "expanded_at"),
                        Rows.instant(row, "completed_at"),
                        Rows.instant(row, "rolled_back_at"),
                        Rows.instant(row, "retired_at"),
                        row.getString("retired_by"),
                        row.getBoolean("fenced"),
                        row.getString("error")),
                schema));
    }

    /**
     * As little of a migration as tells whether there is anything to do: there may be very many.
     *
     * @param checksum that of its file, or the other one where there was no file
     */
    public record Applied(String name, String checksum, boolean completed, boolean retired) {}

    /** Those of the history that are {@link History#applied() applied}, in their order. */
    public List<Applied> applied() {
        return jdbc.query(
                """
                SELECT name, coalesce(file_checksum, checksum), state = 'COMPLETED', retired_at IS NOT NULL
                FROM pgtandem.migration WHERE schema = ? AND state NOT IN ('ROLLED_BACK', 'FAILED') ORDER BY ordinal
                """,
                (row, n) -> new Applied(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)),
                schema);
    }

    /** Records migrations as being expanded, behind all others; one that was rolled back before begins anew. */
    public void begin(List<ParsedMigration> migrations, MigrationState state) {
        for (ParsedMigration migration : migrations) {
            jdbc.update(
                    """
                    INSERT INTO pgtandem.migration (schema, ordinal, name, checksum, file_checksum, content, state)
                    SELECT ?, coalesce(max(ordinal), 0) + 1, ?, ?, ?, ?, ?
                    FROM pgtandem.migration WHERE schema = ?
                    ON CONFLICT (schema, name) DO UPDATE SET
                        ordinal = excluded.ordinal, checksum = excluded.checksum,
                        file_checksum = excluded.file_checksum, content = excluded.content, state = excluded.state,
                        expanded_at = NULL, completed_at = NULL, rolled_back_at = NULL,
                        retired_at = NULL, retired_by = NULL, fenced = false, error = NULL
                    """,
                    schema,
                    migration.name(),
                    migration.checksum(),
                    migration.fileChecksum(),
                    migration.json(),
                    state.name(),
                    schema);
        }
    }

    /** Takes migrations to a state and stamps the time that belongs to it. */
    public void move(List<String> migrations, MigrationState state, @Nullable String error) {
        String stamp =
                switch (state) {
                    case EXPANDED -> ", expanded_at = coalesce(expanded_at, clock_timestamp())";
                    case COMPLETED -> ", completed_at = clock_timestamp()";
                    case ROLLED_BACK, FAILED -> ", rolled_back_at = clock_timestamp()";
                    default -> "";
                };
        jdbc.update(
                "UPDATE pgtandem.migration SET state = ?, error = ?" + stamp + " WHERE schema = ? AND name = ANY (?)",
                state.name(),
                error,
                schema,
                migrations.toArray(String[]::new));
    }

    /** Marks every version below a completed one as retired by it. */
    public void retireBelow(String version) {
        jdbc.update("""
                UPDATE pgtandem.migration m
                SET retired_at = clock_timestamp(), retired_by = ?, fenced = false
                FROM pgtandem.migration y
                WHERE y.schema = m.schema AND y.name = ? AND m.schema = ? AND m.ordinal < y.ordinal
                  AND m.retired_at IS NULL AND m.state = 'COMPLETED'
                """, version, version, schema);
    }

    /** Refuses, or admits again, new instances of versions. */
    public void fence(List<String> versions, boolean fenced) {
        jdbc.update(
                "UPDATE pgtandem.migration SET fenced = ? WHERE schema = ? AND name = ANY (?)",
                fenced,
                schema,
                versions.toArray(String[]::new));
    }

    /** Takes down fences that somebody has left who died at the gate: all but those of versions that an act is closing. */
    public void clearFences() {
        clearFences(null);
    }

    /** @param versions those whose fences may go; null for any */
    public void clearFences(@Nullable List<String> versions) {
        boolean any = Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM pgtandem.migration WHERE schema = ? AND fenced)", Boolean.class, schema));
        if (!any) {
            return;
        }
        jdbc.update(
                """
                UPDATE pgtandem.migration m SET fenced = false
                WHERE schema = ? AND fenced AND (?::text[] IS NULL OR name = ANY (?::text[])) AND NOT EXISTS (
                    SELECT FROM pgtandem.act a
                    WHERE a.schema = m.schema AND a.state = 'RUNNING'
                      AND (a.act = 'COMPLETE' OR a.act = 'ROLLBACK' AND m.name = ANY (a.migrations)))
                """,
                schema,
                versions == null ? null : versions.toArray(String[]::new),
                versions == null ? null : versions.toArray(String[]::new));
    }

    /** Versions that were closed longer ago than anybody should need to be told. */
    public List<String> closedBefore(Duration age) {
        return jdbc.queryForList("""
                SELECT name FROM pgtandem.migration
                WHERE schema = ? AND coalesce(retired_at, rolled_back_at) < clock_timestamp() - ? * interval '1 second'
                """, String.class, schema, age.toSeconds());
    }

    /** The model over the tables as they are stored now; empty where there is no history. */
    public Optional<Model> model(Schema storage) {
        return body().map(json -> StoredModel.read(json, storage));
    }

    /**
     * A version of the model.
     *
     * @param schema its version schema, or null where it has none
     */
    public record Named(String name, @Nullable String schema) {}

    /** The versions of the model, oldest first, without reading all of it; empty where there is no history. */
    public List<Named> versions() {
        return named("SELECT body AS model FROM pgtandem.model WHERE schema = ?", schema);
    }

    /** The name of the newest version; empty before the first. */
    public String newest() {
        List<Named> versions = versions();
        return versions.isEmpty() ? "" : versions.get(versions.size() - 1).name();
    }

    /** The same of the model that an act leads to. */
    public List<Named> versionsAfter(ActRecord act) {
        return named("SELECT after AS model FROM pgtandem.act WHERE id = ?", act.id());
    }

    private List<Named> named(String models, Object parameter) {
        return jdbc.query(
                "SELECT v ->> 'name', v ->> 'schema' FROM (" + models
                        + ") m, jsonb_array_elements(m.model -> 'versions') WITH ORDINALITY AS x (v, n) ORDER BY n",
                (row, n) -> new Named(row.getString(1), row.getString(2)),
                parameter);
    }

    private Optional<String> body() {
        return jdbc
                .queryForList("SELECT body::text FROM pgtandem.model WHERE schema = ?", String.class, schema)
                .stream()
                .findFirst();
    }

    /** What is in flight, that of an act under way included. */
    public InFlight inFlight() {
        return jdbc.queryForList("""
                        SELECT body::text FROM pgtandem.model WHERE schema = ?
                        UNION ALL
                        SELECT after::text FROM pgtandem.act WHERE schema = ? AND state = 'RUNNING' AND after IS NOT NULL
                        """, String.class, schema, schema).stream()
                .map(json -> StoredModel.parse(json, schema).inFlight())
                .reduce(InFlight.NOTHING, InFlight::plus);
    }

    /** The model that an act leads to by now, over the tables as they are stored now. */
    public Model modelAfter(ActRecord act, Schema storage) {
        String after = jdbc.queryForObject("SELECT after::text FROM pgtandem.act WHERE id = ?", String.class, act.id());
        return StoredModel.read(Objects.requireNonNull(after), storage);
    }

    public void save(Model model) {
        save("SELECT ?::jsonb", StoredModel.write(model));
    }

    /** Makes the model that an act leads to the one that holds. */
    public void adopt(ActRecord act) {
        save("SELECT after FROM pgtandem.act WHERE id = ?", act.id());
    }

    private void save(String body, Object parameter) {
        jdbc.update(
                "INSERT INTO pgtandem.model (schema, body) VALUES (?, (" + body + "))"
                        + " ON CONFLICT (schema) DO UPDATE SET body = excluded.body",
                schema,
                parameter);
    }

    /**
     * A version schema that is there, or is being made.
     *
     * @param base the base schema
     * @param version a live version, or a closed one that still answers
     */
    public record Standing(String base, String version, String schema) {}

    /** Every version schema of ours, live or retired, of whatever base schema. */
    public List<Standing> standing() {
        return jdbc.query("""
                SELECT DISTINCT b.schema, v ->> 'name', v ->> 'schema'
                FROM (SELECT schema, body FROM pgtandem.model
                      UNION ALL SELECT schema, after FROM pgtandem.act
                                WHERE after IS NOT NULL AND state = 'RUNNING') b,
                     LATERAL (SELECT jsonb_array_elements(b.body -> 'versions') AS v
                              UNION ALL SELECT jsonb_array_elements(b.body -> 'retired')) x
                WHERE v ->> 'schema' IS NOT NULL
                """, (row, n) -> new Standing(row.getString(1), row.getString(2), row.getString(3)));
    }

    /** The names of those of this base schema. */
    public List<String> versionSchemas() {
        return standing().stream()
                .filter(s -> s.base().equals(schema))
                .map(Standing::schema)
                .distinct()
                .toList();
    }
}
