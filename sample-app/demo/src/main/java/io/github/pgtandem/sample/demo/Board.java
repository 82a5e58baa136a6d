package io.github.pgtandem.sample.demo;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Where the virtual users of one release leave what they wrote, for those of the other release to read and compare. */
final class Board {

    private static final int LIMIT = 300;

    private final Queue<Written> byRelease1 = new ArrayBlockingQueue<>(LIMIT);
    private final Queue<Written> byRelease2 = new ArrayBlockingQueue<>(LIMIT);
    private final AtomicLong number = new AtomicLong(System.currentTimeMillis());
    private final LongAdder taken = new LongAdder();
    private final LongAdder compared = new LongAdder();
    private final Product shared;

    /** @param shared a product that all users of both releases take from at the same time */
    Board(Product shared) {
        this.shared = shared;
    }

    /** What its writer will not touch again. */
    record Written(Customer customer, Product product, Purchase purchase) {}

    void leave(int release, Written written) {
        Queue<Written> queue = release == 1 ? byRelease1 : byRelease2;
        // A full board means that the other release reads slowly or not at all; what does not fit is not compared.
        queue.offer(written);
    }

    /** Something that the other release wrote, if there is any. */
    @Nullable
    Written fetch(int release) {
        return (release == 1 ? byRelease2 : byRelease1).poll();
    }

    void same() {
        compared.increment();
    }

    /** How often one release has read what the other one wrote. */
    long compared() {
        return compared.sum();
    }

    /** A number that nobody else gets. */
    long unique() {
        return number.incrementAndGet();
    }

    Product shared() {
        return shared;
    }

    void took() {
        taken.increment();
    }

    long taken() {
        return taken.sum();
    }
}
