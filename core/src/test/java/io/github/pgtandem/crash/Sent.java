package io.github.pgtandem.crash;

import io.github.pgtandem.fixture.WatchedDataSource;
import java.util.regex.Pattern;

/**
 * A statement that the migrator has sent.
 *
 * @param alone whether it is a transaction of its own
 */
record Sent(String sql, boolean alone) {

    static final Sent COMMIT = new Sent(WatchedDataSource.COMMIT, false);

    private static final Pattern READS = Pattern.compile("(?i)\\s*(SELECT|SHOW|SET|WITH)\\b.*", Pattern.DOTALL);
    private static final Pattern TIDIES = Pattern.compile(
            "\\s*(UPDATE pgtandem\\.migration SET fenced = false WHERE|DELETE FROM pgtandem\\.instance WHERE last_seen).*",
            Pattern.DOTALL);
    private static final Pattern CALLS = Pattern.compile("\\bpgtandem\\.\\w+\\(");

    /** Whether it leaves everything as it was; what every instance tidies up is nothing here. */
    boolean reads() {
        return READS.matcher(sql).matches() && !CALLS.matcher(sql).find()
                || TIDIES.matcher(sql).matches();
    }

    /** Whether its effect outlives the connection at once. */
    boolean lasts() {
        return this == COMMIT || alone && !reads();
    }

    @Override
    public String toString() {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() > 90 ? line.substring(0, 90) + "…" : line;
    }
}
