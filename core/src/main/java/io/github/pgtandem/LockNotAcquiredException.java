package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** A lock could not be had within its budget. The message names who blocks. A step that is not done changed nothing. */
public final class LockNotAcquiredException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public LockNotAcquiredException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public LockNotAcquiredException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
