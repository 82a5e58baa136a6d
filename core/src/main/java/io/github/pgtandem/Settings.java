package io.github.pgtandem;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the engine works on one base schema.
 *
 * @param schema the base schema, which holds the tables
 * @param baseline the name of the version that a database with tables but without history already has, or null to
 *     refuse such a database
 * @param lockTimeout how long one try of a statement that takes a strong lock may wait, and with it the queue behind it
 * @param lockBudget how long such a statement is retried before its act gives up
 * @param endIdleBlockersAfter how long a session may have been idle in a transaction before it is ended where it is in
 *     the way of such a lock, or zero to end none
 * @param backfill how shadow columns of existing rows are filled
 * @param progressInterval how often a running backfill, and a wait for another instance, is logged
 * @param heartbeat how often an instance says that it is alive; after three missed ones it counts as dead
 * @param waitForOthers how long an instance waits for another one that holds the migrator's lock
 * @param overlayExclude names of tables that older versions go on using directly while they are changed
 */
public record Settings(
        String schema,
        @Nullable String baseline,
        Duration lockTimeout,
        Duration lockBudget,
        Duration endIdleBlockersAfter,
        BackfillSettings backfill,
        Duration progressInterval,
        Duration heartbeat,
        Duration waitForOthers,
        Set<String> overlayExclude) {

    public Settings {
        overlayExclude = Set.copyOf(overlayExclude);
    }

    /** The defaults for a base schema. */
    public static Settings forSchema(String schema) {
        return new Settings(
                schema,
                null,
                Duration.ofMillis(500),
                Duration.ofMinutes(10),
                Duration.ZERO,
                BackfillSettings.DEFAULTS,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                Set.of());
    }

    /** The same settings with another {@link #baseline()}. */
    public Settings withBaseline(@Nullable String version) {
        return new Settings(
                schema,
                version,
                lockTimeout,
                lockBudget,
                endIdleBlockersAfter,
                backfill,
                progressInterval,
                heartbeat,
                waitForOthers,
                overlayExclude);
    }

    /** The same settings with another {@link #lockBudget()}. */
    public Settings withLockBudget(Duration budget) {
        return new Settings(
                schema,
                baseline,
                lockTimeout,
                budget,
                endIdleBlockersAfter,
                backfill,
                progressInterval,
                heartbeat,
                waitForOthers,
                overlayExclude);
    }

    /** The same settings with another {@link #backfill()}. */
    public Settings withBackfill(BackfillSettings other) {
        return new Settings(
                schema,
                baseline,
                lockTimeout,
                lockBudget,
                endIdleBlockersAfter,
                other,
                progressInterval,
                heartbeat,
                waitForOthers,
                overlayExclude);
    }

    /** The same settings with another {@link #endIdleBlockersAfter()}. */
    public Settings endingIdleBlockersAfter(Duration idle) {
        return new Settings(
                schema,
                baseline,
                lockTimeout,
                lockBudget,
                idle,
                backfill,
                progressInterval,
                heartbeat,
                waitForOthers,
                overlayExclude);
    }
}
