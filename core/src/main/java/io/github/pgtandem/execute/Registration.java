package io.github.pgtandem.execute;

import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.Settings;
import io.github.pgtandem.VersionRetiredException;
import io.github.pgtandem.state.Instances;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an instance in the registry. */
public final class Registration implements InstanceRegistration {

    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    private final DataSource dataSource;
    private final Settings settings;
    private final String application;
    private final String host;
    private final String version;
    private final String id = UUID.randomUUID().toString();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pgtandem-heartbeat");
        thread.setDaemon(true);
        return thread;
    });
    private boolean failing;

    private Registration(DataSource dataSource, Settings settings, String application, String host, String version) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.application = application;
        this.host = host;
        this.version = version;
    }

    /** Registers an instance; see {@link io.github.pgtandem.PgTandem#register}. */
    public static Registration of(
            DataSource dataSource, Settings settings, String application, String host, String version) {
        Registration registration = new Registration(dataSource, settings, application, host, version);
        registration.enter();
        long millis = settings.heartbeat().toMillis();
        registration.heart.scheduleWithFixedDelay(registration::beat, millis, millis, TimeUnit.MILLISECONDS);
        return registration;
    }

    /** Enters first and looks at the fence then; the gate fences first and looks at the registry then. */
    private void enter() {
        boolean[] fenced = new boolean[1];
        try {
            with(instances -> {
                instances.beat(id, application, host, version, settings.heartbeat());
                fenced[0] = instances.fenced(version).orElse(false);
                if (fenced[0]) {
                    instances.remove(id);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException("This instance could not be registered", e);
        }
        if (fenced[0]) {
            throw new VersionRetiredException(
                    "schema version " + version + " is being closed, or is closed, by a complete or a rollback.",
                    "Deploy a build of a live version.");
        }
    }

    private void beat() {
        try {
            with(instances -> instances.beat(id, application, host, version, settings.heartbeat()));
            failing = false;
        } catch (SQLException | RuntimeException e) {
            if (!failing) {
                LOG.warn("This instance could not say that it is alive; it tries again: {}", ServerMessages.text(e));
            }
            failing = true;
        }
    }

    private void with(Consumer<Instances> work) throws SQLException {
        try (Session session = Session.open(dataSource)) {
            work.accept(new Instances(session.jdbc(), settings.schema()));
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void close() {
        heart.shutdownNow();
        try {
            // A beat that is under way would enter the instance again.
            heart.awaitTermination(5, TimeUnit.SECONDS);
            with(instances -> instances.signOff(id));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "This instance could not sign off; it counts as alive for {} s more: {}",
                    settings.heartbeat().multipliedBy(3).toSeconds(),
                    ServerMessages.text(e));
        }
    }
}
