package io.github.pgtandem.boot.pin;

import io.github.pgtandem.Pin;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Pins DataSources to the version schema of this build, and knows which are pinned. */
public final class PinnedDataSources {

    private final BaseSchema baseSchema;
    private final Function<String, Pin> pinOn;
    private final String application;
    private final boolean byRole;
    private final Map<DataSource, DataSource> pinned = new IdentityHashMap<>();
    private final List<PinnedEntry> entries = new ArrayList<>();

    /**
     * @param pinOn gives what this build is pinned to on a base schema; asked when the first DataSource is pinned
     * @param application its name, which sessions show to the database together with the version
     * @param byRole whether the path comes with the role that a DataSource logs in as, and not from the DataSource
     */
    public PinnedDataSources(BaseSchema baseSchema, Function<String, Pin> pinOn, String application, boolean byRole) {
        this.baseSchema = baseSchema;
        this.pinOn = pinOn;
        this.application = application;
        this.byRole = byRole;
    }

    /**
     * Pins a DataSource, or those that it hands out.
     *
     * @return the same, or a wrapper where it cannot be configured any more
     */
    synchronized DataSource pin(String name, DataSource dataSource) {
        DataSource already = pinned.get(dataSource);
        if (already != null) {
            return already;
        }
        if (dataSource instanceof AbstractRoutingDataSource routing
                && !routing.getResolvedDataSources().isEmpty()) {
            return pinTargets(name, routing);
        }
        if (dataSource instanceof DelegatingDataSource delegating) {
            return pinTarget(name, delegating);
        }
        return pinItself(name, dataSource, false);
    }

    /** Pins without changing the DataSource itself, which others may share. */
    synchronized DataSource wrap(String name, DataSource dataSource) {
        DataSource already = pinned.get(dataSource);
        return already == null ? pinItself(name, dataSource, true) : already;
    }

    /** Whether pinning changes it, or what it hands out, and does not replace it. */
    static boolean isConfigurable(DataSource dataSource) {
        if (dataSource instanceof DelegatingDataSource) {
            return true;
        }
        DriverSettings settings = DriverSettings.of(dataSource);
        return settings != null && !settings.sealed();
    }

    /** Whether it, or what it stands for, is pinned. */
    public synchronized boolean contains(DataSource dataSource) {
        return pinned.containsKey(dataSource) || entry(dataSource) != null;
    }

    /** The path that a tool's connections need which are not to be pinned, where a DataSource had this one before. */
    synchronized SearchPath unpinned(SearchPath before) {
        return before.isEmpty() && byRole ? SearchPath.of(baseSchema.name()) : before;
    }

    /** Every DataSource that makes or hands out pinned connections. */
    synchronized List<PinnedEntry> entries() {
        return List.copyOf(entries);
    }

    /** The bean of a name with what decorates it, to be asked itself; empty where there is nothing more to ask. */
    synchronized Optional<PinnedEntry> decorated(String name, DataSource bean) {
        // One that routes would need to know where to.
        boolean routes = entries.stream().anyMatch(entry -> entry.name().startsWith(name + "["));
        PinnedEntry entry = entry(bean);
        return routes || entry == null || entry.dataSource() == bean
                ? Optional.empty()
                : Optional.of(entry.askedAt(name, bean));
    }

    /** The entry from which connections like those of a DataSource can be derived, or null. */
    synchronized @Nullable PinnedEntry entry(DataSource dataSource) {
        for (PinnedEntry entry : entries) {
            if (entry.isFor(dataSource)) {
                return entry;
            }
        }
        DataSource next = null;
        if (dataSource instanceof DelegatingDataSource delegating) {
            next = delegating.getTargetDataSource();
        } else if (dataSource instanceof AbstractRoutingDataSource routing) {
            next = routing.getResolvedDefaultDataSource();
        }
        return next == null ? null : entry(next);
    }

    private DataSource pinTarget(String name, DelegatingDataSource delegating) {
        DataSource target = delegating.getTargetDataSource();
        if (target == null) {
            return delegating;
        }
        DataSource result = pin(name, target);
        if (result != target) {
            delegating.setTargetDataSource(result);
        }
        if (delegating instanceof LazyConnectionDataSourceProxy) {
            // Its second DataSource cannot be reached for pinning, but it can be asked whether it is pinned.
            entries.add(PinnedEntry.readOnly(name, delegating, pin()));
        }
        pinned.put(delegating, delegating);
        return delegating;
    }

    private DataSource pinTargets(String name, AbstractRoutingDataSource routing) {
        Map<Object, Object> results = new LinkedHashMap<>();
        routing.getResolvedDataSources()
                .forEach((key, target) -> results.put(key, pin(name + "[" + key + "]", target)));
        DataSource byDefault = routing.getResolvedDefaultDataSource();
        if (byDefault != null) {
            routing.setDefaultTargetDataSource(pin(name + "[default]", byDefault));
        }
        routing.setTargetDataSources(results);
        routing.afterPropertiesSet();
        pinned.put(routing, routing);
        return routing;
    }

    private DataSource pinItself(String name, DataSource dataSource, boolean shared) {
        DriverSettings settings = DriverSettings.of(dataSource);
        JdbcUrl.refuseOthers(name, settings == null ? null : settings.url());
        SearchPath before =
                settings == null ? SearchPath.NONE : SearchPaths.of(name, settings, baseSchema.configured());
        Pin pin = pinOn.apply(baseSchema.decide(name, before));
        SearchPath rest = before.without(pin.baseSchema());
        String path = rest.isEmpty() ? pin.searchPath() : pin.searchPath() + ", " + rest;
        DataSource result = dataSource;
        boolean closed = shared || settings == null || settings.sealed();
        if (closed && !byRole) {
            result = new PinnedDataSource(dataSource, path);
        } else if (!closed) {
            configure(settings, path, pin.sessionName(application));
        }
        entries.add(new PinnedEntry(name, result, dataSource, settings, before, path, pin, false));
        pinned.put(dataSource, result);
        pinned.put(result, result);
        return result;
    }

    private void configure(DriverSettings settings, String path, String sessionName) {
        String text = settings.url();
        JdbcUrl url = JdbcUrl.parse(text == null ? "" : text);
        boolean named = url.parameter(DriverSettings.APPLICATION_NAME) != null
                || settings.properties().containsKey(DriverSettings.APPLICATION_NAME);
        if (url.parameter(DriverSettings.CURRENT_SCHEMA) != null) {
            // In the address it would win over the property.
            settings.url(url.without(DriverSettings.CURRENT_SCHEMA).toString());
        }
        settings.clearSchema();
        if (!byRole) {
            settings.property(DriverSettings.CURRENT_SCHEMA, path);
        }
        if (!named) {
            settings.property(DriverSettings.APPLICATION_NAME, sessionName);
        }
    }

    private Pin pin() {
        return pinOn.apply(baseSchema.name());
    }
}
