package io.github.pgtandem.benchmark;

import io.github.pgtandem.BackfillLimits;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A filled table of ten columns in a database of its own, one column of which is to become {@code bigint} in some way. */
final class Items implements AutoCloseable {

    /** Ways to give the table a {@code bigint} column with the values of the {@code int} column. */
    enum Way {
        UPDATE("one plain UPDATE"),
        PGTANDEM("pgtandem"),
        RANGES("key ranges of 5,000 by hand"),
        ALTER("ALTER TYPE (locks everything)"),
        PGROLL("pgroll"),
        /** Fills nothing: what it costs others that one session is at work. */
        COMPUTE("a session that only computes");

        final String title;

        Way(String title) {
            this.title = title;
        }
    }

    private static final int RANGE = 5_000;

    private static final String COMPUTE = """
            DO $$
            DECLARE ends timestamptz := clock_timestamp() + interval '8 s';
            BEGIN
                WHILE clock_timestamp() < ends LOOP
                    PERFORM sum(hashint8(i)) FROM generate_series(1, 10000) i;
                END LOOP;
            END $$""";

    /** What brings the database to the release that makes the column {@code bigint}. */
    interface Expand {
        void run() throws Exception;
    }

    /** Which columns tell the rows apart. */
    enum Key {
        ONE("PRIMARY KEY (id)"),
        TWO("PRIMARY KEY (shelf, id)"),
        NONE("CHECK (true)");

        private final String constraint;

        Key(String constraint) {
            this.constraint = constraint;
        }

        private String create() {
            return """
                    CREATE TABLE items (id bigint, amount int, shelf int, room int, house int, name text, note text, \
                    price numeric, made timestamptz, done boolean, %s)""".formatted(constraint);
        }
    }

    private static final List<String> INDEXED = List.of("shelf", "room", "house");

    private final Db database;
    private final Way way;
    private final Key key;
    private final int rows;
    private @Nullable Tandem one;
    private @Nullable Tandem two;
    private @Nullable Pgroll pgroll;

    private Items(Db database, Way way, Key key, int rows) {
        this.database = database;
        this.way = way;
        this.key = key;
        this.rows = rows;
    }

    /**
     * @param indexes how many, besides that of the primary key
     * @param limits of pgtandem's backfill
     */
    static Items create(Server server, Way way, int rows, int indexes, BackfillLimits limits) throws Exception {
        return create(server, way, Key.ONE, rows, indexes, limits);
    }

    static Items create(Server server, Way way, Key key, int rows, int indexes, BackfillLimits limits)
            throws Exception {
        Items items = new Items(server.database(), way, key, rows);
        items.createTable(limits);
        try (Session session = items.database.session(Tandem.BASE_SCHEMA)) {
            session.execute("""
                    INSERT INTO items
                    SELECT i, i, i %% 1000, i / 7, hashint8(i), 'name of ' || i, 'a note of some words', i / 100.0,
                           '2026-01-01'::timestamptz + i * interval '1 second', false
                    FROM generate_series(1, %d) i""".formatted(rows));
            for (String column : INDEXED.subList(0, indexes)) {
                session.execute("CREATE INDEX ON items (" + column + ")");
            }
            if (way == Way.UPDATE || way == Way.RANGES) {
                session.execute("ALTER TABLE items ADD COLUMN new_amount bigint");
            }
            session.execute("VACUUM (ANALYZE) items");
            session.execute("CHECKPOINT");
        }
        return items;
    }

    private void createTable(BackfillLimits limits) throws SQLException, IOException, InterruptedException {
        switch (way) {
            case PGTANDEM -> {
                one = Tandem.first(database, List.of(key.create()));
                two = widening(database, key).with(limits);
            }
            case PGROLL -> {
                pgroll = new Pgroll(database);
                pgroll.complete("01_tables", Pgroll.sql(List.of(key.create())));
            }
            default -> database.execute(key.create());
        }
    }

    /** The release that makes the column {@code bigint}, not yet started; its backfill waits for nobody. */
    static Tandem widening(Db database) {
        return widening(database, Key.ONE);
    }

    private static Tandem widening(Db database, Key key) {
        return Tandem.of(database, List.of(key.create()))
                .next("0002_widen", widen())
                .with(BackfillLimits.NONE);
    }

    private static String widen() {
        return "operations:\n" + Tandem.widen("items", List.of("amount"));
    }

    Db database() {
        return database;
    }

    /** That of clients of the version before. */
    String[] path() {
        return one == null ? new String[] {Tandem.BASE_SCHEMA} : one.path();
    }

    /** The way that is meant for this table. Gives the seconds that it took to fill the column. */
    double fill() throws Exception {
        long began = System.nanoTime();
        if (two != null) {
            return fill(two::start);
        }
        if (pgroll != null) {
            pgroll.start("02_widen", widen());
        } else {
            try (Session session = database.session(Tandem.BASE_SCHEMA)) {
                fillByHand(session);
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** The same for pgtandem, with another instance of its release that does it. */
    double fill(Expand instance) throws Exception {
        instance.run();
        return Objects.requireNonNull(two).backfilled().toNanos() / 1e9;
    }

    private void fillByHand(Session session) throws SQLException {
        switch (way) {
            case UPDATE -> session.execute("UPDATE items SET new_amount = amount");
            case COMPUTE -> session.execute(COMPUTE);
            case ALTER -> session.execute("ALTER TABLE items ALTER COLUMN amount TYPE bigint");
            default -> {
                try (PreparedStatement range =
                        session.prepare("UPDATE items SET new_amount = amount WHERE id >= ? AND id < ?")) {
                    for (long id = 1; id <= rows; id += RANGE) {
                        range.setLong(1, id);
                        range.setLong(2, id + RANGE);
                        range.executeUpdate();
                    }
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
