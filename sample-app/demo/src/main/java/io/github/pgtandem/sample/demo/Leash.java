package io.github.pgtandem.sample.demo;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another class's {@code main} and ends the JVM when its standard input ends: so a child never outlives its
 * parent, even one that was killed.
 */
final class Leash {

    private static final long MILLIS_TO_END = 15_000;

    private Leash() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        daemon("leash", Leash::endWithParent);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end counts.
            }
        } catch (IOException e) {
            // A broken pipe is an end, too.
        }
        daemon("leash-halt", Leash::haltLater);
        System.exit(0);
    }

    private static void haltLater() {
        try {
            Thread.sleep(MILLIS_TO_END);
        } catch (InterruptedException e) {
            // Then at once.
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }
}
