package io.github.pgtandem.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement of a change.
 *
 * @param sql complete, without parameters
 * @param lock the strongest lock it takes on the table, in PostgreSQL's words, or null for none
 * @param mode how it runs
 */
public record Statement(String sql, @Nullable String lock, Mode mode) {

    public static final String ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE";
    public static final String SHARE_ROW_EXCLUSIVE = "SHARE ROW EXCLUSIVE";
    public static final String SHARE = "SHARE";
    public static final String SHARE_UPDATE_EXCLUSIVE = "SHARE UPDATE EXCLUSIVE";

    /** How a statement runs. */
    public enum Mode {
        /** Together with everything else that is done to the table's catalogue entries, in one short transaction. */
        TOGETHER,
        /** In a transaction of its own, as it may take long. */
        ALONE,
        /** Outside any transaction; written so that repeating it is safe. */
        CONCURRENT,
        /** A query for the next statement to run on some partition, asked again until there is none. */
        PARTITIONS
    }

    private static final String BOUND = "SELECT set_config('statement_timeout', current_setting('lock_timeout'), true)";

    /** Catalogue-only work under the strongest lock. */
    public static Statement together(String sql) {
        return new Statement(sql, ACCESS_EXCLUSIVE, Mode.TOGETHER);
    }

    /**
     * Work under the strongest lock that takes time by the size of the table: it is given up when writers have waited as
     * long as they may.
     *
     * @param table quoted
     */
    public static List<Statement> bounded(String table, String sql) {
        return List.of(
                together("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE"),
                together(BOUND),
                together(sql),
                together("SELECT set_config('statement_timeout', '0', true)"));
    }

    /** Whether this is what gives the next statement as long as a lock may be waited for. */
    public static boolean bounds(String sql) {
        return sql.equals(BOUND);
    }

    /** A scan that lets reads and writes through. */
    public static Statement alone(String sql) {
        return new Statement(sql, SHARE_UPDATE_EXCLUSIVE, Mode.ALONE);
    }

    /** What is done partition by partition, on those that there are by then. */
    public static Statement partitions(String query) {
        return new Statement(query, SHARE_UPDATE_EXCLUSIVE, Mode.PARTITIONS);
    }

    /** {@code CONCURRENTLY}. */
    public static Statement concurrent(String sql) {
        return new Statement(sql, SHARE_UPDATE_EXCLUSIVE, Mode.CONCURRENT);
    }
}
