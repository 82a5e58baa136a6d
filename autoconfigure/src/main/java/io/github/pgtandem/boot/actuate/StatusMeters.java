package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.MigrationState;
import io.github.pgtandem.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gauges of the sampled status. What is no longer in the status has no row any more. */
final class StatusMeters implements MeterBinder {

    private final StatusSampler sampler;

    StatusMeters(StatusSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        MultiGauge versions = gauge(registry, "pgtandem.versions", "Versions, each 1 in the state that it has", null);
        MultiGauge instances = gauge(registry, "pgtandem.instances", "Instances that are alive", null);
        MultiGauge migrations = gauge(registry, "pgtandem.migrations", "Migrations by state", null);
        // The unit keeps the names apart in Prometheus, which takes a gauge's _total off.
        MultiGauge rows = gauge(registry, "pgtandem.backfill.rows", "Rows that a backfill has looked at", "rows");
        MultiGauge total = gauge(registry, "pgtandem.backfill.rows.total", "Rows that it has to look at", "rows");
        MultiGauge waiting = gauge(registry, "pgtandem.backfill.waiting", "1 for a backfill that waits", null);
        MultiGauge left = gauge(registry, "pgtandem.backfill.left", "Time that a backfill will take", "seconds");
        sampler.onSample(status -> {
            set(versions, status.versions(), StatusMeters::versionTags, version -> 1);
            set(instances, status.versions(), version -> Tags.of("version", version.name()), Status.Version::instances);
            set(migrations, List.of(MigrationState.values()), StatusMeters::stateTags, state -> count(status, state));
            set(rows, status.backfills(), StatusMeters::backfillTags, Status.Backfill::rowsDone);
            set(total, status.backfills(), StatusMeters::backfillTags, Status.Backfill::rowsTotal);
            set(waiting, status.backfills(), StatusMeters::backfillTags, b -> b.throttled() == null ? 0 : 1);
            List<Status.Backfill> known = status.backfills().stream()
                    .filter(b -> b.secondsLeft() != null)
                    .toList();
            set(left, known, StatusMeters::backfillTags, b -> Objects.requireNonNull(b.secondsLeft()));
        });
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description, @Nullable String unit) {
        return MultiGauge.builder(name).description(description).baseUnit(unit).register(registry);
    }

    private static <T> void set(MultiGauge gauge, Collection<T> all, Function<T, Tags> tags, ToLongFunction<T> value) {
        Stream<Row<?>> rows = all.stream().map(one -> Row.of(tags.apply(one), value.applyAsLong(one)));
        gauge.register(rows.toList(), true);
    }

    private static Tags versionTags(Status.Version version) {
        return Tags.of("version", version.name(), "state", lower(version.state()));
    }

    private static Tags stateTags(MigrationState state) {
        return Tags.of("state", lower(state));
    }

    private static Tags backfillTags(Status.Backfill backfill) {
        return Tags.of("migration", backfill.migration(), "table", backfill.table());
    }

    private static String lower(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static long count(Status status, MigrationState state) {
        return status.migrations().stream()
                .filter(migration -> migration.state() == state)
                .count();
    }
}
