package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** A version was named that is not known, or not one that the act can go to. */
public final class UnknownVersionException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public UnknownVersionException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public UnknownVersionException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
