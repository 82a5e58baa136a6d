package io.github.pgtandem.benchmark;

import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.benchmark.Items.Way;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** How fast, with how much WAL and growth, a column of existing rows is filled, with nobody else there. */
final class BackfillSpeed implements Benchmark {

    private static final List<Integer> INDEXES = List.of(0, 1, 3);
    private static final Map<Integer, Double> LEAST_SPEED = Map.of(0, 0.65, 1, 0.9, 3, 1.0);
    private static final double MOST_WAL = 0.75;
    private static final double MOST_GROWTH = 1.35;

    private final Random random = new Random(1);

    @Override
    public String name() {
        return "backfill";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rows = options.number("rows", 1_000_000);
        int rounds = options.number("rounds", 3);
        List<Way> ways = new ArrayList<>(List.of(Way.values()));
        ways.remove(Way.COMPUTE);
        String pgroll = "measured";
        if (!Pgroll.onPath()) {
            ways.remove(Way.PGROLL);
            pgroll = Pgroll.MISSING;
        }
        Samples samples = new Samples();
        Rounds.run(name(), rounds, round -> {
            for (int indexes : INDEXES) {
                Collections.shuffle(ways, random);
                for (Way way : ways) {
                    measure(server, way, rows, indexes, samples);
                }
            }
        });
        return report(samples, rows, rounds, pgroll);
    }

    private static void measure(Server server, Way way, int rows, int indexes, Samples samples) throws Exception {
        try (Items items = Items.create(server, way, rows, indexes, BackfillLimits.NONE);
                Session session = items.database().session(Tandem.BASE_SCHEMA)) {
            long pages = session.number("SELECT pg_relation_size('items')");
            String wal = session.text("SELECT pg_current_wal_lsn()");
            double seconds = items.fill();
            String variant = indexes + way.title;
            samples.add("rows" + variant, rows / seconds);
            samples.add(
                    "wal" + variant,
                    session.number("SELECT (pg_current_wal_lsn() - '" + wal + "'::pg_lsn)::bigint") / (double) rows);
            samples.add("size" + variant, session.number("SELECT pg_relation_size('items')") / (double) pages);
        }
    }

    private static Report report(Samples samples, int rows, int rounds, String pgroll) {
        Report report = new Report(
                "Backfill of %,d rows, medians of %d rounds; one plain UPDATE = 1".formatted(rows, rounds),
                "secondary indexes",
                "way",
                "rows/s",
                "speed",
                "required",
                "WAL a row, bytes",
                "WAL",
                "required",
                "table after",
                "required");
        for (int indexes : INDEXES) {
            for (Way way : Way.values()) {
                String variant = indexes + way.title;
                if (!samples.has("rows" + variant)) {
                    continue;
                }
                boolean ours = way == Way.PGTANDEM;
                String base = indexes + Way.UPDATE.title;
                double speed = samples.ratio("rows" + variant, "rows" + base);
                double wal = samples.ratio("wal" + variant, "wal" + base);
                double growth = samples.median("size" + variant);
                report.row(
                        String.valueOf(indexes),
                        way.title,
                        Report.number(samples.median("rows" + variant)),
                        Report.ratio(speed),
                        ours ? Report.atLeast(LEAST_SPEED.get(indexes), speed) : "",
                        Report.number(samples.median("wal" + variant)),
                        Report.ratio(wal),
                        ours ? Report.atMost(MOST_WAL, wal) : "",
                        Report.ratio(growth) + "x",
                        ours ? Report.atMost(MOST_GROWTH, growth) : "");
            }
        }
        report.note("pgroll: " + pgroll);
        return report;
    }
}
