package io.github.pgtandem;

/** The three acts that change a schema. */
public enum Act {
    /** Adds what the new version needs and keeps the live versions working. */
    EXPAND,
    /** Removes what only older versions needed. */
    COMPLETE,
    /** Removes what only newer versions needed. */
    ROLLBACK
}
