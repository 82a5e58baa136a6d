package io.github.pgtandem.boot.pin;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.postgresql.ds.PGSimpleDataSource;

/** A primary and its streaming replica. */
record ReplicatedPostgres(EmbeddedPostgres first, EmbeddedPostgres second) implements AutoCloseable {

    private static final Path BINARIES = Path.of("..", "core", "target", "postgres", "postgres-18.jar");

    static ReplicatedPostgres start(Path folder) throws IOException {
        Path data = folder.resolve("primary");
        Path copy = folder.resolve("replica");
        EmbeddedPostgres primary = server(folder, data);
        int port = primary.getPort();
        primary.close();
        copy(data, copy);
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=%d user=postgres'\n".formatted(port),
                StandardOpenOption.APPEND);
        EmbeddedPostgres again = builder(folder, data).setPort(port).start();
        return new ReplicatedPostgres(again, server(folder, copy));
    }

    PGSimpleDataSource primary() {
        return (PGSimpleDataSource) first.getPostgresDatabase();
    }

    PGSimpleDataSource replica() {
        return (PGSimpleDataSource) second.getPostgresDatabase();
    }

    @Override
    public void close() throws IOException {
        second.close();
        first.close();
    }

    private static EmbeddedPostgres server(Path folder, Path data) throws IOException {
        return builder(folder, data).start();
    }

    private static EmbeddedPostgres.Builder builder(Path folder, Path data) {
        PgBinaryResolver binaries = (system, architecture) -> archive();
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setPgBinaryResolver(binaries)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .setLocaleConfig("locale", "C");
    }

    private static ByteArrayInputStream archive() throws IOException {
        try (ZipFile jar = new ZipFile(BINARIES.toFile())) {
            ZipEntry archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return new ByteArrayInputStream(jar.getInputStream(archive).readAllBytes());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
