package io.github.pgtandem.benchmark;

import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.benchmark.Items.Way;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An instance in a JVM of its own that has migrated before. In production it is on another machine than the server; here
 * they share the cores, so it does without the JVM's second compiler, which would take one of them for a while.
 */
final class WarmInstance implements AutoCloseable {

    private static final String READY = "ready";
    private static final int WARM_UP_ROWS = 200_000;

    private final Process process;

    private WarmInstance(Process process) {
        this.process = process;
    }

    /** One that has migrated another database, and waits until it is told to migrate this one. */
    static WarmInstance of(Server server, Db database) throws Exception {
        try (Items before = Items.create(server, Way.PGTANDEM, WARM_UP_ROWS, 1, BackfillLimits.DEFAULTS)) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WarmInstance.class.getName(),
                            before.database().url(),
                            database.url())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = output.readLine(); !READY.equals(line); line = output.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("The instance ended before it was ready");
                }
            }
            return new WarmInstance(process);
        }
    }

    /** Migrates, and waits until that is done. */
    void expand() throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The instance failed");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** @param arguments the URLs of the databases that are migrated before and when told to */
    public static void main(String... arguments) throws IOException {
        expand(arguments[0]);
        System.out.println(READY);
        if (System.in.read() >= 0) {
            expand(arguments[1]);
        }
    }

    private static void expand(String url) {
        Items.widening(new Db(url, () -> {})).with(BackfillLimits.DEFAULTS).start();
    }
}
