package io.github.pgtandem.execute;

import io.github.pgtandem.BackfillSettings;
import java.time.Duration;

/**
 * How many pages a window has, so that each of its transactions lasts as long as it should. Begins small, as nothing is
 * known of the table yet, and doubles at most from one window to the next; what is far too long is cut at once.
 */
final class BatchSize {

    static final int FIRST = 64;

    private static final double MOST_GROWTH = 2;
    private static final double FAR_OVER = 5;
    private static final double NEWEST_COUNTS = 0.5;

    private double pages = FIRST;
    private double nanosPerPage;

    /** Pages of the next window. */
    long window(BackfillSettings settings) {
        return Math.max(1, Math.min(Math.round(pages), settings.window()));
    }

    /**
     * Learns from a transaction over a window.
     *
     * @return whether it took so long that the window at hand is to be cut
     */
    boolean took(long windowPages, long nanos, Duration wanted) {
        double each = Math.max(1, nanos) / (double) windowPages;
        boolean farOver = nanos >= FAR_OVER * wanted.toNanos();
        nanosPerPage = nanosPerPage == 0 || farOver ? each : NEWEST_COUNTS * each + (1 - NEWEST_COUNTS) * nanosPerPage;
        double fitting = wanted.toNanos() / nanosPerPage;
        pages = Math.max(1, farOver ? fitting : Math.min(fitting, windowPages * MOST_GROWTH));
        return farOver && windowPages > 1;
    }

    /** What was learned of pages does not hold any more. */
    void newPass() {
        pages = FIRST;
        nanosPerPage = 0;
    }

    /** After a transaction that could not have its locks or its time. */
    void halve(long windowPages) {
        pages = Math.max(1, windowPages / 2);
        nanosPerPage = 0;
    }
}
