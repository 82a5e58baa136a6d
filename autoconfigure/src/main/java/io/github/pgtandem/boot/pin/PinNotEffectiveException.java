package io.github.pgtandem.boot.pin;

import io.github.pgtandem.PgTandemException;
import org.jspecify.annotations.Nullable;

/** Connections of a pinned DataSource are not on the version of this build, so the application must not use them. */
public final class PinNotEffectiveException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public PinNotEffectiveException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
