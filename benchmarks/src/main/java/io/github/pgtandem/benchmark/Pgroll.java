package io.github.pgtandem.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line of pgroll on one database, where this machine has it. */
final class Pgroll {

    static final String MISSING = "not on PATH";

    private final String url;

    Pgroll(Db database) throws IOException, InterruptedException {
        this.url = database.url().replace("jdbc:", "").replace("?", "?sslmode=disable&");
        call("init");
    }

    static boolean onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pgroll")));
    }

    String version() throws IOException, InterruptedException {
        return call("--version");
    }

    /** Expands; backfills, too, before it returns. */
    void start(String name, String operations) throws IOException, InterruptedException {
        migrate("start", name, operations);
    }

    /** Expands and completes at once. */
    void complete(String name, String operations) throws IOException, InterruptedException {
        migrate("start", name, operations, "--complete");
    }

    void rollback() throws IOException, InterruptedException {
        call("rollback");
    }

    static String sql(List<String> statements) {
        return "operations:\n  - sql:\n      up: |\n"
                + String.join(
                        "\n", statements.stream().map(s -> "        " + s + ";").toList()) + "\n";
    }

    private void migrate(String command, String name, String operations, String... options)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pgroll");
        Path file = Files.writeString(folder.resolve(name + ".yaml"), operations);
        List<String> arguments = new ArrayList<>(List.of(command, file.toString()));
        arguments.addAll(List.of(options));
        try {
            call(arguments.toArray(String[]::new));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private String call(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("pgroll"));
        command.addAll(List.of(arguments));
        if (!arguments[0].equals("--version")) {
            command.addAll(List.of("--postgres-url", url));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
