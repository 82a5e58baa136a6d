package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that carries out an act of {@link ShopMigration}. */
final class InstanceProcess implements AutoCloseable {

    private static final int KILLED = 128 + 9;

    private final Process process;
    private final Path log;

    private InstanceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static InstanceProcess start(Database database, Deed deed) {
        try {
            Path log = Files.createTempFile("pgtandem-instance", ".log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ShopMigration.class.getName(),
                            database.jdbcUrl(),
                            deed.name())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new InstanceProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        assertThat(process.isAlive()).as(this::output).isTrue();
        process.destroyForcibly();
        assertThat(exit()).as(this::output).isEqualTo(KILLED);
    }

    int exit() {
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(this::output).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
