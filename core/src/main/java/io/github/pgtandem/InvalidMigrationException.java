package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** A migration file that cannot be read, planned or compiled. The message names file, line, operation and remedy. */
public final class InvalidMigrationException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public InvalidMigrationException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public InvalidMigrationException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
