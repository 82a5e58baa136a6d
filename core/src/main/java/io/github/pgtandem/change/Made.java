package io.github.pgtandem.change;

/**
 * Something with a name of its own that a change gives to its table, beside columns.
 *
 * @param stored its name in the database
 */
public record Made(Kind kind, String stored) {

    /** What it is. */
    public enum Kind {
        INDEX,
        CONSTRAINT,
        STATISTICS
    }

    static Made index(String stored) {
        return new Made(Kind.INDEX, stored);
    }

    static Made constraint(String stored) {
        return new Made(Kind.CONSTRAINT, stored);
    }

    static Made statistics(String stored) {
        return new Made(Kind.STATISTICS, stored);
    }
}
