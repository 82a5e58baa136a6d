package io.github.pgtandem.execute;

import io.github.pgtandem.state.Progress.Position;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an operator how far a backfill is, how fast it goes and how long it will take. */
final class BackfillLog {

    private static final Logger LOG = LoggerFactory.getLogger(BackfillLog.class);

    private final String table;
    private final long every;
    private final long began = System.nanoTime();
    private long doneAtStart;
    private long last = System.nanoTime();

    BackfillLog(String table, Duration every) {
        this.table = table;
        this.every = every.toNanos();
    }

    void began(Position position) {
        doneAtStart = position.rowsDone();
        String from = position.page() > 0 ? ", going on at page " + position.page() + " of " + position.pages() : "";
        LOG.info("Backfill of {} begins: about {} rows{}", table, position.rowsTotal(), from);
    }

    void at(Position position) {
        if (System.nanoTime() - last < every) {
            return;
        }
        last = System.nanoTime();
        double rate = rate(position);
        long left = Math.max(0, position.rowsTotal() - position.rowsDone());
        long percent = position.rowsTotal() == 0 ? 100 : Math.min(99, position.rowsDone() * 100 / position.rowsTotal());
        LOG.info(
                "Backfill of {}: {} % ({} of about {} rows), {} rows/s, {} left",
                table,
                percent,
                position.rowsDone(),
                position.rowsTotal(),
                Math.round(rate),
                rate == 0 ? "unknown time" : Math.round(left / rate) + " s");
    }

    void ended(Position position) {
        LOG.info(
                "Backfill of {} is done: {} rows filled in {} ms, {} rows/s",
                table,
                position.rowsDone(),
                (System.nanoTime() - began) / 1_000_000,
                Math.round(rate(position)));
    }

    private double rate(Position position) {
        double seconds = (System.nanoTime() - began) / 1e9;
        return seconds == 0 ? 0 : (position.rowsDone() - doneAtStart) / seconds;
    }
}
