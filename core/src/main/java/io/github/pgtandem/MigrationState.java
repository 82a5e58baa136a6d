package io.github.pgtandem;

/** Where a migration stands. */
public enum MigrationState {
    /** Shipped by this build, not expanded. */
    PENDING,
    EXPANDING,
    /** Its version can be live. */
    EXPANDED,
    COMPLETING,
    COMPLETED,
    ROLLING_BACK,
    ROLLED_BACK,
    /** Its expand failed and was rolled back. */
    FAILED
}
