package io.github.pgtandem.catalog;

import java.util.HashSet;
import java.util.Set;

/**
 * The tables that somebody is interested in, by names that may be theirs. One name too many costs a little time; a name
 * of anything else does no harm.
 *
 * @param whole whether it is all there are
 * @param altered names of tables, indexes and types that may be altered: with them come the tables whose foreign keys
 *     lead to them, and those that their own lead to
 * @param named names of tables that may be looked at
 */
public record Reach(boolean whole, Set<String> altered, Set<String> named) {

    /** Every table. */
    public static final Reach EVERYTHING = new Reach(true, Set.of(), Set.of());

    /** No table, unless something is added. */
    public static final Reach NOTHING = new Reach(false, Set.of(), Set.of());

    public Reach {
        altered = Set.copyOf(altered);
        named = Set.copyOf(named);
    }

    /** This one and more. */
    public Reach plus(Set<String> moreAltered, Set<String> moreNamed) {
        Set<String> nextAltered = new HashSet<>(altered);
        nextAltered.addAll(moreAltered);
        Set<String> nextNamed = new HashSet<>(named);
        nextNamed.addAll(moreNamed);
        return new Reach(whole, nextAltered, nextNamed);
    }
}
