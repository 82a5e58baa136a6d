package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/** The database is not a PostgreSQL that pgtandem can work with. */
public final class UnsupportedDatabaseException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public UnsupportedDatabaseException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public UnsupportedDatabaseException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }
}
