package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** The version of this build was retired by a complete, or removed by a rollback, or is being closed. */
public final class VersionRetiredException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public VersionRetiredException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public VersionRetiredException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
