package io.github.pgtandem.boot;

import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.BackfillSettings;
import io.github.pgtandem.Hours;
import io.github.pgtandem.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How pgtandem works in an application.
 *
 * @param enabled Whether pgtandem migrates the database and pins the application to the version of this build.
 * @param locations Comma-separated list of folders with migrations (*.yaml, *.yml, *.json), with 'classpath:' or
 *     'file:' before them.
 * @param failOnMissingLocations Whether to refuse the start if there is no migration in any of the locations, rather
 *     than to leave the database alone.
 * @param schema Schema that holds the tables. By default the one that the application's DataSource uses:
 *     'currentSchema' in its URL or Hikari's 'schema', else 'public'.
 * @param startup What an instance does at its start: expand to the version of this build, require that it is live
 *     already, or leave the database alone.
 * @param exitAfterExpand Whether the application ends with exit code 0 once the version of this build is live, to run
 *     the expand as a job.
 * @param url JDBC URL for migrations. By default the one of the application's DataSource. Must lead to PostgreSQL
 *     directly, not through a pooler in transaction mode.
 * @param user Login user for migrations. By default the one of the application's DataSource.
 * @param password Login password for migrations.
 * @param baseline Name of the version that a database with tables but without history already has.
 * @param lockTimeout How long one try of a statement that takes a strong lock may wait, and with it the statements that
 *     queue behind it.
 * @param lockBudget How long such a statement is tried again before its act gives up.
 * @param endIdleBlockersAfter How long a session may be idle in a transaction before it is ended where it is in the way of
 *     a strong lock. By default none is ended.
 * @param heartbeat How often an instance says that it is alive, and reads the state for its meters and health. After three missed
 *     ones it counts as dead.
 * @param waitForOthers How long an instance waits for another one that migrates.
 * @param waitForReplicas How long the start waits for a replica to receive the schema of this version.
 * @param pin How the application's connections are kept on the version of this build.
 * @param dataSources Comma-separated list of names of the DataSource beans to pin. By default the only or the primary
 *     one. Migrations derive their connections from the first.
 * @param standbys Comma-separated list of names of DataSource beans that lead to standbys. What takes a strong lock waits
 *     for queries that read its tables there. By default none is waited for.
 */
