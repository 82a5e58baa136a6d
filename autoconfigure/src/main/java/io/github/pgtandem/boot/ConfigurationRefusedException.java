package io.github.pgtandem.boot;

import io.github.pgtandem.PgTandemException;

/** A setting of the application and pgtandem do not go together. Nothing in the database has changed. */
public final class ConfigurationRefusedException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    public ConfigurationRefusedException(String problem, String remedy) {
        super(problem, remedy);
    }
}
