package io.github.pgtandem.benchmark;

/** Goes through the rounds of a benchmark, and says on the error stream how far it is. */
final class Rounds {

    /** One round, in which each variant is measured once. */
    interface Round {
        void run(int round) throws Exception;
    }

    private Rounds() {}

    static void run(String benchmark, int rounds, Round round) throws Exception {
        for (int i = 0; i < rounds; i++) {
            long began = System.nanoTime();
            round.run(i);
            System.err.printf(
                    "%s: round %d of %d, %.1f s%n", benchmark, i + 1, rounds, (System.nanoTime() - began) / 1e9);
        }
    }
}
