package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** The base schema has tables but no history. */
public final class BaselineRequiredException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public BaselineRequiredException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public BaselineRequiredException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
