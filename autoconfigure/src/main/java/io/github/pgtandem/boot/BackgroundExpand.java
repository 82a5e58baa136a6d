package io.github.pgtandem.boot;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.StartReport;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;

/**
 * Brings the expand of a version to its end that is open to this instance already. A runner, as readiness waits for
 * runners and liveness does not.
 */
final class BackgroundExpand implements ApplicationRunner, Ordered, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundExpand.class);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final PgTandem pgTandem;
    private final Instance instance;
    private final ApplicationEventPublisher events;
    private @Nullable FutureTask<StartReport> rest;
    private @Nullable Thread thread;

    BackgroundExpand(PgTandem pgTandem, Instance instance, ApplicationEventPublisher events) {
        this.pgTandem = pgTandem;
        this.instance = instance;
        this.events = events;
    }

    void begin() {
        LOG.info(
                "Version {} is open to this instance, and its rows are filled from now on; readiness waits for that, as"
                        + " pgtandem.backfill.await is readiness. What is not filled yet reads as null.",
                pgTandem.pin().version());
        rest = new FutureTask<>(this::finish);
        thread = new Thread(rest, "pgtandem-expand");
        thread.setDaemon(true);
        thread.start();
    }

    private StartReport finish() {
        try {
            return pgTandem.start(instance.atStartup());
        } catch (PgTandemException e) {
            if (!Thread.currentThread().isInterrupted()) {
                // The start may fail with another reason before its runners run.
                LOG.error("{} {}", e.problem(), e.remedy());
            }
            throw e;
        }
    }

    /** @throws PgTandemException where the version has not become live */
    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        if (rest == null) {
            return;
        }
        StartReport report;
        try {
            report = rest.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
        LOG.info("Version {} is live.", report.pin().version());
        if (report.expanded() != null) {
            events.publishEvent(new PgTandemActEvent(report.expanded(), instance.atStartup()));
        }
    }

    /** Before the application's own runners, which are for a version that is live. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** Whoever starts next goes on. */
    @Override
    public void destroy() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(STOP.toMillis());
        }
    }
}
