package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** There is nothing to expand, complete or roll back. */
public final class NothingToDoException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public NothingToDoException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public NothingToDoException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
