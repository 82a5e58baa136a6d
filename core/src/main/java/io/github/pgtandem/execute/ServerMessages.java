package io.github.pgtandem.execute;

import io.github.pgtandem.plan.CompileFailure;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;

/** What PostgreSQL said, in the words that help. */
final class ServerMessages {

    static final String LOCK_NOT_AVAILABLE = "55P03";
    static final String DEADLOCK = "40P01";
    static final String SERIALIZATION = "40001";
    static final String QUERY_CANCELED = "57014";
    static final String INSUFFICIENT_PRIVILEGE = "42501";

    private ServerMessages() {}

    /** The SQLSTATE behind a failure, or empty. */
    static String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    /** The server's message with its detail, in one line, without the driver's and Spring's wrapping. */
    static String text(Throwable failure) {
        return parts(failure)[0];
    }

    /** A refusal of PostgreSQL's at plan time; its hint is the remedy. */
    static CompileFailure compileFailure(DataAccessException failure) {
        String[] parts = parts(failure);
        String hint = parts[1].isEmpty() ? "Correct the SQL; names are those that the operation meets." : parts[1];
        return new CompileFailure(parts[0] + ".", hint, failure);
    }

    /** Message with detail, and hint. */
    private static String[] parts(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        StringBuilder message = new StringBuilder();
        StringBuilder hint = new StringBuilder();
        for (String raw : String.valueOf(cause.getMessage()).split("\\R")) {
            String line = raw.strip();
            if (line.startsWith("Hint: ")) {
                hint.append(line.substring(6));
            } else if (line.startsWith("Detail: ")) {
                message.append(" (").append(line.substring(8)).append(")");
            } else if (!line.isEmpty() && !line.startsWith("Position: ") && !line.startsWith("Where: ")) {
                message.append(message.isEmpty() ? "" : " ").append(line.replaceFirst("^ERROR: ", ""));
            }
        }
        return new String[] {message.toString(), hint.toString()};
    }
}
