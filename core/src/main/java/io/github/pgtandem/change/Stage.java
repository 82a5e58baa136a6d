package io.github.pgtandem.change;

/** The order of work in an expand. Settle belongs to complete and rollback. */
public enum Stage {
    STORAGE,
    SYNC,
    BACKFILL,
    INDEX,
    CONSTRAINT,
    VERSION,
    SETTLE
}
