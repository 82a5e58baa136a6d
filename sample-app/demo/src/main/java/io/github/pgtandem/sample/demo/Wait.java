package io.github.pgtandem.sample.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waiting with a deadline. */
final class Wait {

    private static final long STEP_MILLIS = 100;

    private Wait() {}

    /** Fails when the deadline is over, or when the process that must bring it about has ended. */
    static void until(String what, Duration deadline, @Nullable Child worker, BooleanSupplier done) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!done.getAsBoolean()) {
            if (worker != null && !worker.isAlive()) {
                throw DemoFailed.of("Waited for " + what + ", but its process has ended.", worker);
            }
            if (System.nanoTime() > end) {
                String message = "Waited " + deadline.toSeconds() + " s for " + what + ", in vain.";
                throw worker == null ? new DemoFailed(message) : DemoFailed.of(message, worker);
            }
            sleep(STEP_MILLIS);
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("Interrupted");
        }
    }
}
