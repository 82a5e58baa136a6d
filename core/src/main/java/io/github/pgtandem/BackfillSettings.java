package io.github.pgtandem;

import java.time.Duration;
import java.util.Map;

/**
 * How shadow columns of existing rows are filled.
 *
 * @param window how many pages of a table one window of the backfill has at most, from 1 to {@value #MOST_PAGES}
 * @param stripes in how many transactions a window is filled, from 1 to {@value #MOST_STRIPES}
 * @param batchTime how long one of these transactions should last; the number of pages follows from it
 * @param rest how long to rest after each transaction, as a share of the time that it took, from 0 to
 *     {@value #MOST_REST}
 * @param limits beyond which the backfill waits
 */
public record BackfillSettings(int window, int stripes, Duration batchTime, double rest, BackfillLimits limits) {

    private static final Duration SHORTEST_BATCH = Duration.ofMillis(1);
    private static final Duration LONGEST_BATCH = Duration.ofMinutes(1);
    static final int MOST_PAGES = 1_000_000;
    static final int MOST_STRIPES = 64;
    static final int MOST_REST = 100;

    /** What is taken where nobody says otherwise. */
    public static final BackfillSettings DEFAULTS =
            new BackfillSettings(2048, 12, Duration.ofMillis(25), 0, BackfillLimits.DEFAULTS);

    /** @throws IllegalArgumentException for a value out of its range */
    public BackfillSettings {
        within("window", window, 1, MOST_PAGES);
        within("stripes", stripes, 1, MOST_STRIPES);
        if (batchTime.compareTo(SHORTEST_BATCH) < 0 || batchTime.compareTo(LONGEST_BATCH) > 0) {
            throw new IllegalArgumentException("batchTime must be from 1ms to 1m, not \"" + batchTime + "\".");
        }
        if (!(rest >= 0 && rest <= MOST_REST)) {
            throw new IllegalArgumentException(
                    "rest must be a number from 0 to " + MOST_REST + ", not \"" + rest + "\".");
        }
    }

    /**
     * With what an operator has changed.
     *
     * @param knobs names as those of the components of this record and of {@link BackfillLimits}
     * @throws IllegalArgumentException for an unknown knob or a value that it cannot take
     */
    public BackfillSettings with(Map<String, String> knobs) {
        Knobs set = new Knobs(knobs);
        BackfillSettings changed = new BackfillSettings(
                set.number("window", window, 1, MOST_PAGES),
                set.number("stripes", stripes, 1, MOST_STRIPES),
                set.duration("batchTime", batchTime),
                set.decimal("rest", rest, MOST_REST),
                limits.with(set));
        set.refuseOthers();
        return changed;
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be a number from " + least + " to " + most + ", not \"" + value + "\".");
        }
    }
}
