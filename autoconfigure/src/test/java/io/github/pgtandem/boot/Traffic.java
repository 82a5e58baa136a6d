package io.github.pgtandem.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.springframework.dao.DataAccessException;

/** Threads that write through one instance until they are stopped or refused. */
final class Traffic implements AutoCloseable {

    private final AtomicInteger done = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** Starts threads that repeat a piece of work; each run has a number of its own. */
    Traffic(int count, long firstNumber, LongConsumer work) {
        for (int t = 0; t < count; t++) {
            long from = firstNumber + t * 1_000_000L;
            Thread thread = new Thread(() -> repeat(from, work), "traffic-" + from);
            threads.add(thread);
            thread.start();
        }
    }

    private void repeat(long from, LongConsumer work) {
        for (long number = from; !stopped; number++) {
            try {
                work.accept(number);
                done.incrementAndGet();
            } catch (DataAccessException | AssertionError e) {
                failures.add(String.valueOf(e.getMessage()));
                return;
            }
        }
    }

    int done() {
        return done.get();
    }

    List<String> failures() {
        return failures;
    }

    /** Stops when every thread has ended its piece of work. */
    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