@ConfigurationProperties("pgtandem")
public record PgTandemProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("classpath:db/pgtandem") List<String> locations,
        @DefaultValue("true") boolean failOnMissingLocations,
        @Nullable String schema,
        @DefaultValue("expand") Startup startup,
        @DefaultValue("false") boolean exitAfterExpand,
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @Nullable String baseline,
        @DefaultValue("500ms") Duration lockTimeout,
        @DefaultValue("10m") Duration lockBudget,
        @DefaultValue("0") Duration endIdleBlockersAfter,
        @DefaultValue("10s") Duration heartbeat,
        @DefaultValue("1h") Duration waitForOthers,
        @DefaultValue("1m") Duration waitForReplicas,
        @DefaultValue("connection") PinMode pin,
        @DefaultValue List<String> dataSources,
        @DefaultValue List<String> standbys,
        @DefaultValue Complete complete,
        @DefaultValue Backfill backfill,
        @DefaultValue Overlay overlay) {

    /** What an instance does at its start. */
    public enum Startup {
        /** Expands to the version of this build, or finds that it is live already. */
        EXPAND,
        /** Never migrates; waits until the version of this build is live. */
        REQUIRE,
        /** Leaves the database alone: neither migrates nor waits nor registers. */
        OFF
    }

    /** How the application's connections are kept on the version of this build. */
    public enum PinMode {
        /** Each connection is given the search path of the version. */
        CONNECTION,
        /** The login role of the version has the search path. */
        ROLE,
        /** Not at all. */
        NONE
    }

    /**
     * When older versions are retired.
     *
     * @param mode Whether somebody completes through the endpoint, or an instance of the newest version does by itself.
     * @param after How long only instances of the newest version must have been alive before one of them completes; at
     *     most 7 days.
     */
    public record Complete(
            @DefaultValue("manual") Mode mode,
            @DefaultValue("1h") Duration after) {

        /** Who completes. */
        public enum Mode {
            /** Somebody, through the endpoint. */
            MANUAL,
            /** An instance of the newest version, after a soak time. */
            AUTO
        }
    }

    /**
     * How shadow columns of existing rows are filled.
     *
     * @param await What of an instance waits until the version of its build is live: its start, or only its readiness, so
     *     that it works meanwhile and reads null in columns that are not filled yet.
     * @param window Number of pages of a table that one window of the backfill has at most.
     * @param stripes Number of transactions in which a window is filled.
     * @param batchTime How long one of these transactions should last. The number of pages follows from it.
     * @param rest How long to rest after each transaction, as a share of the time that it took.
     * @param progressInterval How often the log tells how far a backfill is, and what an instance waits for.
     * @param limits Beyond what it waits.
     */
    public record Backfill(
            @DefaultValue("startup") Await await,
            @DefaultValue("2048") int window,
            @DefaultValue("12") int stripes,
            @DefaultValue("25ms") Duration batchTime,
            @DefaultValue("0") double rest,
            @DefaultValue("5s") Duration progressInterval,
            @DefaultValue Limits limits) {

        /** What waits for rows to be filled. */
        public enum Await {
            /** The start: nothing of the application runs before. */
            STARTUP,
            /** Readiness: the application runs, and is sent no requests yet. */
            READINESS
        }

        /**
         * Beyond what a backfill waits before its next batch. 0 turns a limit off.
         *
         * @param replicationLag How far a standby or a subscriber may be behind in replaying.
         * @param slotBacklog How much WAL a replication slot may hold back.
         * @param archiveBacklog Number of WAL segments that may wait to be archived.
         * @param lockWaiters Number of sessions waiting for locks on the table from which on it waits.
         * @param transactionAge How old the oldest transaction of the database may be.
         * @param autovacuum Whether to wait while the table is vacuumed.
         * @param pendingConnections Number of this instance's threads waiting for a pooled connection from which on it
         *     waits.
         * @param probe Query of one value that is asked every second; it waits while the value is above zero, true, or a
         *     text that is not empty.
         * @param hours When it may run, such as "22:00-06:00" or "22:00-06:00 Europe/Berlin". By default always.
         * @param waitWhereUnknown Whether to wait where one of these cannot be told.
         */
        public record Limits(
                @DefaultValue("1500ms") Duration replicationLag,
                @DefaultValue("4GB") DataSize slotBacklog,
                @DefaultValue("42") int archiveBacklog,
                @DefaultValue("3") int lockWaiters,
                @DefaultValue("0") Duration transactionAge,
                @DefaultValue("false") boolean autovacuum,
                @DefaultValue("3") int pendingConnections,
                @Nullable String probe,
                @Nullable String hours,
                @DefaultValue("false") boolean waitWhereUnknown) {

            BackfillLimits limits() {
                return new BackfillLimits(
                        replicationLag,
                        slotBacklog.toBytes(),
                        archiveBacklog,
                        lockWaiters,
                        transactionAge,
                        autovacuum,
                        probe,
                        hours == null ? null : Hours.parse(hours),
                        waitWhereUnknown);
            }
        }

        BackfillSettings settings() {
            return new BackfillSettings(window, stripes, batchTime, rest, limits.limits());
        }
    }

    /**
     * Which tables older versions see through views.
     *
     * @param exclude Comma-separated list of tables that older versions go on using directly while they are changed.
     */
    public record Overlay(@DefaultValue Set<String> exclude) {}

    /** @throws ConfigurationRefusedException for a value out of its range */
    Settings settings(String baseSchema) {
        try {
            return checked(baseSchema);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefusedException(
                    "pgtandem.backfill: " + e.getMessage(), "Correct it, or leave it out for the default.");
        }
    }

    private Settings checked(String baseSchema) {
        return new Settings(
                baseSchema,
                baseline,
                lockTimeout,
                lockBudget,
                endIdleBlockersAfter,
                backfill.settings(),
                backfill.progressInterval(),
                heartbeat,
                waitForOthers,
                overlay.exclude());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PgTandemProperties[startup=%s, pin=%s, locations=%s, schema=%s]"
                .formatted(startup, pin, locations, schema);
    }
}
