package io.github.pgtandem.boot;

import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.StartReport;
import io.github.pgtandem.boot.PgTandemProperties.Backfill.Await;
import io.github.pgtandem.boot.PgTandemProperties.Startup;
import io.github.pgtandem.boot.pin.PinCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Brings the database to the version of this build before anything uses it, checks that the application's connections
 * are on that version, and registers the instance until the context closes.
 */
final class PgTandemInitializer
        implements InitializingBean,
                SmartInitializingSingleton,
                ApplicationListener<ContextRefreshedEvent>,
                DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(PgTandemInitializer.class);

    private final PgTandem pgTandem;
    private final PgTandemProperties properties;
    private final MigrationConnections connections;
    private final PinCheck pinCheck;
    private final Instance instance;
    private final BackgroundExpand background;
    private @Nullable StartReport report;
    private @Nullable InstanceRegistration registration;

    PgTandemInitializer(
            PgTandem pgTandem,
            PgTandemProperties properties,
            MigrationConnections connections,
            PinCheck pinCheck,
            Instance instance,
            BackgroundExpand background) {
        this.pgTandem = pgTandem;
        this.properties = properties;
        this.connections = connections;
        this.pinCheck = pinCheck;
        this.instance = instance;
        this.background = background;
    }

    @Override
    public void afterPropertiesSet() {
        if (properties.startup() == Startup.OFF) {
            LOG.info(
                    "pgtandem.startup=off: version {} is neither expanded nor waited for.",
                    pgTandem.pin().version());
            return;
        }
        connections.check();
        report = arrive();
        pinCheck.run();
        // Last, as the container does not destroy a bean whose initialization failed.
        if (!properties.exitAfterExpand()) {
            registration = pgTandem.register(instance.application(), instance.host());
        }
        StartLog.write(report, registration);
        if (!report.ready()) {
            background.begin();
        }
    }

    private StartReport arrive() {
        if (properties.startup() == Startup.REQUIRE) {
            return pgTandem.require();
        }
        // A job is done only when everything is.
        return properties.backfill().await() == Await.READINESS && !properties.exitAfterExpand()
                ? pgTandem.open(instance.atStartup())
                : pgTandem.start(instance.atStartup());
    }

    /** Checks those DataSources that turned up since. */
    @Override
    public void afterSingletonsInstantiated() {
        if (report != null) {
            pinCheck.run();
        }
    }

    /** Only now does every listener hear an event. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        StartReport done = report;
        if (done != null && done.expanded() != null) {
            report = new StartReport(
                    done.pin(), done.baseVersion(), done.liveVersions(), done.newerVersions(), null, true);
            event.getApplicationContext().publishEvent(new PgTandemActEvent(done.expanded(), instance.atStartup()));
        }
    }

    @Override
    public void destroy() {
        if (registration != null) {
            registration.close();
        }
    }
}
