package io.github.pgtandem.execute;

import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Validation;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.util.List;
import java.util.function.Supplier;

/**
 * Judges a release as an expand would before its first change. It needs no migrator's lock, as it changes nothing: what
 * it makes for PostgreSQL to look at is rolled back.
 */
final class Validator {

    private static final PgTandemListener NOBODY = new PgTandemListener() {};

    private final Session session;
    private final Settings settings;
    private final List<ParsedMigration> release;
    private final StateStore state;

    Validator(Session session, Settings settings, List<ParsedMigration> release) {
        this.session = session;
        this.settings = settings;
        this.release = release;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    Validation validate() {
        new MigratorLock(session.jdbc(), settings).checkServer();
        Validation[] validation = new Validation[1];
        new LockRetry(session.jdbc(), settings, NOBODY, () -> {})
                .run(
                        "validate",
                        List.of(),
                        () -> validation[0] = session.rolledBack(() -> {
                            session.jdbc()
                                    .queryForObject(
                                            "SELECT set_config('lock_timeout', ?, true)",
                                            String.class,
                                            settings.lockTimeout().toMillis() + "ms");
                            return judge();
                        }));
        return validation[0];
    }

    private Validation judge() {
        Acts acts = new Acts(session, settings, NOBODY);
        if (!state.isInstalled() || state.isEmpty()) {
            Privileges.check(session.jdbc(), settings.schema());
            new Adoption(session, acts, settings, release).adoptForNow();
        }
        List<ParsedMigration> pending = Decision.of(release, state.history()).pending();
        if (pending.isEmpty()) {
            return new Validation(List.of(), List.of(), List.of());
        }
        refuseWhileActing();
        acts.look(pending);
        List<List<ParsedMigration>> segments = Segments.of(pending);
        List<ParsedMigration> behind = Segments.behind(segments, 0);
        Supplier<Validation> judged = () -> {
            new Expander(session, acts, settings).checked(segments.get(0), behind, behind.isEmpty());
            return new Validation(names(pending), names(behind), List.of());
        };
        try {
            return judged.get();
        } catch (InvalidMigrationException e) {
            return new Validation(names(pending), names(behind), e.problems());
        }
    }

    /** Until it is done nobody can tell on which schema the pending migrations will be expanded. */
    private void refuseWhileActing() {
        new Journal(session.jdbc(), settings.schema()).running().ifPresent(act -> {
            throw new PgTandemException(
                    "the pending migrations cannot be validated: the "
                            + act.act().name().toLowerCase(java.util.Locale.ROOT) + " of " + act.migrations() + " by "
                            + act.actor() + " is under way, or was cut short.",
                    "Validate again when it is done. One that was cut short is finished or undone by the next instance"
                            + " that starts, or by the next act.");
        });
    }

    private static List<String> names(List<ParsedMigration> migrations) {
        return migrations.stream().map(ParsedMigration::name).toList();
    }
}
