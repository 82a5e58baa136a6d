package io.github.pgtandem.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs one benchmark, or all of them, and prints what came out as Markdown. */
public final class Main {

    static final List<Benchmark> BENCHMARKS = List.of(
            new Writes(),
            new BackfillSpeed(),
            new Shapes(),
            new LoadDuringBackfill(),
            new Kills(),
            new Stall(),
            new Boot(),
            new Expand(),
            new Steady());

    private Main() {}

    /** @param arguments the name of a benchmark, or {@code all}, and options */
    public static void main(String... arguments) throws Exception {
        List<String> names = BENCHMARKS.stream().map(Benchmark::name).toList();
        String name = arguments.length == 0 ? "" : arguments[0];
        if (!name.equals("all") && !names.contains(name)) {
            System.err.println("Give one of " + names + " or all, and options. See docs/benchmarks.md.");
            System.exit(2);
        }
        Options options = Options.parse(Arrays.asList(arguments).subList(1, arguments.length));
        for (Benchmark benchmark : BENCHMARKS) {
            if (name.equals("all") || name.equals(benchmark.name())) {
                System.out.println(run(benchmark, options));
            }
        }
        // Flyway and Liquibase may leave threads behind.
        System.exit(0);
    }

    static String run(Benchmark benchmark, Options options) throws Exception {
        Path data = Path.of(options.text("data", System.getProperty("java.io.tmpdir")));
        long began = System.nanoTime();
        try (Server server = Server.start(data)) {
            Report report = benchmark.run(server, options);
            return report.markdown(server.described(), (System.nanoTime() - began) / 1_000_000_000);
        }
    }
}
