package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.Settings;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.plan.CompletePlan;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Version;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first release on an empty schema: there is nobody to protect, so it is expanded and completed at once. */
final class Installation {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    /** Each version that is in flight knows all tables, so many at once take much longer than one after another. */
    private static final int MOST_AT_ONCE = 50;

    private final Session session;
    private final Acts acts;
    private final Settings settings;
    private final List<ParsedMigration> release;
    private final StateStore state;

    Installation(Session session, Acts acts, Settings settings, List<ParsedMigration> release) {
        this.session = session;
        this.acts = acts;
        this.settings = settings;
        this.release = release;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    /** An installation ends by serving its version: as long as none ever was, there still is nobody to protect. */
    boolean isUnderWay(History history, Decision decision) {
        if (history.base().isEmpty()) {
            return true;
        }
        List<Version> versions = state.model(new Schema(settings.schema(), Map.of(), Set.of()))
                .orElseThrow()
                .versions();
        boolean open = versions.size() > 1 || !decision.pending().isEmpty();
        return open
                && !new Journal(session.jdbc(), settings.schema()).hasServed()
                && !history.applied().get(0).checksum().equals(Decision.BASELINE);
    }

    /** The caller serves the version then. */
    ActReport run(List<ParsedMigration> pending, Actor actor) {
        LOG.info("Schema {} is empty: installing the {} migrations of this build", settings.schema(), release.size());
        List<ActReport> done = new ArrayList<>();
        settle(done, actor);
        List<List<ParsedMigration>> segments = Segments.of(pending, MOST_AT_ONCE);
        for (int i = 0; i < segments.size(); i++) {
            String before = state.model(acts.storage()).orElseThrow().newest().name();
            done.add(new Expander(session, acts, settings)
                    .expand(segments.get(i), Segments.behind(segments, i), false, before, actor));
            settle(done, actor);
        }
        return Segments.together(Act.EXPAND, done);
    }

    /** Completes what is expanded, also what an installation that was cut short has left. */
    private void settle(List<ActReport> done, Actor actor) {
        Model model = state.model(acts.storage()).orElseThrow();
        if (model.versions().size() > 1) {
            ActReport completed = acts.run(
                    CompletePlan.of(model, model.newest().name(), settings.overlayExclude()), actor, false, () -> {});
            if (done.isEmpty()) {
                done.add(completed);
            }
        }
    }
}
