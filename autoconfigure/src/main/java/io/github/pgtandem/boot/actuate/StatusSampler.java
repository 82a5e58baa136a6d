package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Status;
import io.github.pgtandem.boot.PgTandemActEvent;
import io.github.pgtandem.boot.Recurring;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/** Reads the status every few seconds, so that neither a scrape nor a probe has to. */
final class StatusSampler extends Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(StatusSampler.class);

    private final PgTandem pgTandem;
    private final List<Consumer<Status>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Status latest;
    private volatile @Nullable RuntimeException failure;

    StatusSampler(PgTandem pgTandem, Duration every) {
        super("pgtandem-status", Duration.ZERO, every);
        this.pgTandem = pgTandem;
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
            once();
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
        once();
    }

    @Override
    protected void once() {
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
