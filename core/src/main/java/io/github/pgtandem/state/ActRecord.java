package io.github.pgtandem.state;

import io.github.pgtandem.Act;
import io.github.pgtandem.plan.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An act in the journal.
 *
 * @param result a failure or refusal in words, or null
 * @param undoTo the version before the release, for the expand of a part of it and what undoes that; else null
 * @param calledOffBy who has asked for the end of an expand that was under way, or null
 */
public record ActRecord(
        long id,
        Act act,
        List<String> migrations,
        State state,
        String actor,
        String source,
        boolean forced,
        @Nullable String result,
        @Nullable String undoTo,
        @Nullable String calledOffBy,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** Where an act stands. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        REFUSED
    }

    /** A step with its place in the journal. */
    public record JournalledStep(
            Step step, boolean begun, @Nullable Instant doneAt) {
        public boolean isDone() {
            return doneAt != null;
        }
    }
}
