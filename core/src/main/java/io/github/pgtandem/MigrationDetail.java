package io.github.pgtandem;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One migration in full, as {@code GET /actuator/pgtandem/{migration}} shows it.
 *
 * @param operations the parsed operations, each a map with the operation's name as its one key
 * @param plan its expand as planned: the release's steps that belong to this migration, with complete and rollback
 * @param journal every act that covered it, oldest first
 */
public record MigrationDetail(
        String name,
        MigrationState state,
        String checksum,
        List<Map<String, Object>> operations,
        List<Step> plan,
        List<JournalEntry> journal) {

    /**
     * One unit of work.
     *
     * @param id unique in its act
     * @param stage one of storage, sync, backfill, index, constraint, version, settle
     * @param lock the strongest table lock it takes, in PostgreSQL's words, or null for none
     */
    public record Step(
            String id,
            String stage,
            @Nullable String table,
            String description,
            @Nullable String lock,
            List<String> expand,
            List<String> complete,
            List<String> rollback) {}

    /** One act, with the steps that are done. */
    public record JournalEntry(
            Act act,
            String outcome,
            String actor,
            String source,
            Instant started,
            @Nullable Instant finished,
            @Nullable String error,
            List<JournalStep> steps) {}

    /** One step of an act. */
    public record JournalStep(
            String id, String description, @Nullable Instant doneAt) {}
}
