package io.github.pgtandem.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.BackfillSettings;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The size of windows follows the time that a batch should take, in steps. */
class BatchSizeTest {

    private static final BackfillSettings SETTINGS =
            BackfillSettings.DEFAULTS.with(Map.of("window", "5000", "batchTime", "100ms"));
    private static final long MILLI = 1_000_000;

    private final BatchSize size = new BatchSize();

    @Test
    void itGrowsToTheTimeWithinAFewWindows() {
        assertThat(size.window(SETTINGS)).isEqualTo(BatchSize.FIRST);
        run(4, pages -> pages * MILLI / 10);
        assertThat(size.window(SETTINGS)).isEqualTo(1000);
    }

    @Test
    void itDoublesAtMost() {
        run(1, pages -> 1);
        assertThat(size.window(SETTINGS)).isEqualTo(2 * BatchSize.FIRST);
    }

    @Test
    void itNeverGetsLargerThanTheSetting() {
        run(20, pages -> 1);
        assertThat(size.window(SETTINGS)).isEqualTo(5000);
    }

    @Test
    void farTooLongIsCutAtOnce() {
        run(6, pages -> pages * MILLI / 10);
        assertThat(size.took(1000, 600 * MILLI, Duration.ofMillis(100))).isTrue();
        assertThat(size.window(SETTINGS)).isEqualTo(167);
    }

    @Test
    void somewhatTooLongIsNot() {
        run(6, pages -> pages * MILLI / 10);
        assertThat(size.took(1000, 400 * MILLI, Duration.ofMillis(100))).isFalse();
        assertThat(size.window(SETTINGS)).isBetween(300L, 500L);
    }

    @Test
    void afterAFailureItHasHalf() {
        size.halve(40);
        assertThat(size.window(SETTINGS)).isEqualTo(20);
        size.halve(1);
        assertThat(size.window(SETTINGS)).isOne();
    }

    private void run(int windows, LongUnaryOperator nanos) {
        for (int i = 0; i < windows; i++) {
            long pages = size.window(SETTINGS);
            for (int stripe = 0; stripe < 8; stripe++) {
                assertThat(size.took(pages, nanos.applyAsLong(pages), SETTINGS.batchTime()))
                        .isFalse();
            }
        }
    }
}
