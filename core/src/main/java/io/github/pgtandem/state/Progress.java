package io.github.pgtandem.state;

import io.github.pgtandem.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where backfills stand. */
public final class Progress {

    /** What the sweep takes, as a share of the time of the filling before it; it reads and hardly writes. */
    private static final double SWEEP_SHARE = 0.1;

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
     * @param end page behind its last, or {@code page} where no window is at hand
     * @param stripe which of the window's transactions is next
     * @param stripes how many there are
     * @param pages pages of the part when the backfill, or its sweep, came to it
     * @param sweeping whether it is on its last pass, over rows that others have moved
     * @param pagesDone pages behind it on this pass, in all parts
     * @param pagesTotal pages that there were in all parts when the pass began
     */
    public record Position(
            long part,
            long page,
            long end,
            int stripe,
            int stripes,
            long pages,
            boolean sweeping,
            long rowsDone,
            long rowsTotal,
            long pagesDone,
            long pagesTotal) {

        /** At the beginning of a part. */
        public Position at(long newPart, long newPages) {
            return new Position(newPart, 0, 0, 0, 1, newPages, sweeping, rowsDone, rowsTotal, pagesDone, pagesTotal);
        }

        /** Before the last pass. */
        public Position sweep(long newTotal) {
            return new Position(0, 0, 0, 0, 1, 0, true, rowsDone, rowsTotal, 0, newTotal);
        }

        public boolean isInWindow() {
            return end > page;
        }

        /** At the beginning of a window. */
        public Position window(long size, int newStripes) {
            return new Position(
                    part,
                    page,
                    Math.min(page + size, pages),
                    0,
                    newStripes,
                    pages,
                    sweeping,
                    rowsDone,
                    rowsTotal,
                    pagesDone,
                    pagesTotal);
        }

        /** With no more than so many pages in the window at hand; the next one begins behind them. */
        public Position cut(long size) {
            return new Position(
                    part,
                    page,
                    Math.min(page + size, end),
                    stripe,
                    stripes,
                    pages,
                    sweeping,
                    rowsDone,
                    rowsTotal,
                    pagesDone,
                    pagesTotal);
        }

        /** Behind the transaction at hand. */
        public Position next(int rows) {
            boolean windowDone = stripe + 1 >= stripes;
            return new Position(
                    part,
                    windowDone ? end : page,
                    end,
                    windowDone ? 0 : stripe + 1,
                    windowDone ? 1 : stripes,
                    pages,
                    sweeping,
                    rowsDone + rows,
                    rowsTotal,
                    windowDone ? pagesDone + end - page : pagesDone,
                    pagesTotal);
        }
    }

    /**
     * How fast a backfill is while it works; null before its first batch.
     *
     * @param pages of this pass, in a second
     */
    public record Rates(@Nullable Double rows, @Nullable Double pages) {}

    public Optional<Position> position(long act, String step) {
        return jdbc
                .query(
                        "SELECT * FROM pgtandem.backfill WHERE act = ? AND step = ?",
                        (row, n) -> position(row),
                        act,
                        step)
                .stream()
                .findFirst();
    }

    public Rates rates(long act, String step) {
        return jdbc
                .query(
                        "SELECT row_rate, page_rate FROM pgtandem.backfill WHERE act = ? AND step = ?",
                        (row, n) -> rates(row),
                        act,
                        step)
                .stream()
                .findFirst()
                .orElse(new Rates(null, null));
    }

    public void begin(long act, String step, String migration, String table, long rows, long pages) {
        jdbc.update("""
                INSERT INTO pgtandem.backfill (act, step, schema, migration, relation, rows_total, pages_total)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, act, step, schema, migration, table, rows, pages);
    }

    /** Moves the position, in the transaction of the batch. */
    public void move(long act, String step, Position to, Rates rates) {
        jdbc.update(
                """
                UPDATE pgtandem.backfill
                SET part = ?::oid, page = ?, window_end = ?, stripe = ?, stripes = ?, pages = ?, sweeping = ?, rows_done = ?,
                    pages_done = ?, pages_total = ?, row_rate = ?, page_rate = ?
                WHERE act = ? AND step = ?
                """,
                to.part(),
                to.page(),
                to.end(),
                to.stripe(),
                to.stripes(),
                to.pages(),
                to.sweeping(),
                to.rowsDone(),
                to.pagesDone(),
                to.pagesTotal(),
                rates.rows(),
                rates.pages(),
                act,
                step);
    }

    /**
     * Says why a backfill waits.
     *
     * @param reason null while it does not
     * @param unknown what cannot be told, a line for each; empty where all can
     */
    public void throttled(long act, String step, @Nullable String reason, List<String> unknown) {
        jdbc.update(
                "UPDATE pgtandem.backfill SET throttled = ?, unknown = nullif(?, '') WHERE act = ? AND step = ?",
                reason,
                String.join("\n", unknown),
                act,
                step);
    }

    public void done(long act, String step) {
        jdbc.update("""
                UPDATE pgtandem.backfill SET done = true, throttled = NULL, rows_total = greatest(rows_done, rows_total),
                    rows_done = greatest(rows_done, rows_total)
                WHERE act = ? AND step = ?
                """, act, step);
    }

    /** Backfills of expands that run or are not completed. */
    public List<Status.Backfill> backfills() {
        return jdbc.query(
                """
                SELECT b.*
                FROM pgtandem.backfill b
                JOIN pgtandem.act a ON a.id = b.act
                JOIN pgtandem.migration m ON m.schema = b.schema AND m.name = b.migration
                WHERE b.schema = ? AND a.state IN ('RUNNING', 'DONE') AND m.state IN ('EXPANDING', 'EXPANDED', 'COMPLETING')
                  AND b.act = (SELECT max(n.act) FROM pgtandem.backfill n
                               WHERE n.schema = b.schema AND n.migration = b.migration AND n.relation = b.relation)
                ORDER BY b.act, b.step
                """,
                (row, n) -> {
                    Rates rates = rates(row);
                    boolean done = row.getBoolean("done");
                    String unknown = row.getString("unknown");
                    return new Status.Backfill(
                            row.getString("migration"),
                            row.getString("relation"),
                            row.getLong("rows_done"),
                            row.getLong("rows_total"),
                            done,
                            rates.rows(),
                            done
                                    ? null
                                    : secondsLeft(position(row), rates)
                                            .map(Math::round)
                                            .orElse(null),
                            row.getString("throttled"),
                            unknown == null ? List.of() : Arrays.asList(unknown.split("\n")));
                },
                schema);
    }

    /** How long a backfill will take if nothing holds it, or empty where nothing is known yet. */
    public static Optional<Double> secondsLeft(Position at, Rates rates) {
        Double rate = rates.pages();
        if (rate == null || rate == 0) {
            return Optional.empty();
        }
        double sweep = at.sweeping() ? 0 : SWEEP_SHARE * at.pagesTotal();
        return Optional.of((Math.max(0, at.pagesTotal() - at.pagesDone()) + sweep) / rate);
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(
                row.getLong("part"),
                row.getLong("page"),
                row.getLong("window_end"),
                row.getInt("stripe"),
                row.getInt("stripes"),
                row.getLong("pages"),
                row.getBoolean("sweeping"),
                row.getLong("rows_done"),
                row.getLong("rows_total"),
                row.getLong("pages_done"),
                row.getLong("pages_total"));
    }

    private static Rates rates(ResultSet row) throws SQLException {
        return new Rates(row.getObject("row_rate", Double.class), row.getObject("page_rate", Double.class));
    }
}
