package io.github.pgtandem.boot.pin;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.pgtandem.PgTandemListener;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/** Holds a backfill of this instance while its own threads wait for pooled connections. */
public final class PendingConnections implements PgTandemListener {

    private final ConfigurableListableBeanFactory beans;
    private final ApplicationDataSources dataSources;
    private final int limit;

    /**
     * @param limit from how many threads on; 0 for never
     */
    public PendingConnections(ConfigurableListableBeanFactory beans, ApplicationDataSources dataSources, int limit) {
        this.beans = beans;
        this.dataSources = dataSources;
        this.limit = limit;
    }

    @Override
    public Optional<String> whyBackfillWaits() {
        if (limit <= 0) {
            return Optional.empty();
        }
        int waiting = dataSources.names().stream().mapToInt(this::waiting).sum();
        return waiting < limit
                ? Optional.empty()
                : Optional.of(waiting + " threads of this instance wait for a connection"
                        + " (pgtandem.backfill.limits.pending-connections=" + limit + ")");
    }

    /** A pool that nobody has asked for yet is not made for this. */
    private int waiting(String name) {
        if (!beans.containsSingleton(name)) {
            return 0;
        }
        @Nullable
        HikariDataSource pool =
                DataSourceUnwrapper.unwrap(beans.getBean(name, DataSource.class), HikariDataSource.class);
        HikariPoolMXBean state = pool == null ? null : pool.getHikariPoolMXBean();
        return state == null ? 0 : state.getThreadsAwaitingConnection();
    }
}
