package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.PREFIX;

import io.github.pgtandem.plan.CompileFailure;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;

/** What PostgreSQL said, in the words that help. */
final class ServerMessages {

    static final String LOCK_NOT_AVAILABLE = "55P03";
    static final String DEADLOCK = "40P01";
    static final String SERIALIZATION = "40001";
    static final String QUERY_CANCELED = "57014";
    static final String INSUFFICIENT_PRIVILEGE = "42501";
    static final String UNDEFINED_TABLE = "42P01";

    private static final Set<String> TROUBLE = Set.of("08", "53", "57", "58");

    /** A statement that was cancelled, or names a file that is not there, or is there already. */
    private static final Set<String> OF_THE_STATEMENT = Set.of(QUERY_CANCELED, "58P01", "58P02");

    /** NOT NULL is validated through a check of ours, whose name tells nobody anything. */
    private static final String OUR_CHECK =
            "check constraint \"" + PREFIX + "(.+?)_not_null(?:_\\d+)?\" of relation \"(.+?)\" is violated by some row";

    private static final String NOT_NULL = "column $2.$1 is to be NOT NULL, but is null in some row";

    /** Only what has to be built while writers wait has a statement_timeout. */
    private static final String TIMEOUT = "canceling statement due to statement timeout";

    private static final String TOO_LONG = "it takes longer than writers may be kept waiting (pgtandem.lock-timeout)";

    private static final Pattern POSITION = Pattern.compile("(?m)^\\s*Position: (\\d+)$");

    private ServerMessages() {}

    /** What to do about rows that do not fit a migration. */
    static String remedy(Throwable failure) {
        String state = state(failure);
        String again = " Then start again; the live versions did not notice.";
        if (state.equals("23505")) {
            return "Make these rows differ, or leave the unique index or constraint out." + again;
        }
        if (state.equals("23503")) {
            return "Correct or delete the rows that lead nowhere, or give an up whose value does not." + again;
        }
        if (state.equals("23514") || state.equals("23502")) {
            return "Correct these rows, or give an up whose value fits for each of them." + again;
        }
        if (state.startsWith("22")) {
            return "Make the expression cover every row, for example with CASE, nullif or coalesce, or correct the rows."
                    + again;
        }
        if (state.equals(QUERY_CANCELED)) {
            return "Give it more time in a quiet hour, with a longer pgtandem.lock-timeout: writers to the table wait that"
                    + " long at most. Or leave out what cannot be built beside writers: a stored generated column, an"
                    + " exclusion constraint, a deferrable unique constraint." + again;
        }
        if (isTrouble(failure)) {
            return "Give PostgreSQL what it lacks; its log tells more." + again;
        }
        return "Correct the migration, or the data that it meets." + again;
    }

    /** Whether the server is in trouble (disk, memory, connections, shutdown), which says nothing about a statement. */
    static boolean isTrouble(Throwable failure) {
        String state = state(failure);
        return !OF_THE_STATEMENT.contains(state) && TROUBLE.stream().anyMatch(state::startsWith);
    }

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

    /**
     * A refusal of PostgreSQL's at plan time; its hint is the remedy.
     *
     * @throws DataAccessException the failure itself, where the server is in trouble
     */
    static CompileFailure compileFailure(DataAccessException failure) {
        if (isTrouble(failure)) {
            throw failure;
        }
        String[] parts = parts(failure);
        String hint = parts[1].isEmpty()
                ? "Correct the SQL. Tables and columns are named in it as the migrations before this operation leave them."
                : parts[1];
        String problem = parts[0].replaceFirst(
                        "syntax error at or near (\"\\)\"|\"FROM\")", "syntax error at its end, or at $1")
                .replaceFirst(
                        "^column \"value\" is of type (.*) but expression is",
                        "the column is of type $1 but the expression is");
        if (problem.endsWith("the expression is of type record")) {
            hint = "Write one expression, not several with commas between them.";
        } else if (hint.equals("You will need to rewrite or cast the expression.")) {
            hint = "Rewrite it, or cast it: (…)::" + problem.replaceFirst("^.*is of type (.*) but.*$", "$1");
        }
        return new CompileFailure(problem + ".", hint, failure);
    }

    /** Where in the statement it is, in characters from 1, or 0 where the server does not say. */
    static int position(Throwable failure) {
        Matcher position = POSITION.matcher(String.valueOf(sqlException(failure).getMessage()));
        return position.find() ? Integer.parseInt(position.group(1)) : 0;
    }

    private static Throwable sqlException(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Message with detail, and hint. */
    private static String[] parts(Throwable failure) {
        Throwable cause = sqlException(failure);
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
        String text = message.toString().replaceFirst(OUR_CHECK, NOT_NULL).replace(TIMEOUT, TOO_LONG);
        return new String[] {text, hint.toString()};
    }
}
