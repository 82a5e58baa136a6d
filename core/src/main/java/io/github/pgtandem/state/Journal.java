package io.github.pgtandem.state;

import io.github.pgtandem.Act;
import io.github.pgtandem.Actor;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Plan;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.state.ActRecord.JournalledStep;
import io.github.pgtandem.state.ActRecord.State;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Acts and their steps. A step is marked done in the transaction that does it; progress is kept by step id. */
public final class Journal {

    private static final RowMapper<ActRecord> ACT = (row, n) -> new ActRecord(
            row.getLong("id"),
            Act.valueOf(row.getString("act")),
            Rows.texts(row, "migrations"),
            State.valueOf(row.getString("state")),
            row.getString("actor"),
            row.getString("source"),
            row.getBoolean("forced"),
            row.getString("result"),
            row.getString("undo_to"),
            row.getString("called_off_by"),
            Objects.requireNonNull(Rows.instant(row, "started_at")),
            Rows.instant(row, "finished_at"));

    private final JdbcTemplate jdbc;
    private final String schema;

    /** Works over the caller's connection and in the caller's transaction. */
    public Journal(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * Persists an act with all its steps before the first is done.
     *
     * @param undoTo the version before the release, for an expand
     * @throws org.springframework.dao.DuplicateKeyException where another act has not ended
     */
    public ActRecord begin(Plan plan, Actor actor, boolean forced, @Nullable String undoTo) {
        ActRecord act = insert(plan.act(), plan.migrations(), State.RUNNING, actor, forced, null, plan, undoTo);
        int ordinal = 0;
        for (Step step : plan.steps()) {
            jdbc.update(
                    "INSERT INTO pgtandem.step (act, id, ordinal, body) VALUES (?, ?, ?, ?::jsonb)",
                    act.id(),
                    step.id(),
                    ++ordinal,
                    Json.write(step));
        }
        return act;
    }

    /** Records an act that was refused. */
    public void refused(Act act, List<String> migrations, Actor actor, boolean forced, String reason) {
        insert(act, migrations, State.REFUSED, actor, forced, reason, null, null);
    }

    private ActRecord insert(
            Act act,
            List<String> migrations,
            State state,
            Actor actor,
            boolean forced,
            @Nullable String result,
            @Nullable Plan plan,
            @Nullable String undoTo) {
        return Objects.requireNonNull(jdbc.queryForObject(
                """
                INSERT INTO pgtandem.act (schema, act, migrations, state, actor, source, forced, result, after, undo_to,
                                          finished_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, CASE WHEN ? THEN clock_timestamp() END)
                RETURNING *
                """,
                ACT,
                schema,
                act.name(),
                migrations.toArray(String[]::new),
                state.name(),
                actor.name(),
                actor.source(),
                forced,
                result,
                plan == null ? null : StoredModel.write(plan.after()),
                undoTo,
                state == State.REFUSED));
    }

    /** The act that somebody has begun and not ended. */
    public Optional<ActRecord> running() {
        return jdbc
                .query(
                        "SELECT * FROM pgtandem.act WHERE schema = ? AND state = 'RUNNING' ORDER BY id DESC LIMIT 1",
                        ACT,
                        schema)
                .stream()
                .findFirst();
    }

    /** An act as it is now. */
    public ActRecord find(long act) {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT * FROM pgtandem.act WHERE id = ?", ACT, act));
    }

    /** The same, which nobody changes until the end of the transaction. */
    public ActRecord lock(long act) {
        return Objects.requireNonNull(
                jdbc.queryForObject("SELECT * FROM pgtandem.act WHERE id = ? FOR NO KEY UPDATE", ACT, act));
    }

    /** Asks whoever carries out an expand to undo it instead, once. */
    public void callOff(long act, Actor actor) {
        jdbc.update(
                "UPDATE pgtandem.act SET called_off_by = ? WHERE id = ? AND state = 'RUNNING' AND called_off_by IS NULL",
                actor.name(),
                act);
    }

    /** Tells of an act that has not ended why it will fail. */
    public void failing(long act, String result) {
        jdbc.update("UPDATE pgtandem.act SET result = ? WHERE id = ?", result, act);
    }

    /** The last expand of any of these migrations that failed after a time, by the database's clock, and was not repeated. */
    public Optional<ActRecord> failedSince(Instant time, List<String> migrations) {
        return jdbc.query("""
                        SELECT * FROM pgtandem.act a
                        WHERE schema = ? AND act = 'EXPAND' AND state = 'FAILED' AND finished_at > ? AND migrations && ?::text[]
                          AND NOT EXISTS (
                              SELECT FROM pgtandem.act b
                              WHERE b.schema = a.schema AND b.id > a.id AND b.act = 'EXPAND' AND b.state = 'DONE'
                                AND b.migrations && a.migrations)
                        ORDER BY id DESC LIMIT 1
                        """, ACT, schema, Timestamp.from(time), migrations.toArray(String[]::new)).stream()
                .findFirst();
    }

    /** The migrations that were rolled back after an act. */
    public List<String> rolledBackSince(long act) {
        return jdbc.queryForList(
                "SELECT unnest(migrations) FROM pgtandem.act WHERE schema = ? AND id > ? AND act = 'ROLLBACK' AND state = 'DONE'",
                String.class,
                schema,
                act);
    }

    /** The database's clock. */
    public Instant now() {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT clock_timestamp()", Timestamp.class))
                .toInstant();
    }

    /**
     * The last act, where it left something to do: it has not ended, or what was expanded of its release before it failed is
     * still to be taken back.
     *
     * @param newest tells the newest version
     */
    public Optional<ActRecord> unfinished(Supplier<String> newest) {
        return jdbc
                .query(
                        "SELECT * FROM pgtandem.act WHERE schema = ? AND state <> 'REFUSED'"
                                + " AND (state = 'RUNNING' OR migrations <> '{}') ORDER BY id DESC LIMIT 1",
                        ACT,
                        schema)
                .stream()
                .filter(a -> a.state() == State.RUNNING || owes(a, newest))
                .findFirst();
    }

    private static boolean owes(ActRecord act, Supplier<String> newest) {
        boolean failed = act.act() == Act.ROLLBACK && act.state() == State.DONE
                || act.act() == Act.EXPAND && act.state() == State.FAILED;
        return failed && act.undoTo() != null && !act.undoTo().equals(newest.get());
    }

    /** The newest act that brought migrations to an end, whichever. */
    public Optional<ActRecord> lastDone() {
        return jdbc
                .query(
                        "SELECT * FROM pgtandem.act WHERE schema = ? AND state = 'DONE' AND migrations <> '{}'"
                                + " ORDER BY id DESC LIMIT 1",
                        ACT,
                        schema)
                .stream()
                .findFirst();
    }

    /** Whether any version was ever one that instances could be pinned to. */
    public boolean hasServed() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM pgtandem.act WHERE schema = ? AND state = 'DONE'"
                        + " AND jsonb_path_exists(after, '$.versions[*].schema ? (@ != null)'))",
                Boolean.class,
                schema));
    }

    /** The acts that covered a migration, oldest first. */
    public List<ActRecord> of(String migration) {
        return jdbc.query(
                "SELECT * FROM pgtandem.act WHERE schema = ? AND ? = ANY (migrations) ORDER BY id",
                ACT,
                schema,
                migration);
    }

    public List<JournalledStep> steps(long act) {
        return jdbc.query(
                "SELECT body::text AS body, begun_at, done_at FROM pgtandem.step WHERE act = ? ORDER BY ordinal",
                (row, n) -> new JournalledStep(
                        Json.read(row.getString("body"), Step.class),
                        row.getObject("begun_at") != null,
                        Rows.instant(row, "done_at")),
                act);
    }

    /** Marks a step that cannot be one transaction as begun, so that a rollback clears what it may have left. */
    public void begun(long act, String step) {
        jdbc.update(
                "UPDATE pgtandem.step SET begun_at = coalesce(begun_at, clock_timestamp()) WHERE act = ? AND id = ?",
                act,
                step);
    }

    public void done(long act, String step) {
        jdbc.update(
                "UPDATE pgtandem.step SET done_at = clock_timestamp() WHERE act = ? AND id = ? AND done_at IS NULL",
                act,
                step);
    }

    /** Corrects the model that an act leads to. */
    public void leadsTo(long act, Model after) {
        jdbc.update("UPDATE pgtandem.act SET after = ?::jsonb WHERE id = ?", StoredModel.write(after), act);
    }

    public void end(long act, State state, @Nullable String result) {
        jdbc.update("""
                UPDATE pgtandem.act SET state = ?, result = ?, finished_at = clock_timestamp() WHERE id = ?
                """, state.name(), result, act);
    }
}
