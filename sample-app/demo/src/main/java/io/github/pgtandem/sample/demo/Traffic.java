package io.github.pgtandem.sample.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Virtual users of one release at a steady rate, and the count of what they asked for. */
final class Traffic {

    static final int USERS = 6;

    private static final long MILLIS_BETWEEN_REQUESTS = 100;
    private static final long GRACE_NANOS = 3_000_000_000L;
    private static final long MILLIS_AFTER_FAILURE = 1_000;

    private final Release release;
    private final List<Thread> users = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final Deque<Failure> pending = new ArrayDeque<>();
    private volatile boolean stopped;
    private volatile String firstFailure = "";

    private Traffic(Release release) {
        this.release = release;
    }

    private record Failure(long nanos, String text) {}

    static Traffic start(Release release, Board board) {
        Traffic traffic = new Traffic(release);
        for (int i = 0; i < USERS; i++) {
            VirtualUser user = new VirtualUser(release.number(), release.shop(), board, traffic, i);
            Thread thread = new Thread(() -> traffic.use(user), release.name() + " user " + i);
            thread.setDaemon(true);
            traffic.users.add(thread);
            thread.start();
        }
        return traffic;
    }

    private void use(VirtualUser user) {
        while (!stopped) {
            try {
                user.round();
            } catch (Ended e) {
                return;
            } catch (RoundFailed e) {
                pause(MILLIS_AFTER_FAILURE);
            }
        }
    }

    /** Makes one request of a round, and counts it as failed unless its answer is right. */
    <T> T request(String what, Supplier<T> request, Predicate<T> right, String hint) {
        if (stopped) {
            throw new Ended();
        }
        long start = System.nanoTime();
        T answer;
        try {
            answer = request.get();
        } catch (RuntimeException e) {
            throw failed(what + ": " + e.getMessage());
        } finally {
            requests.incrementAndGet();
        }
        if (!right.test(answer)) {
            throw failed(what + ": got " + answer + ", " + hint);
        }
        long nanos = System.nanoTime() - start;
        slowestNanos.accumulateAndGet(nanos, Math::max);
        pause(MILLIS_BETWEEN_REQUESTS - nanos / 1_000_000);
        return answer;
    }

    private RoundFailed failed(String text) {
        synchronized (pending) {
            pending.add(new Failure(System.nanoTime(), text));
        }
        return new RoundFailed();
    }

    /**
     * Counts the failures that are older than some seconds. The younger ones wait: they may turn out to be those of an
     * instance that somebody has stopped on purpose.
     *
     * @return why the release serves no longer, once
     */
    Optional<String> judge() {
        synchronized (pending) {
            if (pending.isEmpty() || stopped) {
                return Optional.empty();
            }
            Optional<String> ended = release.ended();
            if (ended.isPresent()) {
                stopped = true;
                pending.clear();
                return ended;
            }
            count(GRACE_NANOS);
            return Optional.empty();
        }
    }

    private void count(long graceNanos) {
        while (!pending.isEmpty() && System.nanoTime() - pending.peek().nanos >= graceNanos) {
            Failure failure = pending.remove();
            if (failed.getAndIncrement() == 0) {
                firstFailure = failure.text;
            }
        }
    }

    /** Lets every user finish its request, then counts everything. */
    void stop() {
        stopped = true;
        for (Thread user : users) {
            try {
                user.join(30_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        synchronized (pending) {
            count(0);
        }
    }

    /** Makes no further request; what fails from now on is not looked at. */
    void end() {
        stopped = true;
    }

    /** Waits until so many requests were made in all, none of them failed. */
    void awaitRequests(int number, Duration patience) {
        Wait.until(number + " requests on " + release.name(), patience, release.child(), () -> {
            requireUnharmed();
            return requests() >= number;
        });
    }

    /** Fails with the first request that failed. */
    void requireUnharmed() {
        synchronized (pending) {
            count(0);
        }
        if (failed() > 0) {
            throw DemoFailed.of("A request failed on " + release.name() + ": " + firstFailure, release.child());
        }
    }

    Release release() {
        return release;
    }

    int requests() {
        return requests.get();
    }

    int failed() {
        return failed.get();
    }

    String firstFailure() {
        return firstFailure;
    }

    String counts() {
        return String.format(
                Locale.ROOT,
                "%s: %,d requests, failed: %d, slowest %d ms",
                release.name(),
                requests(),
                failed(),
                slowestNanos.get() / 1_000_000);
    }

    private static void pause(long millis) {
        if (millis > 0) {
            Wait.sleep(millis);
        }
    }

    /** The traffic is over; not a failure. */
    private static final class Ended extends RuntimeException {}

    private static final class RoundFailed extends RuntimeException {}
}
