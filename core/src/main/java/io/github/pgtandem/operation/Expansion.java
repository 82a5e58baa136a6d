package io.github.pgtandem.operation;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.schema.Schema;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an operation means.
 *
 * @param schema what a version sees after it
 * @param changes what is done to storage
 * @param syncs what keeps old and new columns equal
 * @param byHand what somebody would write by hand to the same end, against the empty copies of the tables on which
 *     PostgreSQL checks the operation
 */
public record Expansion(Schema schema, List<Change> changes, List<Sync> syncs, List<ByHand> byHand) {

    public Expansion {
        changes = List.copyOf(changes);
        syncs = List.copyOf(syncs);
        byHand = List.copyOf(byHand);
    }

    /** An operation that changes only what the version sees. */
    static Expansion of(Schema schema, String... byHand) {
        return new Expansion(
                schema,
                List.of(),
                List.of(),
                Stream.of(byHand).map(sql -> ByHand.of("", sql)).toList());
    }
}
