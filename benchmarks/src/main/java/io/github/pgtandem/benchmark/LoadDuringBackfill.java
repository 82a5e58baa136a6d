package io.github.pgtandem.benchmark;

import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.benchmark.Items.Way;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** What others on the table notice of a backfill, and what it notices of them. */
final class LoadDuringBackfill implements Benchmark {

    private static final List<Way> WAYS = List.of(Way.PGTANDEM, Way.UPDATE, Way.RANGES, Way.COMPUTE);
    private static final double MOST_LATENCY = 2;
    private static final double LEAST_SPEED = 0.3;
    private static final long WARM_UP_MILLIS = 3_000;

    private final Random random = new Random(1);

    @Override
    public String name() {
        return "load";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rows = options.number("rows", 1_000_000);
        int rounds = options.number("rounds", 5);
        int rate = options.number("rate", 300);
        int seconds = options.number("seconds", 20);
        Samples samples = new Samples();
        // In the first one, the server makes the files of its WAL that it uses again later.
        Rounds.run(name(), rounds + 1, round -> {
            Samples into = round == 0 ? new Samples() : samples;
            List<Way> ways = new ArrayList<>(WAYS);
            Collections.shuffle(ways, random);
            for (Way way : ways) {
                if (way != Way.COMPUTE) {
                    try (Items items = Items.create(server, way, rows, 1, BackfillLimits.DEFAULTS)) {
                        into.add("free" + way, rows / items.fill());
                    }
                }
                try (Items items = Items.create(server, way, rows, 1, BackfillLimits.DEFAULTS)) {
                    if (way == Way.PGTANDEM) {
                        try (WarmInstance instance = WarmInstance.of(server, items.database())) {
                            measure(items, () -> items.fill(instance::expand), way, rows, rate, seconds, into);
                        }
                    } else {
                        measure(items, items::fill, way, rows, rate, seconds, into);
                    }
                }
            }
        });
        return report(samples, rows, rate, rounds);
    }

    private static void measure(
            Items items, Callable<Double> fill, Way way, int rows, int rate, int seconds, Samples samples)
            throws Exception {
        Load load = Load.start(items.database(), items.path(), rows, rate);
        long quiet;
        long began;
        long ended;
        try (load) {
            Thread.sleep(WARM_UP_MILLIS);
            quiet = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            began = System.nanoTime();
            samples.add("loaded" + way, rows / fill.call());
            ended = System.nanoTime();
        }
        samples.add("quiet" + way, Samples.quantile(load.millis(quiet, began), 0.99));
        samples.add("during" + way, Samples.quantile(load.millis(began, ended), 0.99));
        samples.add("longest" + way, Samples.quantile(load.millis(began, ended), 1));
        samples.add("failed" + way, load.failures());
    }

    private static Report report(Samples samples, int rows, int rate, int rounds) {
        Report report = new Report(
                "%d requests/s while %,d rows are filled, medians of %d rounds".formatted(rate, rows, rounds),
                "way",
                "p99 without, ms",
                "p99 during, ms",
                "ratio",
                "required",
                "longest, ms",
                "rows/s under load",
                "to its free speed",
                "required",
                "failed requests");
        for (Way way : WAYS) {
            double latency = samples.ratio("during" + way, "quiet" + way);
            boolean fills = way != Way.COMPUTE;
            double speed = fills ? samples.ratio("loaded" + way, "free" + way) : 0;
            boolean ours = way == Way.PGTANDEM;
            report.row(
                    way.title,
                    Report.number(samples.median("quiet" + way)),
                    Report.number(samples.median("during" + way)),
                    Report.ratio(latency),
                    ours ? Report.atMost(MOST_LATENCY, latency) : "",
                    Report.number(samples.median("longest" + way)),
                    fills ? Report.number(samples.median("loaded" + way)) : "",
                    fills ? Report.ratio(speed) : "",
                    ours ? Report.atLeast(LEAST_SPEED, speed) : "",
                    Report.count(samples.max("failed" + way)));
        }
        report.note("One secondary index. Of the requests 60 % read, 30 % update and 10 % insert one row.");
        return report;
    }
}
