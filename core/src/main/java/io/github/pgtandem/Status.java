package io.github.pgtandem;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one base schema, as {@code GET /actuator/pgtandem} shows it.
 *
 * @param schema the base schema
 * @param pinned what the asking instance is pinned to
 * @param versions the base version, every version above it that has a version schema, and the retired ones that still
 *     have one, oldest first
 * @param migrations every migration known to the database or shipped by this build, in their order
 * @param backfills the backfills of expands that are running or not completed
 * @param control what an operator has told backfills, or null where nobody has
 * @param instances the registered instances that are alive
 */
public record Status(
        String schema,
        Pinned pinned,
        List<Version> versions,
        List<Migration> migrations,
        List<Backfill> backfills,
        @Nullable Control control,
        List<Instance> instances) {

    /** What the asking instance is pinned to. */
    public record Pinned(String version, String schema) {}

    /**
     * One version.
     *
     * @param instances how many instances of it are alive
     * @param sessions how many sessions of this database say in their {@code application_name} that they are of it,
     *     those of registered instances and others
     */
    public record Version(String name, String schema, VersionState state, int instances, int sessions) {}

    /**
     * One migration.
     *
     * @param checksum of its parsed content; comments and white space do not count
     * @param error why its expand failed, or null
     */
    public record Migration(
            String name,
            MigrationState state,
            String checksum,
            @Nullable Instant expandedAt,
            @Nullable Instant completedAt,
            @Nullable Instant rolledBackAt,
            @Nullable String error) {}

    /**
     * The filling of one table's shadow columns.
     *
     * @param rowsDone rows looked at so far
     * @param rowsTotal estimate of the rows to look at
     * @param rowsPerSecond over the last half minute in which it did not wait, or null before the first batch
     * @param secondsLeft estimate without waiting, or null before the first batch and when done
     * @param throttled why it waits, or null while it runs
     * @param unknown which of its limits cannot be watched, and why
     */
    public record Backfill(
            String migration,
            String table,
            long rowsDone,
            long rowsTotal,
            boolean done,
            @Nullable Double rowsPerSecond,
            @Nullable Long secondsLeft,
            @Nullable String throttled,
            List<String> unknown) {}

    /**
     * What holds for backfills, also for later ones, until somebody says otherwise.
     *
     * @param knobs settings that go before the configured ones
     * @param by who said so last
     */
    public record Control(boolean paused, Map<String, String> knobs, String by, Instant at) {}

    /** One instance that is alive. */
    public record Instance(
            String id, String application, String host, String version, Instant started, Instant lastSeen) {}

    /**
     * One session whose {@code application_name} is {@code <application>@<version>}.
     *
     * @param pid of its server process
     * @param address where it comes from, or null where it is on the same machine or the asking role is not told
     * @param since when it was opened, or null where the asking role is not told
     */
    public record Session(
            int pid,
            String application,
            String version,
            @Nullable String address,
            @Nullable Instant since) {}
}
