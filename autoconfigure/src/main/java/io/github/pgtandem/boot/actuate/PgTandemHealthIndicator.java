package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.MigrationState;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.boot.pin.PinCheck;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up, also while a migration is in flight; down where this instance's version is not served any more. */
final class PgTandemHealthIndicator extends AbstractHealthIndicator {

    private static final Set<MigrationState> SETTLED =
            Set.of(MigrationState.PENDING, MigrationState.COMPLETED, MigrationState.ROLLED_BACK);

    private final StatusSampler sampler;
    private final PinCheck pinCheck;

    PgTandemHealthIndicator(StatusSampler sampler, PinCheck pinCheck) {
        super("The version of this instance cannot be looked up");
        this.sampler = sampler;
        this.pinCheck = pinCheck;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Status status = sampler.latest();
        String version = status.pinned().version();
        builder.up()
                .withDetail("version", version)
                .withDetail("schema", status.pinned().schema())
                .withDetail("live", live(status));
        inFlight(builder, status);
        String reason = reason(status);
        if (reason != null) {
            builder.down().withDetail("reason", reason);
        }
    }

    private @Nullable String reason(Status status) {
        String version = status.pinned().version();
        Optional<VersionState> state = status.versions().stream()
                .filter(one -> one.name().equals(version))
                .map(Status.Version::state)
                .findFirst();
        if (state.isEmpty()) {
            return "Version %s is gone; stop this instance.".formatted(version);
        }
        if (state.get() == VersionState.RETIRED) {
            return "Version %s is retired; stop this instance.".formatted(version);
        }
        List<String> problems = pinCheck.problems();
        return problems.isEmpty() ? null : String.join(" ", problems);
    }

    private static List<String> live(Status status) {
        return status.versions().stream()
                .filter(version -> version.state() == VersionState.BASE || version.state() == VersionState.LIVE)
                .map(Status.Version::name)
                .toList();
    }

    private static void inFlight(Health.Builder builder, Status status) {
        List<String> migrations = status.migrations().stream()
                .filter(migration -> !SETTLED.contains(migration.state()))
                .map(migration -> migration.name() + " " + migration.state())
                .toList();
        if (!migrations.isEmpty()) {
            builder.withDetail("migrations", migrations);
        }
        List<String> backfills = status.backfills().stream()
                .filter(backfill -> !backfill.done())
                .map(backfill ->
                        "%s: %d of %d rows".formatted(backfill.table(), backfill.rowsDone(), backfill.rowsTotal()))
                .toList();
        if (!backfills.isEmpty()) {
            builder.withDetail("backfills", backfills);
        }
    }
}
