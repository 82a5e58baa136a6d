package io.github.pgtandem.benchmark;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One database of the benchmark's server, dropped when closed. */
final class Db implements AutoCloseable {

    /** What drops it. */
    interface Drop {
        void run() throws SQLException;
    }

    private final String url;
    private final Drop drop;

    Db(String url, Drop drop) {
        this.url = url;
        this.drop = drop;
    }

    String url() {
        return url;
    }

    /** A new connection each time, not pinned. */
    DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    /** A session with this search path from its start; with PostgreSQL's own for none. */
    Session session(String... path) throws SQLException {
        return Session.open(url, List.of(path), "client");
    }

    /** Statements on a connection of their own, each committed. */
    void execute(String... statements) throws SQLException {
        try (Session session = session()) {
            for (String statement : statements) {
                session.execute(statement);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        drop.run();
    }
}
