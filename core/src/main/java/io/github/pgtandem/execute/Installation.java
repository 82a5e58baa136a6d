package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.Settings;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.plan.CompletePlan;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first release on an empty schema: there is nobody to protect, so it is expanded and completed at once. */
final class Installation {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private final Session session;
    private final Acts acts;
    private final Settings settings;
    private final List<ParsedMigration> release;

    Installation(Session session, Acts acts, Settings settings, List<ParsedMigration> release) {
        this.session = session;
        this.acts = acts;
        this.settings = settings;
        this.release = release;
    }

    ActReport run(List<ParsedMigration> pending, Actor actor) {
        LOG.info("Schema {} is empty: installing the {} migrations of this build", settings.schema(), release.size());
        List<ActReport> done = new ArrayList<>();
        settle(done, actor);
        List<List<ParsedMigration>> segments = Segments.of(pending);
        for (int i = 0; i < segments.size(); i++) {
            done.add(new Expander(session, acts, settings).expand(segments.get(i), i == segments.size() - 1, actor));
            settle(done, actor);
        }
        return Segments.together(Act.EXPAND, done);
    }

    /** Completes what is expanded, also what an installation that was cut short has left. */
    private void settle(List<ActReport> done, Actor actor) {
        Model model = new StateStore(session.jdbc(), settings.schema())
                .model(acts.storage())
                .orElseThrow();
        if (model.versions().size() > 1) {
            ActReport completed = acts.run(
                    CompletePlan.of(model, model.newest().name(), settings.overlayExclude()), actor, false, () -> {});
            if (done.isEmpty()) {
                done.add(completed);
            }
        }
    }
}
