package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.Act;
import io.github.pgtandem.PgTandemListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Meters of what the engine does. The expand at the start is over before there is a registry, so what happens until then
 * is kept and recorded when one is bound.
 */
final class ActMeters implements PgTandemListener, MeterBinder {

    private static final int MAX_KEPT = 1000;

    private final List<MeterRegistry> registries = new ArrayList<>();
    private final Deque<Consumer<MeterRegistry>> early = new ArrayDeque<>();

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        for (Act act : Act.values()) {
            act(registry, act, true);
            act(registry, act, false);
        }
        lockWait(registry, true);
        lockWait(registry, false);
        lockRetries(registry);
        early.forEach(happened -> happened.accept(registry));
        registries.add(registry);
    }

    @Override
    public void finished(Act act, List<String> migrations, Duration duration, boolean success) {
        record(registry -> act(registry, act, success).record(duration));
    }

    @Override
    public void lockWait(Duration waited, boolean acquired) {
        record(registry -> {
            lockWait(registry, acquired).record(waited);
            if (!acquired) {
                lockRetries(registry).increment();
            }
        });
    }

    private synchronized void record(Consumer<MeterRegistry> happened) {
        if (registries.isEmpty()) {
            if (early.size() == MAX_KEPT) {
                early.removeFirst();
            }
            early.addLast(happened);
        }
        registries.forEach(happened);
    }

    private static Timer act(MeterRegistry registry, Act act, boolean success) {
        return Timer.builder("pgtandem." + act.name().toLowerCase(Locale.ROOT))
                .description("Duration of each " + act.name().toLowerCase(Locale.ROOT))
                .tag("outcome", success ? "success" : "failure")
                .register(registry);
    }

    private static Timer lockWait(MeterRegistry registry, boolean acquired) {
        return Timer.builder("pgtandem.lock.wait")
                .description("Time that one try of a statement waited for a strong lock")
                .tag("outcome", acquired ? "acquired" : "timeout")
                .register(registry);
    }

    private static Counter lockRetries(MeterRegistry registry) {
        return Counter.builder("pgtandem.lock.retries")
                .description("Tries for a strong lock that ran into the lock timeout")
                .register(registry);
    }
}
