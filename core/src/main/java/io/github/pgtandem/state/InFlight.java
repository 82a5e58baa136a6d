package io.github.pgtandem.state;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an act may have to do with, before anything has been read of the tables.
 *
 * @param versionSchemas of versions that are live, are being made, or were closed and still answer
 * @param altered names of tables and types that some version sees differently from how they are stored
 * @param named stored names of tables that translations and versions' own views read
 */
public record InFlight(Set<String> versionSchemas, Set<String> altered, Set<String> named) {

    static final InFlight NOTHING = new InFlight(Set.of(), Set.of(), Set.of());

    InFlight plus(InFlight other) {
        return new InFlight(
                both(versionSchemas, other.versionSchemas), both(altered, other.altered), both(named, other.named));
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> both = new LinkedHashSet<>(one);
        both.addAll(other);
        return both;
    }
}
