package io.github.pgtandem.execute;

import io.github.pgtandem.Actor;
import io.github.pgtandem.BaselineRequiredException;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.Settings;
import io.github.pgtandem.catalog.CatalogReader;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Version;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.state.Contents;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.StateStore;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first act on a base schema: an empty one is taken as it is, one with tables needs a word. */
final class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    /** The name of the version that an empty schema has. It is never served. */
    private static final String EMPTY = "";

    private final Session session;
    private final Acts acts;
    private final Settings settings;
    private final List<ParsedMigration> release;
    private final StateStore state;

    Adoption(Session session, Acts acts, Settings settings, List<ParsedMigration> release) {
        this.session = session;
        this.acts = acts;
        this.settings = settings;
        this.release = release;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    /** Tries it in a transaction that is rolled back, so that what is refused leaves not even the state schema. */
    void rehearse() {
        session.rolledBack(() -> {
            adoptForNow();
            List<ParsedMigration> pending =
                    Decision.of(release, state.history()).pending();
            if (!pending.isEmpty()) {
                acts.look(pending);
                List<List<ParsedMigration>> segments = Segments.of(pending);
                new Expander(session, acts, settings).checked(segments.get(0), Segments.behind(segments, 0), false);
            }
            return true;
        });
    }

    /** In the caller's transaction, which is rolled back. */
    void adoptForNow() {
        state.install();
        adopt();
    }

    History run() {
        String baseline = settings.baseline();
        if (baseline == null) {
            session.inTransaction(this::adopt);
        } else {
            LOG.info("The tables of schema {} are taken as version {}", settings.schema(), baseline);
            // With the act that serves it, so that nobody finds a base version that nobody will serve.
            acts.run(
                    new Expander(session, acts, settings).serving(taken(acts.storage()), there(baseline)),
                    new Actor("pgtandem", "baseline"),
                    false,
                    this::adopt);
        }
        return state.history();
    }

    /** The baseline as a migration that did nothing; its schema is named as instances of a build with its file expect. */
    private ParsedMigration there(String baseline) {
        Optional<ParsedMigration> file =
                release.stream().filter(m -> m.name().equals(baseline)).findFirst();
        String last = file.map(ParsedMigration::versionSchema).orElse(baseline);
        return new ParsedMigration(
                baseline,
                file.map(ParsedMigration::path).orElse("pgtandem.baseline"),
                last,
                Decision.BASELINE,
                null,
                Contents.withoutOperations(last),
                List.of());
    }

    private void adopt() {
        String baseline = settings.baseline();
        List<String> tables = baseline == null ? new CatalogReader(session.jdbc()).names(settings.schema()) : List.of();
        if (!tables.isEmpty()) {
            throw baselineRequired(tables);
        }
        if (baseline != null) {
            state.begin(List.of(there(baseline)), MigrationState.COMPLETED);
            state.move(List.of(baseline), MigrationState.COMPLETED, null);
        }
        state.save(taken(acts.storage()));
    }

    /** The tables that are there as the one version there is. */
    private Model taken(Schema storage) {
        String name = settings.baseline() == null ? EMPTY : settings.baseline();
        return new Model(storage, List.of(new Version(name, null, storage, List.of(), List.of())), List.of());
    }

    private BaselineRequiredException baselineRequired(List<String> names) {
        int tables = names.size();
        String some = String.join(", ", names.stream().limit(5).toList());
        return new BaselineRequiredException(
                "schema " + settings.schema() + " has " + tables + (tables == 1 ? " table (" : " tables (") + some
                        + (tables > 5 ? ", …" : "") + ") but no history of migrations.",
                "If these tables are what the migrations up to one of yours would make, name that migration:\n"
                        + "    pgtandem.baseline: " + release.get(0).name() + "\n"
                        + "It and those before it are then taken as done. A name that sorts before all your"
                        + " migrations, such as 0000_baseline, takes none as done.");
    }
}
