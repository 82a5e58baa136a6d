package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.Settings;
import io.github.pgtandem.catalog.CatalogReader;
import io.github.pgtandem.catalog.Reach;
import io.github.pgtandem.change.RawSql;
import io.github.pgtandem.plan.MadeBySql;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Step;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import io.github.pgtandem.state.ActRecord;
import io.github.pgtandem.state.ActRecord.JournalledStep;
import io.github.pgtandem.state.Journal;
import io.github.pgtandem.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the SQL of an expand that is the author's, and looks at what it has made. */
final class AuthorsScripts {

    private final Session session;
    private final Settings settings;
    private final Journal journal;
    private final StateStore state;

    AuthorsScripts(Session session, Settings settings, Journal journal) {
        this.session = session;
        this.settings = settings;
        this.journal = journal;
        this.state = new StateStore(session.jdbc(), settings.schema());
    }

    /** The ids of those steps of an act that are author's SQL. */
    Set<String> among(ActRecord act, List<JournalledStep> steps) {
        if (act.act() != Act.EXPAND) {
            return Set.of();
        }
        Model names = state.modelAfter(act, new Schema(settings.schema(), Map.of(), Set.of()));
        return steps.stream()
                .map(JournalledStep::step)
                .filter(s -> s.table() == null && isAuthors(names, s))
                .map(Step::id)
                .collect(Collectors.toSet());
    }

    private static boolean isAuthors(Model names, Step step) {
        return names.find(step.migration()).stream()
                .flatMap(v -> v.changes().stream())
                .anyMatch(c -> c instanceof RawSql sql && step.statements().contains(sql.up()));
    }

    /** In the transaction at hand, so that the model tells of it if and only if it is done. */
    void run(ActRecord act, Step step) {
        Schema before = new StoredTables(session.jdbc(), state, settings).read(Reach.NOTHING);
        Model after = state.modelAfter(act, before);
        session.useBaseSchema(settings.schema());
        step.statements().forEach(session.jdbc()::execute);
        journal.leadsTo(act.id(), MadeBySql.learned(after, before, now(before, after), step.migration()));
    }

    /** The SQL's locks are held by now, and whoever waits for them is not to wait for a look at every table there is. */
    private Schema now(Schema before, Model after) {
        session.jdbc().queryForObject("SELECT set_config('search_path', '', true)", String.class);
        Set<String> touched = after.touched();
        Map<String, Table> hanging = new CatalogReader(session.jdbc()).hangingOn(settings.schema(), touched);
        Schema now = before;
        for (String stored : touched) {
            Optional<Table> was = before.findStored(stored);
            if (was.isPresent()) {
                Table by = hanging.get(stored);
                now = now.with(was.get()
                        .withIndexes(by.indexes())
                        .withConstraints(by.constraints())
                        .withStatistics(by.statistics()));
            }
        }
        return now;
    }
}
