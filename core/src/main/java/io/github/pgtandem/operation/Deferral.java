package io.github.pgtandem.operation;

/** When a constraint is checked. */
final class Deferral {

    private Deferral() {}

    /** The clause, or nothing. */
    static String sql(boolean deferrable, boolean initiallyDeferred) {
        if (!deferrable && !initiallyDeferred) {
            return "";
        }
        return "DEFERRABLE" + (initiallyDeferred ? " INITIALLY DEFERRED" : "");
    }
}
