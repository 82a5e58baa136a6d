package io.github.pgtandem.boot;

import io.github.pgtandem.Actor;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.boot.PgTandemProperties.Complete;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/** Asks with every heartbeat whether it is time to complete, once the application serves. */
final class AutoComplete implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AutoComplete.class);

    /** After a refusal or failure, which somebody has to look at. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private static final Duration STOP = Duration.ofSeconds(2);

    private final PgTandem pgTandem;
    private final PgTandemProperties properties;
    private final Actor actor;
    private final ApplicationEventPublisher events;
    private @Nullable ScheduledExecutorService scheduler;
    private long notBefore = System.nanoTime();

    AutoComplete(
            PgTandem pgTandem, PgTandemProperties properties, Instance instance, ApplicationEventPublisher events) {
        this.pgTandem = pgTandem;
        this.properties = properties;
        this.actor = new Actor(instance.application(), "pgtandem.complete.mode=auto");
        this.events = events;
    }

    @Override
    public synchronized void start() {
        scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "pgtandem-complete");
            thread.setDaemon(true);
            return thread;
        });
        long every = properties.heartbeat().toMillis();
        scheduler.scheduleWithFixedDelay(this::ask, every, every, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        if (System.nanoTime() - notBefore < 0) {
            return;
        }
        try {
            pgTandem.completeAfter(properties.complete().after(), actor).ifPresent(report -> {
                LOG.info(
                        "Version {} was the only one alive for {}: the older ones are retired.",
                        report.version(),
                        properties.complete().after());
                events.publishEvent(new PgTandemActEvent(report, actor));
            });
        } catch (PgTandemException e) {
            later("%s %s".formatted(e.problem(), e.remedy()));
        } catch (RuntimeException e) {
            later(String.valueOf(e.getMessage()));
        }
    }

    private void later(String reason) {
        notBefore = System.nanoTime() + PAUSE.toNanos();
        LOG.warn("{} The next try is in {} minutes.", reason, PAUSE.toMinutes());
    }

    /** Waits a little for an act that is under way; it would be finished by another instance. */
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

    /** An instance that neither migrates nor registers leaves completing to others, and so does a job. */
    @Override
    public boolean isAutoStartup() {
        return properties.complete().mode() == Complete.Mode.AUTO
                && properties.startup() != PgTandemProperties.Startup.OFF
                && !properties.exitAfterExpand();
    }
}
