package io.github.pgtandem.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.UnsupportedDatabaseException;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** P11: every server that migrations cannot work with is refused with its whole message. */
@ExtendWith(DatabaseExtension.class)
class BadServerTest {

    @Test
    void anotherDatabaseBehindItsOwnDriverIsRefused() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:");

        assertThat(refusal(h2)).isInstanceOf(UnsupportedDatabaseException.class).hasMessage("""
                the database is H2, not PostgreSQL.
                Connect to PostgreSQL 15 or newer: check pgtandem.url, or the application's data source.""");
    }

    @Test
    void aServerThatDoesNotSpeakAsPostgresqlDoesIsRefused() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> greeting = CompletableFuture.runAsync(() -> greet(server));

            assertThat(refusal(source(server.getLocalPort(), "shop", "shop")))
                    .isInstanceOf(UnsupportedDatabaseException.class)
                    .hasMessage(noConnection("An error occurred while setting up the SSL connection"));
            greeting.join();
        }
    }

    @Test
    void aPortWhereNobodyListensIsToldWithHostAndPort() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThat(refusal(source(port, "shop", "shop")))
                .isInstanceOf(UnsupportedDatabaseException.class)
                .hasMessage(
                        noConnection("Connection to localhost:" + port + " refused. Check that the hostname and port"
                                + " are correct and that the postmaster is accepting TCP/IP connections"));
    }

    @Test
    void anUnknownRoleIsToldInTheServersWords(Database database) {
        assertThat(refusal(source(database.postgres().port(), database.name(), "nobody")))
                .hasMessage(noConnection("FATAL: role \"nobody\" does not exist"));
    }

    @Test
    void anUnknownDatabaseIsToldInTheServersWords(Database database) {
        assertThat(refusal(source(database.postgres().port(), "shoop", "postgres")))
                .hasMessage(noConnection("FATAL: database \"shoop\" does not exist"));
    }

    private static String noConnection(String reason) {
        return """
                no connection for migrations: %s.
                Check that PostgreSQL 15 or newer runs there, and pgtandem.url, pgtandem.user and pgtandem.password, or \
                the application's data source.""".formatted(reason);
    }

    /** As servers of another kind do: a greeting at once, and the end. */
    private static void greet(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("8.4.0 another protocol\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSource source(int port, String database, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        return source;
    }

    private static Throwable refusal(DataSource dataSource) {
        Release release = Release.parse(List.of(new MigrationFile("db/0001_first.yaml", "operations: []")));
        PgTandem engine = new PgTandem(dataSource, release, Settings.forSchema("public"), new PgTandemListener() {});
        return catchThrowable(() -> engine.start(new Actor("test", "test")));
    }
}
