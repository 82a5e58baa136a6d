package io.github.pgtandem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Beyond what a backfill waits before its next batch, and says why. Zero, or nothing, turns a limit off.
 *
 * @param replicationLag how far a standby or a subscriber may be behind in replaying
 * @param slotBacklog how many bytes of WAL a replication slot may hold back
 * @param archiveBacklog how many WAL segments may wait to be archived
 * @param lockWaiters how many sessions may wait for locks on the table
 * @param transactionAge how old the oldest transaction of the database may be, whose snapshot keeps the backfill from
 *     using again the room of rows that it has replaced
 * @param autovacuum whether to wait while the table is vacuumed
 * @param probe a query of one value that is asked under the base schema: above zero, true, or a text that is not empty
 *     make the backfill wait; or null
 * @param hours when it may run, or null for always
 * @param waitWhereUnknown whether to wait where one of the above cannot be told
 */
public record BackfillLimits(
        Duration replicationLag,
        long slotBacklog,
        int archiveBacklog,
        int lockWaiters,
        Duration transactionAge,
        boolean autovacuum,
        @Nullable String probe,
        @Nullable Hours hours,
        boolean waitWhereUnknown) {

    /** What is taken where nobody says otherwise. Lag and archive as others have found them good (gh-ost, GitLab). */
    public static final BackfillLimits DEFAULTS =
            new BackfillLimits(Duration.ofMillis(1500), 4L << 30, 42, 3, Duration.ZERO, false, null, null, false);

    /** No limit at all. */
    public static final BackfillLimits NONE =
            new BackfillLimits(Duration.ZERO, 0, 0, 0, Duration.ZERO, false, null, null, false);

    /** @throws IllegalArgumentException for a negative limit */
    public BackfillLimits {
        if (replicationLag.isNegative()
                || transactionAge.isNegative()
                || slotBacklog < 0
                || archiveBacklog < 0
                || lockWaiters < 0) {
            throw new IllegalArgumentException("a limit of the backfill must not be negative; 0 turns it off.");
        }
    }

    BackfillLimits with(Knobs knobs) {
        return new BackfillLimits(
                knobs.duration("replicationLag", replicationLag),
                knobs.bytes("slotBacklog", slotBacklog),
                knobs.number("archiveBacklog", archiveBacklog, 0, Integer.MAX_VALUE),
                knobs.number("lockWaiters", lockWaiters, 0, Integer.MAX_VALUE),
                knobs.duration("transactionAge", transactionAge),
                knobs.flag("autovacuum", autovacuum),
                probe,
                hours,
                waitWhereUnknown);
    }
}
