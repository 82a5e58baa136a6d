package io.github.pgtandem;

/** Where a version stands. */
public enum VersionState {
    /** The newest completed version. */
    BASE,
    /** Expanded above the base version; instances may use it. */
    LIVE,
    /** Being expanded; no instance uses it yet. */
    EXPANDING,
    /** Closed by a complete or a rollback; its statements answer with an error that says so. */
    RETIRED
}
