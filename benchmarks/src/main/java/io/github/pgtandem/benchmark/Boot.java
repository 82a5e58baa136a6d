package io.github.pgtandem.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What a start costs that has nothing to migrate: each in a JVM of its own, as real ones are. */
final class Boot implements Benchmark {

    /** Every so many migrations one makes a table; the others each add a column to it. */
    private static final int COLUMNS = 20;

    private static final int MOST_QUERIES = 12;
    private static final double MOST_TIME = 0.5;

    /** With fewer migrations there is little to read, and nothing is required of the time. */
    private static final int MANY = 1_000;

    private final Random random = new Random(1);

    /** A database that a tool has brought to its newest version, and the folder with its migrations. */
    private record Migrated(BootOnce.Tool tool, int migrations, Db database, Path folder) {

        String key() {
            return tool + " " + migrations;
        }
    }

    @Override
    public String name() {
        return "boot";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rounds = options.number("rounds", 15);
        List<Integer> counts = options.numbers("migrations", List.of(10, 1_000));
        List<Migrated> all = new ArrayList<>();
        try {
            for (int count : counts) {
                for (BootOnce.Tool tool : BootOnce.Tool.values()) {
                    all.add(migrated(server, tool, count));
                }
            }
            Samples samples = new Samples();
            Rounds.run(name(), rounds, round -> {
                Collections.shuffle(all, random);
                for (Migrated migrated : all) {
                    start(migrated, samples);
                }
            });
            return report(samples, counts, rounds);
        } finally {
            for (Migrated migrated : all) {
                migrated.database.close();
                Tools.delete(migrated.folder);
            }
        }
    }

    private static Migrated migrated(Server server, BootOnce.Tool tool, int count)
            throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory("boot");
        for (int i = 1; i <= count; i++) {
            int table = (i - 1) / COLUMNS;
            boolean create = (i - 1) % COLUMNS == 0;
            switch (tool) {
                case NONE -> {}
                case FLYWAY ->
                    Files.writeString(
                            folder.resolve("V%04d__change.sql".formatted(i)),
                            create ? createSql(table) : addSql(table, i));
                case PGTANDEM ->
                    Files.writeString(
                            folder.resolve("%04d_change.yaml".formatted(i)),
                            create ? createYaml(table) : addYaml(table, i));
            }
        }
        Db database = server.database();
        Migrated migrated = new Migrated(tool, count, database, folder);
        start(migrated, new Samples());
        return migrated;
    }

    private static String createSql(int table) {
        return "CREATE TABLE t%d (id bigint PRIMARY KEY);\n".formatted(table);
    }

    private static String addSql(int table, int column) {
        return "ALTER TABLE t%d ADD COLUMN c%d int;\n".formatted(table, column);
    }

    private static String createYaml(int table) {
        return "operations:\n  - create_table:\n      name: t%d\n      columns: [{name: id, type: bigint, pk: true}]\n"
                .formatted(table);
    }

    private static String addYaml(int table, int column) {
        return "operations:\n  - add_column:\n      table: t%d\n      column: {name: c%d, type: int, nullable: true}\n"
                .formatted(table, column);
    }

    private static void start(Migrated migrated, Samples samples) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BootOnce.class.getName(),
                        migrated.tool.name(),
                        migrated.database.url(),
                        migrated.folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The start with %s failed: %s".formatted(migrated.key(), output));
        }
        String[] figures = output.split(" ");
        samples.add("millis" + migrated.key(), Long.parseLong(figures[0]) / 1e6);
        samples.add("statements" + migrated.key(), Long.parseLong(figures[1]));
        samples.add("connections" + migrated.key(), Long.parseLong(figures[2]));
    }

    private static Report report(Samples samples, List<Integer> counts, int rounds) {
        Report report = new Report(
                "A start with nothing to migrate, medians of %d rounds".formatted(rounds),
                "migrations",
                "tool",
                "start, ms",
                "added, ms",
                "to Flyway",
                "required",
                "added queries",
                "required",
                "connections");
        for (int count : counts) {
            String none = BootOnce.Tool.NONE + " " + count;
            double flyway = samples.added("millis" + BootOnce.Tool.FLYWAY + " " + count, "millis" + none);
            double own = samples.median("statements" + none);
            for (BootOnce.Tool tool : BootOnce.Tool.values()) {
                String key = tool + " " + count;
                boolean ours = tool == BootOnce.Tool.PGTANDEM;
                double added = samples.added("millis" + key, "millis" + none);
                double queries = samples.max("statements" + key) - own;
                report.row(
                        String.valueOf(count),
                        tool.title,
                        Report.number(samples.median("millis" + key)),
                        tool == BootOnce.Tool.NONE ? "" : Report.number(added),
                        tool == BootOnce.Tool.NONE ? "" : Report.ratio(added / flyway),
                        ours && count >= MANY ? Report.atMost(MOST_TIME, added / flyway) : "",
                        Report.count(queries),
                        ours ? Report.atMost(MOST_QUERIES, queries) : "",
                        Report.count(samples.max("connections" + key)));
            }
        }
        report.note(
                "A Spring Boot application with a pool and without a web server, in a new JVM for each start; added: to the"
                        + " same application with neither tool; BEGIN and COMMIT of the driver do not count as queries");
        return report;
    }
}
