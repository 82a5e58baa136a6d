package io.github.pgtandem.boot;

import io.github.pgtandem.Act;
import io.github.pgtandem.PgTandemListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Passes on to several what the engine does. */
record Listeners(List<PgTandemListener> all) implements PgTandemListener {

    @Override
    public void started(Act act, List<String> migrations) {
        all.forEach(listener -> listener.started(act, migrations));
    }

    @Override
    public void finished(Act act, List<String> migrations, Duration duration, boolean success) {
        all.forEach(listener -> listener.finished(act, migrations, duration, success));
    }

    @Override
    public void lockWait(Duration waited, boolean acquired) {
        all.forEach(listener -> listener.lockWait(waited, acquired));
    }

    @Override
    public Optional<String> whyLockWaits(List<String> tables) {
        return reasons(listener -> listener.whyLockWaits(tables));
    }

    @Override
    public void backfill(String table, long rowsDone, long rowsTotal) {
        all.forEach(listener -> listener.backfill(table, rowsDone, rowsTotal));
    }

    @Override
    public Optional<String> whyBackfillWaits() {
        return reasons(PgTandemListener::whyBackfillWaits);
    }

    private Optional<String> reasons(Function<PgTandemListener, Optional<String>> why) {
        return all.stream()
                .flatMap(listener -> why.apply(listener).stream())
                .reduce((one, other) -> one + "; " + other);
    }
}
