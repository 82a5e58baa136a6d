package io.github.pgtandem;

import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure that tells what is wrong, where, and what to do. Unless a subclass says otherwise nothing in the
 * database has changed.
 */
public class PgTandemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    public PgTandemException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public PgTandemException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem + "\n" + remedy, cause);
        this.remedy = remedy;
    }

    /** What is wrong, with the place. */
    public String problem() {
        String message = String.valueOf(getMessage());
        return message.substring(0, message.length() - remedy.length() - 1);
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
