package io.github.pgtandem.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.Act;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ActMetersTest {

    private final ActMeters meters = new ActMeters();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void whatHappensBeforeThereIsARegistryIsKept() {
        meters.finished(Act.EXPAND, List.of("0001_a"), Duration.ofSeconds(3), true);
        meters.lockWait(Duration.ofMillis(500), false);

        meters.bindTo(registry);

        assertThat(registry.get("pgtandem.expand")
                        .tag("outcome", "success")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
        assertThat(registry.get("pgtandem.lock.retries").counter().count()).isEqualTo(1);
        assertThat(registry.get("pgtandem.lock.wait")
                        .tag("outcome", "timeout")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatHappensLaterIsRecordedOnce() {
        meters.bindTo(registry);

        meters.finished(Act.COMPLETE, List.of("0001_a"), Duration.ofSeconds(1), false);
        meters.lockWait(Duration.ofMillis(1), true);

        assertThat(registry.get("pgtandem.complete")
                        .tag("outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("pgtandem.lock.wait")
                        .tag("outcome", "acquired")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("pgtandem.lock.retries").counter().count()).isZero();
    }

    @Test
    void everyMeterIsThereFromTheStart() {
        meters.bindTo(registry);

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .contains(
                        "pgtandem.expand",
                        "pgtandem.complete",
                        "pgtandem.rollback",
                        "pgtandem.lock.wait",
                        "pgtandem.lock.retries");
    }
}
