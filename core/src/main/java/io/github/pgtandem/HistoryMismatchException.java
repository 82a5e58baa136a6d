package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** The migrations of this build and those applied to the database differ. */
public final class HistoryMismatchException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public HistoryMismatchException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public HistoryMismatchException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
