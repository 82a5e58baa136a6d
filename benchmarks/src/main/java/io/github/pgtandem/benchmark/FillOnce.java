package io.github.pgtandem.benchmark;

/** An instance that widens the column of {@link Items}, or goes on with it, in a JVM that may be killed. */
final class FillOnce {

    private FillOnce() {}

    /** @param arguments the database's URL */
    public static void main(String... arguments) {
        Items.widening(new Db(arguments[0], () -> {})).start();
    }
}
