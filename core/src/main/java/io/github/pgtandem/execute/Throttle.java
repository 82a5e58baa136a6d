package io.github.pgtandem.execute;

import io.github.pgtandem.BackfillSettings;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.plan.Backfill;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.Control;
import io.github.pgtandem.state.Progress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds a backfill before each of its batches for as long as something stands against it, and says what. */
final class Throttle {

    private static final Logger LOG = LoggerFactory.getLogger(Throttle.class);
    private static final long PAUSE_MILLIS = 200;
    private static final long LOOK_NANOS = 1_000_000_000;

    private final Settings settings;
    private final Control control;
    private final Progress progress;
    private final Pressure pressure;
    private final Runnable mayGoOn;
    private long looked = System.nanoTime() - LOOK_NANOS;
    private Pressure.Found found = Pressure.Found.nothing();
    private List<String> unknown = List.of();
    private @Nullable String strange;

    /** @param mayGoOn refuses, by what it throws, to wait on */
    Throttle(Session session, Settings settings, PgTandemListener listener, Runnable mayGoOn) {
        this.settings = settings;
        this.mayGoOn = mayGoOn;
        this.control = new Control(session.jdbc(), settings.schema());
        this.progress = new Progress(session.jdbc(), settings.schema());
        this.pressure = new Pressure(session, settings, listener, Clock.systemUTC());
    }

    /** Waits, and gives the settings that hold for the next batch. */
    BackfillSettings await(ActRecord act, Step step, Backfill backfill) {
        String told = null;
        long next = 0;
        while (true) {
            Status.Control said = control.current().orElse(null);
            BackfillSettings now = with(said);
            String reason = said != null && said.paused() ? "paused by " + said.by() : pressed(now, backfill);
            if (!Objects.equals(reason, told) || !unknown().equals(unknown)) {
                unknown = unknown();
                tell(act, step, reason);
            }
            if (reason == null) {
                if (told != null) {
                    LOG.info("Backfill of {} goes on", backfill.table());
                }
                return now;
            }
            if (told == null || System.nanoTime() > next) {
                tell(backfill, reason, said);
                next = System.nanoTime() + settings.progressInterval().toNanos();
            }
            told = reason;
            LockRetry.sleep(PAUSE_MILLIS);
            mayGoOn.run();
        }
    }

    /** Has the status say why the backfill waits; null while it does not. */
    void tell(ActRecord act, Step step, @Nullable String reason) {
        progress.throttled(act.id(), step.id(), reason, unknown);
    }

    /** Rests as a share of the time that something took, for as long as that is wanted. */
    void rest(BackfillSettings at, long busyNanos) {
        long began = System.nanoTime();
        BackfillSettings now = at;
        for (double left = left(now, busyNanos, began); left > 0; left = left(now, busyNanos, began)) {
            LockRetry.sleep(Math.min(PAUSE_MILLIS, (long) Math.ceil(left / 1_000_000)));
            now = with(control.current().orElse(null));
        }
    }

    private static double left(BackfillSettings now, long busyNanos, long began) {
        return now.rest() * busyNanos - (System.nanoTime() - began);
    }

    /** What a build of another release has said holds up no build that does not know it. */
    private BackfillSettings with(Status.@Nullable Control said) {
        strange = null;
        try {
            return settings.backfill().with(said == null ? Map.of() : said.knobs());
        } catch (IllegalArgumentException e) {
            strange = "knobs that were posted are left out: " + e.getMessage();
            return settings.backfill();
        }
    }

    private List<String> unknown() {
        List<String> all = new ArrayList<>(found.unknown());
        if (strange != null) {
            all.add(strange);
        }
        return all;
    }

    private @Nullable String pressed(BackfillSettings now, Backfill backfill) {
        if (System.nanoTime() - looked >= LOOK_NANOS) {
            found = pressure.look(now.limits(), backfill.regclass());
            looked = System.nanoTime();
        }
        return found.reasons().isEmpty() ? null : String.join("; ", found.reasons());
    }

    private static void tell(Backfill backfill, String reason, Status.@Nullable Control said) {
        if (said != null && said.paused()) {
            LOG.info(
                    "Backfill of {} {}; POST backfill {\"action\": \"resume\"} lets it go on",
                    backfill.table(),
                    reason);
        } else {
            LOG.info("Backfill of {} waits: {}", backfill.table(), reason);
        }
    }
}
