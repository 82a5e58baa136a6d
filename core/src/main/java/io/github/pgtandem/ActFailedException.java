package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** An act failed on the way. The message tells what was undone and what is left; nothing needs manual repair. */
public final class ActFailedException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public ActFailedException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public ActFailedException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
