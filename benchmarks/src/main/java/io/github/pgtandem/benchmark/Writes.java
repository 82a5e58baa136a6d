package io.github.pgtandem.benchmark;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What writes cost while a migration is in flight, by old and by new versions, for 1, 3 and 6 synced columns. */
final class Writes implements Benchmark {

    private static final List<Integer> SYNCED = List.of(1, 3, 6);

    static final String NAMES = Stream.of(columns("a", 6), columns("b", 7), columns("t", 6))
            .flatMap(List::stream)
            .collect(Collectors.joining(", "));
    static final String VALUES = "1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 17,"
            + " 'first text', 'second text', 'third text', 'fourth text', 'fifth text', 'sixth text'";

    /** Two processes of one server differ by some percent all their life, so each serves for a few rounds only. */
    private static final int ROUNDS_OF_A_SESSION = 10;

    private final Random random = new Random(1);

    @Override
    public String name() {
        return "writes";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rows = options.number("rows", 50_000);
        int rounds = options.number("rounds", 60);
        try (Db database = server.database();
                Db other = server.database()) {
            List<Writer> writers = tandem(database, rows);
            String pgroll = Pgroll.onPath() ? pgroll(other, rows, writers) : Pgroll.MISSING;
            for (Writer writer : writers) {
                // All start from the same: no dead rows, no free room.
                writer.database.execute("VACUUM (FULL, ANALYZE) " + writer.table, "CHECKPOINT");
            }
            Samples samples = new Samples();
            Rounds.run(name(), rounds, round -> {
                if (round % ROUNDS_OF_A_SESSION == 0) {
                    reconnect(writers, rows);
                }
                round(writers, rows, samples);
            });
            for (Writer writer : writers) {
                writer.session().close();
            }
            return report(samples, writers, pgroll);
        }
    }

    private void round(List<Writer> writers, int rows, Samples samples) throws SQLException {
        List<Writer.Kind> kinds = new ArrayList<>(List.of(Writer.Kind.values()));
        Collections.shuffle(kinds, random);
        for (Writer.Kind kind : kinds) {
            List<Writer> order = new ArrayList<>(writers);
            Collections.shuffle(order, random);
            for (Writer writer : order) {
                samples.add(kind + writer.variant, writer.measured(kind, rows, random));
            }
        }
        for (Writer writer : writers) {
            writer.database.execute("VACUUM " + writer.table);
        }
    }

    private void reconnect(List<Writer> writers, int rows) throws SQLException {
        for (Writer writer : writers) {
            writer.connect();
            for (Writer.Kind kind : Writer.Kind.values()) {
                // The driver and the server both prepare at the fifth use or so.
                writer.measured(kind, rows, random);
            }
        }
    }

    private static List<Writer> tandem(Db database, int rows) throws SQLException {
        List<String> tables = new ArrayList<>(List.of("plain"));
        SYNCED.forEach(k -> tables.addAll(List.of("wide_" + k, "idle_" + k, "hand_" + k, "old_" + k, "new_" + k)));
        Tandem one = Tandem.first(
                database,
                tables.stream().flatMap(t -> Stream.of(create(t), index(t))).toList());
        for (String table : tables) {
            database.execute(fill(table, rows));
        }
        Tandem two = one.next("0002_widen", "operations:\n" + widen());
        two.start();
        for (int k : SYNCED) {
            for (String table : List.of("wide_" + k, "idle_" + k)) {
                database.execute(wider(table, k), "UPDATE %s SET %s".formatted(table, copies(k)));
            }
            database.execute(idle("idle_" + k));
            database.execute(byHand("hand_" + k, k));
        }
        List<Writer> writers = new ArrayList<>(List.of(new Writer("plain", "plain", database, Tandem.BASE_SCHEMA)));
        for (int k : SYNCED) {
            writers.add(new Writer("wide_" + k, "wide_" + k, database, Tandem.BASE_SCHEMA));
            writers.add(new Writer("idle_" + k, "idle_" + k, database, Tandem.BASE_SCHEMA));
            writers.add(new Writer("hand_" + k, "hand_" + k, database, Tandem.BASE_SCHEMA));
            writers.add(new Writer("old_" + k, "old_" + k, database, one.path()));
            writers.add(new Writer("new_" + k, "new_" + k, database, two.path()));
        }
        return writers;
    }

