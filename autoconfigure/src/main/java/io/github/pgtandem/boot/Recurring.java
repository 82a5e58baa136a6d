package io.github.pgtandem.boot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Something that is done again and again on a thread of its own, from when the context is up until it closes. */
public abstract class Recurring implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final String thread;
    private final Duration first;
    private final Duration every;
    private @Nullable ScheduledExecutorService scheduler;

    /**
     * @param thread its thread's name
     * @param first the pause before the first time
     * @param every the pause between two times
     */
    protected Recurring(String thread, Duration first, Duration every) {
        this.thread = thread;
        this.first = first;
        this.every = every;
    }

    /** One time. */
    protected abstract void once();

    @Override
    public synchronized void start() {
        scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, thread);
            daemon.setDaemon(true);
            return daemon;
        });
        scheduler.scheduleWithFixedDelay(this::guarded, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A scheduler says nothing of what a task throws, and never runs it again. */
    private void guarded() {
        try {
            once();
        } catch (Throwable e) {
            LOG.error("{} failed; it goes on.", thread, e);
        }
    }

    /**
     * Waits a little for what is being done, so that no connection is left behind; what waits for somebody else is
     * interrupted, or it would get its turn when the application is gone.
     */
    @Override
    public synchronized void stop() {
        if (scheduler != null) {
            scheduler.shutdown();
            try {
                if (!scheduler.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                    scheduler.shutdownNow();
                    scheduler.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                scheduler.shutdownNow();
                Thread.currentThread().interrupt();
            }
            scheduler = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }
}
