package io.github.pgtandem.benchmark;

import io.github.pgtandem.Settings;
import java.sql.SQLException;
import java.util.List;

/** How long a request waits at most while the schema changes and transactions of some seconds go on around it. */
final class Stall implements Benchmark {

    private static final String ALTER = "ALTER TABLE items ALTER COLUMN amount TYPE bigint";
    private static final String CREATE = "CREATE TABLE items (id bigint PRIMARY KEY, amount int, name text)";
    private static final long SETTLE_MILLIS = 1_000;
    private static final long MARGIN_MILLIS = 100;
    private static final long MOST_MILLIS =
            Settings.forSchema(Tandem.BASE_SCHEMA).lockTimeout().toMillis() + MARGIN_MILLIS;

    /** Something that changes the schema. */
    private interface Change {
        void run() throws Exception;
    }

    /** What all runs share. */
    private record Setting(int rows, int rate, int holdMillis, Samples samples) {}

    @Override
    public String name() {
        return "stall";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rounds = options.number("rounds", 5);
        Samples samples = new Samples();
        Setting setting = new Setting(
                options.number("rows", 100_000),
                options.number("rate", 200),
                options.number("hold", 5) * 1000,
                samples);
        Rounds.run(name(), rounds, round -> {
            tandem(server, setting);
            byTool(server, setting, "Flyway, ALTER TYPE", database -> Tools.flyway(database, ALTER));
            byTool(server, setting, "Liquibase, ALTER TYPE", database -> Tools.liquibase(database, ALTER));
        });
        Report report = new Report(
                "Longest wait of a request during a change, transactions of %d s around, %d rounds"
                        .formatted(setting.holdMillis / 1000, rounds),
                "change",
                "median of the rounds' longest, ms",
                "longest, ms",
                "required, ms",
                "failed requests",
                "the change took, s");
        for (String act : List.of("expand", "rollback", "complete")) {
            row(report, samples, "pgtandem, " + act, true);
        }
        row(report, samples, "Flyway, ALTER TYPE", false);
        row(report, samples, "Liquibase, ALTER TYPE", false);
        report.note("%,d rows, %d requests/s; no lock_timeout of Flyway's and Liquibase's sessions, as they come"
                .formatted(setting.rows, setting.rate));
        return report;
    }

    private static void row(Report report, Samples samples, String change, boolean ours) {
        double longest = samples.max(change);
        report.row(
                change,
                Report.number(samples.median(change)),
                Report.number(longest),
                ours ? Report.atMost(MOST_MILLIS, longest) : "",
                Report.count(samples.max("failed" + change)),
                Report.number(samples.median("took" + change) / 1000));
    }

    private static void tandem(Server server, Setting setting) throws Exception {
        try (Db database = server.database()) {
            Tandem one = Tandem.first(database, List.of(CREATE));
            fill(database, setting.rows);
            Tandem two = one.next("0002_widen", "operations:\n" + Tandem.widen("items", List.of("amount")));
            measure(database, one.path(), setting, "pgtandem, expand", two::start);
            measure(database, one.path(), setting, "pgtandem, rollback", two::rollback);
            two.start();
            measure(database, two.path(), setting, "pgtandem, complete", two::complete);
        }
    }

    /** What Flyway or Liquibase does to a database. */
    private interface Tool {
        void change(Db database) throws Exception;
    }

    private static void byTool(Server server, Setting setting, String name, Tool tool) throws Exception {
        try (Db database = server.database()) {
            database.execute(CREATE);
            fill(database, setting.rows);
            measure(database, new String[] {Tandem.BASE_SCHEMA}, setting, name, () -> tool.change(database));
        }
    }

    private static void fill(Db database, int rows) throws SQLException {
        database.execute(
                "INSERT INTO items SELECT i, i, 'name of ' || i FROM generate_series(1, %d) i".formatted(rows),
                // Those that the long transactions lock: clients shall wait for the change, not for these.
                "INSERT INTO items SELECT -i, i, 'held' FROM generate_series(1, 10) i",
                "VACUUM (ANALYZE) items",
                "CHECKPOINT");
    }

    private static void measure(Db database, String[] path, Setting setting, String name, Change change)
            throws Exception {
        Load load = Load.start(database, path, setting.rows, setting.rate);
        long began;
        long ended;
        try (load;
                Holder holder = new Holder(database, path, setting.holdMillis)) {
            holder.start();
            Thread.sleep(SETTLE_MILLIS);
            began = System.nanoTime();
            change.run();
            ended = System.nanoTime();
            // Requests that were due before the end are answered after it.
            Thread.sleep(SETTLE_MILLIS);
        }
        setting.samples.add(name, Samples.quantile(load.millis(began, ended), 1));
        setting.samples.add("failed" + name, load.failures());
        setting.samples.add("took" + name, (ended - began) / 1e6);
    }
}
