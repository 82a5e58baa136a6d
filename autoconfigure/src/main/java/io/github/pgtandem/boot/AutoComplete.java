package io.github.pgtandem.boot;

import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.boot.PgTandemProperties.Complete;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/** Asks with every heartbeat whether it is time to complete, once the application serves. */
final class AutoComplete extends Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(AutoComplete.class);

    /** After a refusal or failure, which somebody has to look at. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final PgTandem pgTandem;
    private final PgTandemProperties properties;
    private final Actor actor;
    private final ApplicationEventPublisher events;
    private long notBefore = System.nanoTime();

    AutoComplete(
            PgTandem pgTandem, PgTandemProperties properties, Instance instance, ApplicationEventPublisher events) {
        super("pgtandem-complete", properties.heartbeat(), properties.heartbeat());
        this.pgTandem = pgTandem;
        this.properties = properties;
        this.actor = new Actor(instance.application(), "pgtandem.complete.mode=auto");
        this.events = events;
    }

    @Override
    protected void once() {
        if (System.nanoTime() - notBefore < 0) {
            return;
        }
        Optional<ActReport> done;
        try {
            done = pgTandem.completeAfter(properties.complete().after(), actor);
        } catch (PgTandemException e) {
            later("%s %s".formatted(e.problem(), e.remedy()));
            return;
        } catch (RuntimeException e) {
            later(String.valueOf(e.getMessage()));
            return;
        }
        // Outside: what a listener throws is no failure of the complete.
        done.ifPresent(report -> {
            LOG.info(
                    "Version {} was the only one alive for {}: the older ones are retired.",
                    report.version(),
                    properties.complete().after());
            events.publishEvent(new PgTandemActEvent(report, actor));
        });
    }

    private void later(String reason) {
        if (Thread.currentThread().isInterrupted()) {
            LOG.info("The context closes while completing waits: {}", reason);
            return;
        }
        notBefore = System.nanoTime() + PAUSE.toNanos();
        LOG.warn("{} The next try is in {} minutes.", reason, PAUSE.toMinutes());
    }

    /** An instance that neither migrates nor registers leaves completing to others, and so does a job. */
    @Override
    public boolean isAutoStartup() {
        return properties.complete().mode() == Complete.Mode.AUTO
                && properties.startup() != PgTandemProperties.Startup.OFF
                && !properties.exitAfterExpand();
    }
}
