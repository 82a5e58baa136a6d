package io.github.pgtandem.execute;

import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.plan.ExpandPlan;
import io.github.pgtandem.plan.MadeByHand;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Plan;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import io.github.pgtandem.state.StateStore;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Compiles, plans and carries out the expand of one part of a release. */
final class Expander {

    private final Session session;
    private final Acts acts;
    private final Settings settings;
    private final StateStore state;

    Expander(Session session, Acts acts, Settings settings) {
        this.session = session;
        this.acts = acts;
        this.settings = settings;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    /**
     * Expands a part of a release.
     *
     * @param behind migrations of later parts
     * @param undoTo the version before the release
     */
    ActReport expand(
            List<ParsedMigration> migrations, List<ParsedMigration> behind, boolean serve, String undoTo, Actor actor) {
        Plan plan = checked(migrations, behind, serve);
        return acts.expand(plan, undoTo, actor, () -> state.begin(migrations, MigrationState.EXPANDING));
    }

    /**
     * The plan, once everything that can be asked before the first change has been asked.
     *
     * @param behind migrations of later parts of the release
     */
    Plan checked(List<ParsedMigration> migrations, List<ParsedMigration> behind, boolean serve) {
        List<ParsedMigration> last = behind.isEmpty() ? migrations : behind;
        new FreeSchema(session.jdbc(), state, settings.schema()).check(last.get(last.size() - 1));
        Planned planned = session.rolledBack(() -> planned(migrations, behind, serve));
        Model before = planned.before();
        Plan plan = planned.plan();
        refuse(before, plan);
        refuseWhatIsNotCarried(before, plan);
        Privileges.check(session.jdbc(), settings.schema());
        Privileges.checkOwner(
                session.jdbc(),
                settings.schema(),
                Stream.concat(
                                plan.steps().stream()
                                        .map(Step::table)
                                        .filter(Objects::nonNull)
                                        .map(String::valueOf),
                                settled(plan))
                        .distinct()
                        .toList());
        Privileges.checkRowSecurity(
                session.jdbc(),
                settings.schema(),
                plan.steps().stream()
                        .filter(s -> s.backfill() != null)
                        .map(s -> String.valueOf(s.table()))
                        .toList());
        return plan;
    }

    /** The plan that serves a live version, once it is clear that its schema is nobody else's. */
    Plan serving(Model model, ParsedMigration version) {
        new FreeSchema(session.jdbc(), state, settings.schema()).check(version);
        Plan plan = ExpandPlan.serving(model, version, settings.overlayExclude());
        refuse(model, plan);
        return plan;
    }

    private void refuse(Model before, Plan plan) {
        new OthersObjects(session.jdbc(), state, settings).refusal(before, plan).ifPresent(r -> {
            throw new PgTandemException(
                    "cannot expand to " + plan.after().newest().name() + ": " + r.problem(), r.remedy());
        });
    }

    /** An index that is not in any file is not known to belong to the column, until a complete has made one version of all. */
    private static void refuseWhatIsNotCarried(Model before, Plan plan) {
        List<String> left = MadeByHand.notCarried(before, plan.after());
        if (!left.isEmpty()) {
            throw new PgTandemException(
                    "cannot expand to " + plan.after().newest().name()
                            + ": a column whose place another one takes was used by hand meanwhile: "
                            + String.join("; ", left) + ".",
                    "Complete what is in flight first, or drop " + (left.size() == 1 ? "it" : "them")
                            + " and ship an operation that makes it.");
        }
    }

    /** The tables that complete will drop or rename, or of which it will drop or rename a column. */
    private static Stream<String> settled(Plan plan) {
        Schema newest = plan.after().newest().tables();
        return plan.after().base().tables().tables().values().stream()
                .filter(before -> newest.findStored(before.stored())
                        .filter(t -> t.name().equals(before.name())
                                && t.columnNames().containsAll(before.columnNames()))
                        .isEmpty())
                .map(Table::stored);
    }

    private Model model() {
        return state.model(acts.storage()).orElseThrow();
    }

    private record Planned(Model before, Plan plan) {}

    /** What is refused is judged again on every table there is, so that it is refused in the whole light. */
    private Planned planned(List<ParsedMigration> migrations, List<ParsedMigration> behind, boolean serve) {
        Model before = model();
        session.jdbc().execute("SAVEPOINT pgtandem_plan");
        try {
            return plan(before, migrations, behind, serve);
        } catch (InvalidMigrationException e) {
            if (acts.looksAtEverything()) {
                throw e;
            }
            session.jdbc().execute("ROLLBACK TO SAVEPOINT pgtandem_plan");
            acts.lookAtEverything();
            return plan(model(), migrations, behind, serve);
        }
    }

    /** Everything is compiled by PostgreSQL in a transaction that is rolled back, before the first change. */
    private Planned plan(Model before, List<ParsedMigration> migrations, List<ParsedMigration> behind, boolean serve) {
        Plan plan = ExpandPlan.of(
                before,
                migrations,
                behind,
                new PostgresCompiler(session.jdbc(), before.storage()),
                serve,
                settings.overlayExclude(),
                acts.opens(migrations.get(migrations.size() - 1).name()));
        return new Planned(before, plan);
    }
}
