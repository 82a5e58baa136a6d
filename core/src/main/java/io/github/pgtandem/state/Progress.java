package io.github.pgtandem.state;

import io.github.pgtandem.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where backfills stand, and what an operator has told them. */
public final class Progress {

    private final JdbcTemplate jdbc;
    private final String schema;

    /** Works over the caller's connection and in the caller's transaction. */
    public Progress(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /**
     * A backfill's position.
     *
     * @param part the table that holds the rows at hand: the table itself, or one of its partitions
     * @param page first page of the window at hand
     * @param stripe part of the window at hand
     * @param pages pages of the part when the backfill, or its sweep, came to it
     * @param sweeping whether it is on its last pass, over rows that others have moved
     */
    public record Position(
            long part, long page, int stripe, long pages, boolean sweeping, long rowsDone, long rowsTotal) {

        /** At the beginning of a part. */
        public Position at(long newPart, long newPages, boolean newSweeping) {
            return new Position(newPart, 0, 0, newPages, newSweeping, rowsDone, rowsTotal);
        }
    }

    /** What an operator has said; null where nothing. */
    public record Control(
            boolean paused,
            @Nullable Integer window,
            @Nullable Integer stripes) {}

    public Optional<Position> position(long act, String step) {
        return jdbc
                .query(
                        "SELECT * FROM pgtandem.backfill WHERE act = ? AND step = ?",
                        (row, n) -> new Position(
                                row.getLong("part"),
                                row.getLong("page"),
                                row.getInt("stripe"),
                                row.getLong("pages"),
                                row.getBoolean("sweeping"),
                                row.getLong("rows_done"),
                                row.getLong("rows_total")),
                        act,
                        step)
                .stream()
                .findFirst();
    }

    public void begin(long act, String step, String migration, String table, long rows) {
        jdbc.update("""
                INSERT INTO pgtandem.backfill (act, step, schema, migration, relation, rows_total)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, act, step, schema, migration, table, rows);
    }

    /** Moves the position, in the transaction of the batch. */
    public void move(long act, String step, Position to, long busyMillis) {
        jdbc.update(
                """
                UPDATE pgtandem.backfill
                SET part = ?::oid, page = ?, stripe = ?, pages = ?, sweeping = ?, rows_done = ?, busy_ms = busy_ms + ?, throttled = NULL
                WHERE act = ? AND step = ?
                """,
                to.part(),
                to.page(),
                to.stripe(),
                to.pages(),
                to.sweeping(),
                to.rowsDone(),
                busyMillis,
                act,
                step);
    }

    public void throttled(long act, String step, @Nullable String reason) {
        jdbc.update("UPDATE pgtandem.backfill SET throttled = ? WHERE act = ? AND step = ?", reason, act, step);
    }

    public void done(long act, String step) {
        jdbc.update("""
                UPDATE pgtandem.backfill SET done = true, throttled = NULL, rows_total = greatest(rows_done, rows_total),
                    rows_done = greatest(rows_done, rows_total)
                WHERE act = ? AND step = ?
                """, act, step);
    }

    public Control control() {
        return jdbc
                .query(
                        "SELECT * FROM pgtandem.control WHERE schema = ?",
                        (row, n) -> new Control(
                                row.getBoolean("paused"),
                                row.getObject("window_pages", Integer.class),
                                row.getObject("stripes", Integer.class)),
                        schema)
                .stream()
                .findFirst()
                .orElse(new Control(false, null, null));
    }

    public void control(@Nullable Boolean paused, @Nullable Integer window, @Nullable Integer stripes) {
        jdbc.update("""
                INSERT INTO pgtandem.control (schema, paused, window_pages, stripes)
                VALUES (?, coalesce(?, false), ?, ?)
                ON CONFLICT (schema) DO UPDATE SET
                    paused = coalesce(?, control.paused),
                    window_pages = coalesce(excluded.window_pages, control.window_pages),
                    stripes = coalesce(excluded.stripes, control.stripes)
                """, schema, paused, window, stripes, paused);
    }

    /** Backfills of expands that run or are not completed. */
    public List<Status.Backfill> backfills() {
        return jdbc.query(
                """
                SELECT b.*, rows_done * 1000.0 / nullif(busy_ms, 0) AS rate
                FROM pgtandem.backfill b
                JOIN pgtandem.act a ON a.id = b.act
                JOIN pgtandem.migration m ON m.schema = b.schema AND m.name = b.migration
                WHERE b.schema = ? AND a.state IN ('RUNNING', 'DONE') AND m.state IN ('EXPANDING', 'EXPANDED', 'COMPLETING')
                  AND b.act = (SELECT max(n.act) FROM pgtandem.backfill n
                               WHERE n.schema = b.schema AND n.migration = b.migration AND n.relation = b.relation)
                ORDER BY b.act, b.step
                """,
                (row, n) -> {
                    Double rate = row.getObject("rate") == null ? null : row.getDouble("rate");
                    long left = Math.max(0, row.getLong("rows_total") - row.getLong("rows_done"));
                    boolean done = row.getBoolean("done");
                    return new Status.Backfill(
                            row.getString("migration"),
                            row.getString("relation"),
                            row.getLong("rows_done"),
                            row.getLong("rows_total"),
                            done,
                            rate,
                            done || rate == null || rate == 0 ? null : Math.round(left / rate),
                            row.getString("throttled"));
                },
                schema);
    }
}
