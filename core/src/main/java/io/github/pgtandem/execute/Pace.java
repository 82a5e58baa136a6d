package io.github.pgtandem.execute;

import io.github.pgtandem.state.Progress.Rates;
import org.jspecify.annotations.Nullable;

/** How fast a backfill is while it works, smoothed over the last half minute of work; waiting does not count. */
final class Pace {

    private static final double SECONDS = 30;

    private final Smoothed rows;
    private Smoothed pages;

    Pace(Rates before) {
        this.rows = new Smoothed(before.rows());
        this.pages = new Smoothed(before.pages());
    }

    void add(double moreRows, double morePages, double seconds) {
        rows.add(moreRows, seconds);
        pages.add(morePages, seconds);
    }

    /** Pages go by at another pace now. */
    void newPass() {
        pages = new Smoothed(null);
    }

    Rates rates() {
        return new Rates(rows.value(), pages.value());
    }

    /** An exponentially weighted average, which is a plain one in the beginning. */
    private static final class Smoothed {

        private double amount;
        private double weight;

        Smoothed(@Nullable Double before) {
            if (before != null) {
                amount = before * SECONDS;
                weight = SECONDS;
            }
        }

        void add(double more, double seconds) {
            double fades = Math.exp(-seconds / SECONDS);
            amount = amount * fades + more;
            weight = weight * fades + seconds;
        }

        @Nullable
        Double value() {
            return weight == 0 ? null : amount / weight;
        }
    }
}
