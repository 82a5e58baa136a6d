package io.github.pgtandem.benchmark;

import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.Status;
import io.github.pgtandem.benchmark.Items.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A backfill whose instance is killed again and again, each in a small JVM: whether the next one goes on where it was,
 * what is written twice, and how good the estimate of the time left was at one half.
 */
final class Kills implements Benchmark {

    private static final List<Double> KILLED_AT = List.of(0.15, 0.3, 0.45);
    private static final String HEAP = "-Xmx128m";
    private static final double MOST_OFF = 1.25;
    private static final long LOOK_MILLIS = 100;

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rows = options.number("rows", 10_000_000);
        Report report = new Report(
                "A backfill of %,d rows whose instance is killed three times, each with %s".formatted(rows, HEAP),
                "killed at, rows",
                "rows committed then",
                "goes on after, s");
        try (Items items = Items.create(server, Way.PGTANDEM, rows, 0, BackfillLimits.NONE);
                Session session = items.database().session(Tandem.BASE_SCHEMA)) {
            Tandem release = Items.widening(items.database());
            long before = written(session);
            Process instance = start(items);
            for (double share : KILLED_AT) {
                long seen = awaitRows(release, instance, Math.round(share * rows));
                instance.destroyForcibly().waitFor();
                awaitNobody(session);
                long committed = done(release);
                long again = System.nanoTime();
                instance = start(items);
                awaitRows(release, instance, committed + 1);
                report.row(
                        Report.count(seen), Report.count(committed), Report.number((System.nanoTime() - again) / 1e9));
            }
            awaitRows(release, instance, rows / 2);
            long half = System.nanoTime();
            Long estimate = release.backfill().map(Status.Backfill::secondsLeft).orElse(null);
            while (!release.backfill().map(Status.Backfill::done).orElse(false)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            double truth = (System.nanoTime() - half) / 1e9;
            if (instance.waitFor() != 0) {
                throw new IllegalStateException("The last instance failed");
            }
            report.note("estimate at one half: %s s left; it took %s s: %s"
                    .formatted(
                            estimate,
                            Report.number(truth),
                            estimate == null
                                    ? "none"
                                    : Report.atMost(
                                            MOST_OFF, Math.max(estimate / truth, truth / Math.max(1, estimate)))));
            report.note("rows written more than once, those of batches that were cut off included: %s"
                    .formatted(Report.count(written(session) - before - rows)));
            report.note("rows with a wrong value: %s"
                    .formatted(Report.count(session.number(
                            "SELECT count(*) FROM items WHERE _pgtandem_amount IS DISTINCT FROM amount"))));
        }
        return report;
    }

    private static Process start(Items items) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FillOnce.class.getName(),
                        items.database().url())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long done(Tandem release) {
        return release.backfill().map(Status.Backfill::rowsDone).orElse(0L);
    }

    private static long awaitRows(Tandem release, Process instance, long rows) throws InterruptedException {
        while (true) {
            Optional<Status.Backfill> backfill = release.backfill();
            long done = backfill.map(Status.Backfill::rowsDone).orElse(0L);
            if (done >= rows) {
                return done;
            }
            if (!instance.isAlive()) {
                throw new IllegalStateException("The instance ended by itself at row " + done);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** What was being executed for the one that is dead may still be committed. */
    private static void awaitNobody(Session session) throws SQLException, InterruptedException {
        while (session.number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pgtandem'"
                        + " AND datname = current_database() AND state <> 'idle'")
                > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static long written(Session session) throws SQLException {
        session.execute("SELECT pg_stat_force_next_flush()");
        session.execute("SELECT pg_stat_clear_snapshot()");
        return session.number("SELECT coalesce(pg_stat_get_tuples_updated('items'::regclass), 0)");
    }
}
