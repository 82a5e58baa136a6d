package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** Complete or rollback was refused because instances that it would cut off are alive, or steps are not done. Nothing has changed. */
public final class GateShutException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public GateShutException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public GateShutException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
