package io.github.pgtandem.benchmark;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Whether the expand of one change costs more where there are many tables that it does not touch. */
final class Expand implements Benchmark {

    private static final double MOST = 1.5;
    private static final int ROWS = 100;
    private static final int TABLES_AT_ONCE = 100;

    private final Random random = new Random(1);

    /** Something that is expanded and rolled back, again and again. */
    private interface Expandable extends AutoCloseable {

        void expand() throws Exception;

        void rollback() throws Exception;

        @Override
        void close() throws SQLException;
    }

    private record Subject(String tool, int tables, Expandable expandable) {

        String key() {
            return tool + " " + tables;
        }
    }

    @Override
    public String name() {
        return "expand";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rounds = options.number("rounds", 15);
        List<Integer> tables = options.numbers("tables", List.of(10, 1_000, 5_000));
        List<Subject> subjects = new ArrayList<>();
        String pgroll = Pgroll.MISSING;
        for (int count : tables) {
            subjects.add(new Subject("pgtandem", count, tandem(server, count)));
        }
        if (Pgroll.onPath()) {
            for (int count : tables) {
                subjects.add(new Subject("pgroll", count, pgroll(server, count)));
            }
            pgroll = "measured";
        }
        Samples samples = new Samples();
        round(subjects, new Samples());
        Rounds.run(name(), rounds, round -> round(subjects, samples));
        for (Subject subject : subjects) {
            subject.expandable.close();
        }
        return report(samples, subjects, tables.get(0), pgroll);
    }

    private void round(List<Subject> subjects, Samples samples) throws Exception {
        List<Subject> order = new ArrayList<>(subjects);
        Collections.shuffle(order, random);
        for (Subject subject : order) {
            long began = System.nanoTime();
            subject.expandable.expand();
            samples.add(subject.key(), (System.nanoTime() - began) / 1e6);
            began = System.nanoTime();
            subject.expandable.rollback();
            samples.add("rollback" + subject.key(), (System.nanoTime() - began) / 1e6);
        }
    }

    private static Expandable tandem(Server server, int tables) throws SQLException {
        Db database = server.database();
        create(database, tables);
        Tandem tandem = Tandem.existing(database, "0001_widen", change());
        return new Expandable() {
            @Override
            public void expand() {
                tandem.start();
            }

            @Override
            public void rollback() {
                tandem.rollback();
            }

            @Override
            public void close() throws SQLException {
                database.close();
            }
        };
    }

    private static Expandable pgroll(Server server, int tables) throws Exception {
        Db database = server.database();
        Pgroll pgroll = new Pgroll(database);
        for (int from = 1; from <= tables; from += TABLES_AT_ONCE) {
            pgroll.complete("%05d_tables".formatted(from), Pgroll.sql(statements(from, tables)));
        }
        return new Expandable() {
            @Override
            public void expand() throws Exception {
                pgroll.start("99999_widen", change());
            }

            @Override
            public void rollback() throws Exception {
                pgroll.rollback();
            }

            @Override
            public void close() throws SQLException {
                database.close();
            }
        };
    }

    private static String change() {
        return "operations:\n" + Tandem.widen("t1", List.of("amount"));
    }

    private static void create(Db database, int tables) throws SQLException {
        for (int from = 1; from <= tables; from += TABLES_AT_ONCE) {
            database.execute(String.join(";\n", statements(from, tables)));
        }
        database.execute("ANALYZE");
    }

    private static List<String> statements(int from, int tables) {
        return IntStream.rangeClosed(from, Math.min(tables, from + TABLES_AT_ONCE - 1))
                .boxed()
                .flatMap(i -> List.of(
                        "CREATE TABLE t%d (id bigint PRIMARY KEY, amount int, name text, note text)".formatted(i),
                        "INSERT INTO t%d SELECT i, i, 'name', 'note' FROM generate_series(1, %d) i".formatted(i, ROWS))
                        .stream())
                .toList();
    }

    private static Report report(Samples samples, List<Subject> subjects, int least, String pgroll) {
        Report report = new Report(
                "Expand of one change beside many tables",
                "tool",
                "tables",
                "expand, ms",
                "to %,d tables".formatted(least),
                "required",
                "rollback, ms",
                "to %,d tables".formatted(least));
        for (Subject subject : subjects) {
            String base = subject.tool + " " + least;
            double ratio = samples.ratio(subject.key(), base);
            report.row(
                    subject.tool,
                    "%,d".formatted(subject.tables),
                    Report.number(samples.median(subject.key())),
                    Report.ratio(ratio),
                    subject.tool.equals("pgtandem") ? Report.atMost(MOST, ratio) : "",
                    Report.number(samples.median("rollback" + subject.key())),
                    Report.ratio(samples.ratio("rollback" + subject.key(), "rollback" + base)));
        }
        report.note("pgroll: " + pgroll);
        return report;
    }
}
