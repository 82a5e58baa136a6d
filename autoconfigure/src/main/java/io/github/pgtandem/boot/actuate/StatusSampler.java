package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Status;
import io.github.pgtandem.boot.PgTandemActEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/** Reads the status every few seconds, so that neither a scrape nor a probe has to. */
final class StatusSampler implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StatusSampler.class);

    private static final Duration STOP = Duration.ofSeconds(2);

    private final PgTandem pgTandem;
    private final Duration every;
    private final List<Consumer<Status>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Status latest;
    private volatile @Nullable RuntimeException failure;
    private @Nullable ScheduledExecutorService scheduler;

    StatusSampler(PgTandem pgTandem, Duration every) {
        this.pgTandem = pgTandem;
        this.every = every;
    }

    /** Has every sample told, and the latest one now. */
    void onSample(Consumer<Status> listener) {
        listeners.add(listener);
        Status status = latest;
        if (status != null) {
            listener.accept(status);
        }
    }

    /**
     * The latest sample.
     *
     * @throws RuntimeException why there is none
     */
    Status latest() {
        if (latest == null && failure == null) {
            sample();
        }
        RuntimeException reason = failure;
        if (reason != null) {
            throw reason;
        }
        Status status = latest;
        if (status == null) {
            throw new IllegalStateException("The status was not read yet");
        }
        return status;
    }

    @EventListener
    void onAct(PgTandemActEvent event) {
        sample();
    }

    @Override
    public synchronized void start() {
        scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "pgtandem-status");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.scheduleWithFixedDelay(this::sample, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for a sample that is being taken, so that no connection is left behind. */
    @Override
    public synchronized void stop() {
        if (scheduler != null) {
            scheduler.shutdown();
            try {
                scheduler.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            scheduler = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }

    private void sample() {
        synchronized (listeners) {
            try {
                Status status = pgTandem.status();
                latest = status;
                failure = null;
                listeners.forEach(listener -> listener.accept(status));
            } catch (RuntimeException e) {
                if (failure == null) {
                    LOG.warn("The status cannot be read; its meters stand still: {}", e.getMessage());
                }
                failure = e;
            }
        }
    }
}
