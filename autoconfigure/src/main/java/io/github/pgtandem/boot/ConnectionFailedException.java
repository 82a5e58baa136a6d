package io.github.pgtandem.boot;

import io.github.pgtandem.PgTandemException;

/** The database cannot be reached to migrate it. */
public final class ConnectionFailedException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public ConnectionFailedException(String problem, String remedy, Throwable cause) {
        super(problem, remedy, cause);
    }
}
