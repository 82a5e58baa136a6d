package io.github.pgtandem.plan;

import java.util.List;

/**
 * A version that was closed and whose schema still answers with errors.
 *
 * @param name the version
 * @param schema its version schema
 * @param message what its tombstones say
 * @param tombstones one for each table that has changed since
 */
public record Retired(String name, String schema, String message, List<Tombstone> tombstones) {

    public Retired {
        tombstones = List.copyOf(tombstones);
    }

    Retired plus(Tombstone tombstone) {
        List<Tombstone> next = new java.util.ArrayList<>(tombstones);
        next.removeIf(t -> t.name().equals(tombstone.name()));
        next.add(tombstone);
        return new Retired(name, schema, message, next);
    }
}
