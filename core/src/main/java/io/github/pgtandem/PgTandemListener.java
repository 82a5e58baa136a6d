package io.github.pgtandem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Hears what the engine does, and may hold a backfill or a lock. Called on the engine's threads; must be quick and must
 * not throw.
 */
public interface PgTandemListener {

    /** An act begins or is taken over from an interrupted instance. */
    default void started(Act act, List<String> migrations) {}

    /** An act ended. {@code success} is false where it was refused or failed. */
    default void finished(Act act, List<String> migrations, Duration duration, boolean success) {}

    /** A statement waited for a strong lock; {@code acquired} is false where the try timed out and is retried. */
    default void lockWait(Duration waited, boolean acquired) {}

    /**
     * Asked before each try of a step that takes a strong lock: why it must wait, or empty. It waits for as long as the
     * lock budget lasts.
     *
     * @param tables qualified names of the tables that it locks, quoted
     */
    default Optional<String> whyLockWaits(List<String> tables) {
        return Optional.empty();
    }

    /** A batch of a backfill was committed. */
    default void backfill(String table, long rowsDone, long rowsTotal) {}

    /**
     * Asked before a batch of a backfill, at most every second: why it must wait, or empty. One that throws counts as one
     * that cannot tell.
     */
    default Optional<String> whyBackfillWaits() {
        return Optional.empty();
    }
}
