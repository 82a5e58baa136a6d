package io.github.pgtandem.boot.pin;

import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.TransactionPooling;
import io.github.pgtandem.boot.ConfigurationRefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every pinned DataSource whether its connections are on the version of this build. */
public final class PinCheck {

    private static final Logger LOG = LoggerFactory.getLogger(PinCheck.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private final List<String> names;
    private final ApplicationDataSources dataSources;
    private final PinnedDataSources pinned;
    private final UnpinnedDataSources unpinned;
    private final @Nullable RolePinner roles;
    private final Duration waitForReplicas;
    private final Set<String> beans = new HashSet<>();
    private final Set<PinnedEntry> passed = new HashSet<>();

    /**
     * @param names of the beans that must be pinned
     * @param roles pins the roles of DataSources before they are asked, or null where their connections are pinned
     * @param waitForReplicas how long a replica may take to receive the version schema
     */
    public PinCheck(
            List<String> names,
            ApplicationDataSources dataSources,
            PinnedDataSources pinned,
            UnpinnedDataSources unpinned,
            @Nullable RolePinner roles,
            Duration waitForReplicas) {
        this.names = List.copyOf(names);
        this.dataSources = dataSources;
        this.pinned = pinned;
        this.unpinned = unpinned;
        this.roles = roles;
        this.waitForReplicas = waitForReplicas;
    }

    /**
     * Has every DataSource of the application made and checks those that were not checked before.
     *
     * @throws PgTandemException where the application must not go on
     */
    public synchronized void run() {
        for (String name : names) {
            DataSource bean = dataSources.get(name);
            if (!pinned.contains(bean)) {
                throw madeTooEarly(name);
            }
        }
        List<PinnedEntry> open =
                pinned.entries().stream().filter(e -> !passed.contains(e)).toList();
        if (roles != null) {
            open.forEach(roles::pin);
        }
        for (String name : names) {
            if (beans.add(name)) {
                // What decorates a pinned DataSource could take the pin back.
                pinned.decorated(name, dataSources.get(name)).ifPresent(this::check);
            }
        }
        for (PinnedEntry entry : open) {
            if (passed.add(entry)) {
                check(entry);
                if (!entry.readOnly()) {
                    LOG.info("DataSource '{}' is pinned to {}.", entry.name(), entry.searchPath());
                }
            }
        }
    }

    /** What is wrong with the pin now, one sentence for each DataSource. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (PinnedEntry entry : pinned.entries()) {
            PinProbe probe = probe(entry);
            if (!holds(entry, probe)) {
                problems.add(new PinDiagnosis(entry, probe, roles != null).problem());
            }
        }
        return problems;
    }

    private void check(PinnedEntry entry) {
        Instant deadline = Instant.now().plus(waitForReplicas);
        boolean told = false;
        PinProbe probe = probe(entry);
        while (!holds(entry, probe)) {
            if (!probe.replica() || probe.exists() || Instant.now().isAfter(deadline)) {
                PinDiagnosis diagnosis = new PinDiagnosis(entry, probe, roles != null);
                throw new PinNotEffectiveException(diagnosis.problem(), diagnosis.remedy(), null);
            }
            if (!told) {
                LOG.info(
                        "DataSource '{}' leads to a replica that does not have schema \"{}\" yet; waiting for it up to {}.",
                        entry.name(),
                        entry.pin().schema(),
                        waitForReplicas);
                told = true;
            }
            sleep();
            probe = probe(entry);
        }
        if (roles == null && probe.proxied()) {
            refuseTransactionPooling(entry);
        }
    }

    /** The path may arrive there, but what one version has prepared is executed for the other. */
    private void refuseTransactionPooling(PinnedEntry entry) {
        DataSource source = unpinned.like(entry);
        try (Connection connection = source.getConnection()) {
            if (TransactionPooling.isFound(connection, source)) {
                throw PinDiagnosis.pooled(entry);
            }
        } catch (SQLException e) {
            throw PinDiagnosis.notConnected(entry, e);
        }
    }

    private static boolean holds(PinnedEntry entry, PinProbe probe) {
        return entry.pin().schema().equals(probe.currentSchema());
    }

    private static PinProbe probe(PinnedEntry entry) {
        try {
            return PinProbe.of(entry);
        } catch (SQLException e) {
            throw PinDiagnosis.notConnected(entry, e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a replica", e);
        }
    }

    private static ConfigurationRefusedException madeTooEarly(String name) {
        return new ConfigurationRefusedException(
                "DataSource '%s' is not pinned: it was made before it could be, or in a parent context."
                        .formatted(name),
                "Look for the warning that it is \"not eligible for getting processed by all BeanPostProcessors\" and"
                        + " make what asks for it so early ask later (a static @Bean method, an ObjectProvider).");
    }
}
