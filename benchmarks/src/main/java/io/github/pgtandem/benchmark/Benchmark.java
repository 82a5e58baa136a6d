package io.github.pgtandem.benchmark;

/** Something that is measured, named on the command line. */
interface Benchmark {

    /** Its name on the command line. */
    String name();

    /** Measures on a server, and says what came out. */
    Report run(Server server, Options options) throws Exception;
}