    private static String pgroll(Db database, int rows, List<Writer> writers) {
        try {
            Pgroll pgroll = new Pgroll(database);
            List<String> tables = SYNCED.stream()
                    .flatMap(k -> Stream.of("old_" + k, "new_" + k))
                    .toList();
            pgroll.complete(
                    "01_tables",
                    Pgroll.sql(tables.stream()
                            .flatMap(t -> Stream.of(create(t), index(t)))
                            .toList()));
            for (String table : tables) {
                database.execute(fill(table, rows));
            }
            pgroll.start("02_widen", "operations:\n" + widen());
            for (int k : SYNCED) {
                writers.add(new Writer("pgroll old_" + k, "old_" + k, database, "public_01_tables"));
                writers.add(new Writer("pgroll new_" + k, "new_" + k, database, "public_02_widen"));
            }
            return pgroll.version();
        } catch (Exception e) {
            return "failed: " + e.getMessage();
        }
    }

    private static String widen() {
        StringBuilder operations = new StringBuilder();
        for (int k : SYNCED) {
            List<String> columns = columns("a", k);
            operations.append(Tandem.widen("old_" + k, columns)).append(Tandem.widen("new_" + k, columns));
        }
        return operations.toString();
    }

    private static List<String> columns(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }

    /** Twenty columns. */
    private static String create(String table) {
        return "CREATE TABLE %s (id bigint PRIMARY KEY, %s int, %s int, %s text)"
                .formatted(
                        table,
                        String.join(" int, ", columns("a", 6)),
                        String.join(" int, ", columns("b", 7)),
                        String.join(" text, ", columns("t", 6)));
    }

    private static String index(String table) {
        return "CREATE INDEX ON %s (b1)".formatted(table);
    }

    private static String fill(String table, int rows) {
        return "INSERT INTO %s SELECT i, %s FROM generate_series(1, %d) i".formatted(table, VALUES, rows);
    }

    private static String wider(String table, int synced) {
        return "ALTER TABLE %s ADD COLUMN new_%s bigint"
                .formatted(table, String.join(" bigint, ADD COLUMN new_", columns("a", synced)));
    }

    private static String copies(int synced) {
        return columns("a", synced).stream().map("new_%1$s = %1$s"::formatted).collect(Collectors.joining(", "));
    }

    /** No statement of ours updates the key: what PostgreSQL takes for a trigger that is there and does not fire. */
    private static String[] idle(String table) {
        return new String[] {
            "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$".formatted(table),
            "CREATE TRIGGER idle BEFORE UPDATE OF id ON %1$s FOR EACH ROW EXECUTE FUNCTION %1$s()".formatted(table)
        };
    }

    /** Expand as somebody writes it by hand who has writes of the old version only to think of. */
    private static String[] byHand(String table, int synced) {
        List<String> columns = columns("a", synced);
        return new String[] {
            wider(table, synced),
            """
            CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              %s
              RETURN NEW;
            END $$""".formatted(
                            table,
                            String.join(
                                    " ",
                                    columns.stream()
                                            .map("NEW.new_%1$s := NEW.%1$s;"::formatted)
                                            .toList())),
            "CREATE TRIGGER sync BEFORE INSERT OR UPDATE ON %1$s FOR EACH ROW EXECUTE FUNCTION %1$s()".formatted(table),
            "UPDATE %s SET a1 = a1".formatted(table)
        };
    }

    private static Report report(Samples samples, List<Writer> writers, String pgroll) {
        Report report = new Report(
                "Writes while a migration is in flight: server's CPU time, plain table = 1",
                "statement",
                "variant",
                "1 synced column",
                "3",
                "6",
                "required (1 / 6)");
        List<String> variants = writers.stream()
                .map(w -> w.variant)
                .filter(v -> v.endsWith("_1"))
                .map(v -> v.substring(0, v.length() - 2))
                .toList();
        for (Writer.Kind kind : Writer.Kind.values()) {
            for (String variant : variants) {
                List<Double> ratios = SYNCED.stream()
                        .map(k -> samples.ratio(kind + variant + "_" + k, kind + "plain"))
                        .toList();
                boolean ours = variant.equals("old") || variant.equals("new");
                report.row(
                        kind.title,
                        switch (variant) {
                            case "old", "new" -> "pgtandem, " + variant + " version";
                            case "hand" -> "trigger by hand";
                            case "idle" -> "the new columns, a trigger that does not fire";
                            case "wide" -> "the new columns without a trigger";
                            default -> variant;
                        },
                        Report.ratio(ratios.get(0)),
                        Report.ratio(ratios.get(1)),
                        Report.ratio(ratios.get(2)),
                        ours
                                ? Report.atMost(kind.requiredOfOne, ratios.get(0)) + " / "
                                        + Report.atMost(kind.requiredOfSix, ratios.get(2))
                                : "");
            }
            report.note("plain table, %s: %s µs"
                    .formatted(kind.title, Report.number(samples.median(kind + "plain") / 1000)));
        }
        report.note("pgroll: " + pgroll);
        return report;
    }
}
