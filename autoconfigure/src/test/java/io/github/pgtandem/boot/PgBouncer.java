package io.github.pgtandem.boot;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pgtandem.fixture.Database;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine's PgBouncer in front of a database; a test that asks for one is reported as not run where there is none. */
final class PgBouncer implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Database database;

    private PgBouncer(Process process, int port, Database database) {
        this.process = process;
        this.port = port;
        this.database = database;
    }

    /**
     * One that pools two connections for each role, in transaction mode.
     *
     * @param settings lines of its configuration that come last
     */
    static PgBouncer start(Database database, List<String> roles, String... settings) throws IOException {
        Optional<Path> program = program();
        assumeTrue(program.isPresent(), "there is no PgBouncer on this machine (Debian's package: pgbouncer)");
        Path folder = Files.createTempDirectory("pgbouncer");
        // It does not run as root, and reads its users as whoever it runs as.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = freePort();
        Path users = folder.resolve("users");
        Files.writeString(
                users,
                Stream.concat(roles.stream(), Stream.of(database.user()))
                        .map(role -> "\"" + role + "\" \"\"\n")
                        .collect(Collectors.joining()));
        Path configuration = folder.resolve("pgbouncer.ini");
        Files.writeString(
                configuration, """
                [databases]
                * = host=localhost port=%d
                [pgbouncer]
                listen_addr = localhost
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 2
                ignore_startup_parameters = extra_float_digits
                %s
                """.formatted(database.postgres().port(), port, users, String.join("\n", settings)));
        List<String> command = Files.getOwner(folder).getName().equals("root")
                ? List.of(program.get().toString(), "-u", "nobody", configuration.toString())
                : List.of(program.get().toString(), configuration.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().until(() -> isListening(port) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(folder.resolve("log")));
        }
        return new PgBouncer(process, port, database);
    }

    String jdbcUrl() {
        // Below 1.21 it does not know of statements that the protocol prepares.
        return "jdbc:postgresql://localhost:%d/%s?prepareThreshold=0".formatted(port, database.name());
    }

    /** Ends the sessions that it keeps of a role, as it does itself when they were idle for long enough. */
    void forget(String role) {
        database.jdbc()
                .queryForList("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = ?", role);
    }

    private static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
