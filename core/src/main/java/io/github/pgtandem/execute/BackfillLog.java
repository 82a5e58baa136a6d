package io.github.pgtandem.execute;

import io.github.pgtandem.state.Progress;
import io.github.pgtandem.state.Progress.Position;
import io.github.pgtandem.state.Progress.Rates;
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

    void at(Position position, Rates rates) {
        if (System.nanoTime() - last < every) {
            return;
        }
        last = System.nanoTime();
        long of = Math.max(1, position.pagesTotal());
        LOG.info(
                "Backfill of {}{}: {} % ({} of about {} rows), {} rows/s, {} left",
                table,
                position.sweeping() ? ", last sweep" : "",
                Math.min(99, position.pagesDone() * 100 / of),
                position.rowsDone(),
                position.rowsTotal(),
                rates.rows() == null ? 0 : Math.round(rates.rows()),
                Progress.secondsLeft(position, rates)
                        .map(s -> Math.round(s) + " s")
                        .orElse("unknown time"));
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
