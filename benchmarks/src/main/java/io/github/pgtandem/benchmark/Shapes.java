package io.github.pgtandem.benchmark;

import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.benchmark.Items.Key;
import io.github.pgtandem.benchmark.Items.Way;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a backfill makes of tables and times that are not the best: no key, hot rows, a snapshot that is held. */
final class Shapes implements Benchmark {

    private static final List<Way> WAYS = List.of(Way.UPDATE, Way.PGTANDEM);
    private static final int HOT_ROWS = 100;

    private enum Shape {
        ONE("primary key of one number", Key.ONE),
        TWO("primary key of two columns", Key.TWO),
        NONE("no key", Key.NONE),
        HOT(HOT_ROWS + " rows that are updated all the time", Key.ONE),
        SNAPSHOT("a snapshot that is held all the time", Key.ONE);

        private final String title;
        private final Key key;

        Shape(String title, Key key) {
            this.title = title;
            this.key = key;
        }
    }

    @Override
    public String name() {
        return "shapes";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rows = options.number("rows", 500_000);
        int rounds = options.number("rounds", 3);
        Samples samples = new Samples();
        Rounds.run(name(), rounds, round -> {
            for (Shape shape : Shape.values()) {
                for (Way way : WAYS) {
                    measure(server, shape, way, rows, samples);
                }
            }
        });
        Report report = new Report(
                "Backfill of %,d rows with one secondary index, medians of %d rounds; one plain UPDATE = 1"
                        .formatted(rows, rounds),
                "table",
                "way",
                "rows/s",
                "speed",
                "WAL a row, bytes",
                "WAL",
                "table after",
                "updates of hot rows/s");
        for (Shape shape : Shape.values()) {
            for (Way way : WAYS) {
                String variant = shape.name() + way;
                report.row(
                        shape.title,
                        way.title,
                        Report.number(samples.median("rows" + variant)),
                        Report.ratio(samples.ratio("rows" + variant, "rows" + shape + Way.UPDATE)),
                        Report.number(samples.median("wal" + variant)),
                        Report.ratio(samples.ratio("wal" + variant, "wal" + shape + Way.UPDATE)),
                        Report.ratio(samples.median("size" + variant)) + "x",
                        shape == Shape.HOT ? Report.number(samples.median("hot" + variant)) : "");
            }
        }
        return report;
    }

    private static void measure(Server server, Shape shape, Way way, int rows, Samples samples) throws Exception {
        try (Items items = Items.create(server, way, shape.key, rows, 1, BackfillLimits.NONE);
                Session session = items.database().session(Tandem.BASE_SCHEMA);
                Session other = items.database().session(items.path())) {
            long pages = session.number("SELECT pg_relation_size('items')");
            String wal = session.text("SELECT pg_current_wal_lsn()");
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> around = around(shape, other, over);
            double seconds;
            try {
                seconds = items.fill();
            } finally {
                over.set(true);
            }
            String variant = shape.name() + way;
            samples.add("hot" + variant, around.join() / seconds);
            samples.add("rows" + variant, rows / seconds);
            samples.add(
                    "wal" + variant,
                    session.number("SELECT (pg_current_wal_lsn() - '" + wal + "'::pg_lsn)::bigint") / (double) rows);
            samples.add("size" + variant, session.number("SELECT pg_relation_size('items')") / (double) pages);
        }
    }

    /** What goes on beside it; gives how often. */
    private static CompletableFuture<Integer> around(Shape shape, Session session, AtomicBoolean over)
            throws SQLException {
        if (shape == Shape.SNAPSHOT) {
            session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
            session.text("SELECT count(*) FROM pg_class");
        }
        return shape == Shape.HOT
                ? CompletableFuture.supplyAsync(() -> hot(session, over))
                : CompletableFuture.completedFuture(0);
    }

    private static int hot(Session session, AtomicBoolean over) {
        Random random = new Random(1);
        int count = 0;
        try (PreparedStatement update = session.prepare("UPDATE items SET note = 'hot' WHERE id = ?")) {
            while (!over.get()) {
                update.setLong(1, 1 + random.nextInt(HOT_ROWS));
                update.executeUpdate();
                count++;
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
        return count;
    }
}
