package io.github.pgtandem.benchmark;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.postgresql.PGStatement;

/** What an application pays when nothing is in flight: a table that was changed and completed against a plain one. */
final class Steady implements Benchmark {

    /**
     * The second is as the first: how far its ratio is from 1 says how exact the run was. The third was changed by hand in
     * place: a dropped column leaves an empty place in each row, whoever drops it.
     */
    private static final List<String> TABLES = List.of("plain", "again", "hand", "items");

    private static final int STATEMENTS = 200;
    private static final int ROUNDS_OF_A_SESSION = 10;
    private static final double LEAST = 0.97;
    private static final double MOST = 1.03;

    private final Random random = new Random(1);

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public Report run(Server server, Options options) throws Exception {
        int rows = options.number("rows", 100_000);
        int rounds = options.number("rounds", 300);
        try (Db database = server.database()) {
            Tandem one = Tandem.first(
                    database,
                    List.of("CREATE TABLE items (id bigint PRIMARY KEY, name text, stock int, note text, price int)"));
            // As somebody has made it who wanted it so from the beginning.
            for (String table : List.of("plain", "again")) {
                database.execute(
                        "CREATE TABLE %s (id bigint PRIMARY KEY, name text, stock int, note text, price bigint)"
                                .formatted(table));
            }
            database.execute("CREATE TABLE hand (id bigint PRIMARY KEY, name text, stock int, note text, price int)");
            for (String table : TABLES) {
                database.execute(fill(table, rows));
            }
            database.execute(
                    "ALTER TABLE hand ADD COLUMN wide bigint",
                    "UPDATE hand SET wide = price",
                    "ALTER TABLE hand DROP COLUMN price",
                    "ALTER TABLE hand RENAME COLUMN wide TO price");
            Tandem two = one.next("0002_widen", "operations:\n" + Tandem.widen("items", List.of("price")));
            two.start();
            two.complete();
            for (String table : TABLES) {
                // A backfill leaves rows in another order, of which the text beside the result tells.
                database.execute("CLUSTER %1$s USING %1$s_pkey".formatted(table), "VACUUM ANALYZE " + table);
            }
            database.execute("CHECKPOINT");
            Samples samples = new Samples();
            Rounds.run(name(), Math.max(1, rounds / ROUNDS_OF_A_SESSION), group -> {
                try (Session plain = database.session(Tandem.BASE_SCHEMA);
                        Session again = database.session(Tandem.BASE_SCHEMA);
                        Session hand = database.session(Tandem.BASE_SCHEMA);
                        Session pinned = database.session(two.path())) {
                    List<Client> clients = new ArrayList<>(List.of(
                            new Client(plain, "plain"),
                            new Client(again, "again"),
                            new Client(hand, "hand"),
                            new Client(pinned, "items")));
                    rounds(clients, rows, new Samples(), 1);
                    rounds(clients, rows, samples, Math.min(ROUNDS_OF_A_SESSION, rounds));
                }
                for (String table : TABLES) {
                    database.execute("VACUUM " + table);
                }
            });
            return report(samples);
        }
    }

    private void rounds(List<Client> clients, int rows, Samples samples, int rounds) throws SQLException {
        for (int round = 0; round < rounds; round++) {
            List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
            Collections.shuffle(kinds, random);
            for (Kind kind : kinds) {
                Collections.shuffle(clients, random);
                for (Client client : clients) {
                    samples.add(kind + client.table, client.measured(kind, rows, random));
                }
            }
        }
    }

    private static String fill(String table, int rows) {
        return "INSERT INTO %s SELECT i, 'name ' || i, i %% 100, 'a note of %% words', i FROM generate_series(1, %d) i"
                .formatted(table, rows);
    }

    private static Report report(Samples samples) {
        Report report = new Report(
                "Nothing in flight: server's CPU time, plain table = 1",
                "statement",
                "plain table, µs",
                "another plain table",
                "a plain table with a dropped column",
                "pgtandem after complete",
                "to a plain table with a dropped column",
                "required");
        for (Kind kind : Kind.values()) {
            double ratio = samples.ratio(kind + "items", kind + "hand");
            report.row(
                    kind.title,
                    Report.number(samples.median(kind + "plain") / 1000),
                    thousandths(samples.ratio(kind + "again", kind + "plain")),
                    thousandths(samples.ratio(kind + "hand", kind + "plain")),
                    thousandths(samples.ratio(kind + "items", kind + "plain")),
                    thousandths(ratio),
                    "%s to %s %s".formatted(LEAST, MOST, ratio >= LEAST && ratio <= MOST ? "✓" : "✗"));
        }
        return report;
    }

    private static String thousandths(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    private enum Kind {
        READ("SELECT of one row, prepared", "SELECT * FROM %s WHERE id = ?"),
        /** Another text, as the driver would take what it has prepared for the same one. */
        PARSED("SELECT of one row, parsed and planned each time", "SELECT id, * FROM %s WHERE id = ?"),
        SCAN("SELECT count of 1,000 rows", "SELECT count(price) FROM %s WHERE id BETWEEN ? AND ?"),
        INSERT(
                "INSERT of one row",
                "INSERT INTO %s (id, name, stock, note, price) VALUES (?, 'a name', 1, 'a note', 5)"),
        UPDATE("UPDATE of one row", "UPDATE %s SET price = price + 1 WHERE id = ?");

        private final String title;
        private final String sql;

        Kind(String title, String sql) {
            this.title = title;
            this.sql = sql;
        }
    }

    /** A client of one of the two tables. */
    private static final class Client {

        private final Session session;
        private final String table;
        private long lastId = 1_000_000_000;

        Client(Session session, String table) throws SQLException {
            this.session = session;
            this.table = table;
            lastId = Math.max(lastId, session.number("SELECT max(id) FROM " + table));
            session.connection().setAutoCommit(false);
        }

        /** Rows that are read are not those that are updated, as the first reader tidies up after an update. */
        private long id(Kind kind, int rows, Random random) {
            int half = rows / 2;
            return switch (kind) {
                case INSERT -> ++lastId;
                case UPDATE -> half + 1 + random.nextInt(half);
                default -> 1 + random.nextInt(half);
            };
        }

        double measured(Kind kind, int rows, Random random) throws SQLException {
            try (PreparedStatement statement = session.prepare(kind.sql.formatted(table))) {
                statement.unwrap(PGStatement.class).setPrepareThreshold(kind == Kind.PARSED ? 0 : 5);
                int times = kind == Kind.SCAN ? STATEMENTS / 10 : STATEMENTS;
                long nanos = session.nanos(() -> {
                    for (int i = 0; i < times; i++) {
                        long id = id(kind, rows, random);
                        statement.setLong(1, id);
                        if (kind == Kind.SCAN) {
                            statement.setLong(2, id + 999);
                        }
                        if (statement.execute()) {
                            try (ResultSet result = statement.getResultSet()) {
                                result.next();
                            }
                        }
                    }
                });
                session.connection().commit();
                return (double) nanos / times;
            }
        }
    }
}
