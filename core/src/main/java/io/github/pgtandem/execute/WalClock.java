package io.github.pgtandem.execute;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells by positions in the WAL how far behind in time somebody is. PostgreSQL's own {@code replay_lag} stands still
 * where replaying does, so it is not asked.
 */
final class WalClock {

    private static final int MOST = 4000;

    private final Deque<Tick> ticks = new ArrayDeque<>();

    private record Tick(long position, long nanos) {}

    void tick(long position, long nanos) {
        if (ticks.isEmpty() || ticks.getLast().position() < position) {
            ticks.addLast(new Tick(position, nanos));
        }
        if (ticks.size() > MOST) {
            ticks.removeFirst();
        }
    }

    /** For how long there has been more WAL than up to a position, as far as it has been seen. */
    Duration behind(long position, long nanos) {
        return ticks.stream()
                .filter(t -> t.position() > position)
                .findFirst()
                .map(t -> Duration.ofNanos(nanos - t.nanos()))
                .orElse(Duration.ZERO);
    }
}
