package io.github.pgtandem.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How far a standby is behind, told by when there was how much WAL. */
class WalClockTest {

    private static final long SECOND = 1_000_000_000;

    private final WalClock clock = new WalClock();

    @Test
    void whoHasReplayedAllIsNotBehind() {
        clock.tick(100, SECOND);
        assertThat(clock.behind(100, 9 * SECOND)).isZero();
    }

    @Test
    void aStandbyThatStandsStillFallsBehind() {
        clock.tick(100, SECOND);
        clock.tick(200, 2 * SECOND);
        clock.tick(300, 3 * SECOND);
        assertThat(clock.behind(150, 4 * SECOND)).isEqualTo(Duration.ofSeconds(2));
        clock.tick(400, 5 * SECOND);
        assertThat(clock.behind(150, 7 * SECOND)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whereNothingIsWrittenItsAgeDoesNotGrowFromRepeatedLooks() {
        clock.tick(100, SECOND);
        clock.tick(100, 5 * SECOND);
        assertThat(clock.behind(100, 6 * SECOND)).isZero();
        assertThat(clock.behind(50, 6 * SECOND)).isEqualTo(Duration.ofSeconds(5));
    }
}
