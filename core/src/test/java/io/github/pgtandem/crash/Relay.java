package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.fixture.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.BadSqlGrammarException;

/** Instances that carry out an act one after another: each does one lasting thing and dies as it is about to do the next. */
final class Relay {

    private static final int MOST_INSTANCES = 200;

    private final Database database;
    private final Consumer<DataSource> act;
    private final List<String> cuts = new ArrayList<>();

    private Relay(Database database, Consumer<DataSource> act) {
        this.database = database;
        this.act = act;
    }

    /** Runs until an instance gets to the end, and tells before which statements the others died. */
    static List<String> run(Database database, Consumer<DataSource> act) {
        return new Relay(database, act).run();
    }

    private List<String> run() {
        int lasting = 1;
        String journal = "";
        while (isCut(lasting)) {
            if (cuts.size() > MOST_INSTANCES) {
                fail("there is no end after %s", cuts);
            }
            String now = journal();
            // What an instance does again, such as saying what it begins, is no progress.
            lasting = now.equals(journal) ? lasting + 1 : 1;
            journal = now;
        }
        return cuts;
    }

    private boolean isCut(int lasting) {
        CutDataSource source = new CutDataSource(
                database, sent -> sent.stream().filter(Sent::lasts).count() > lasting);
        try {
            act.accept(source);
            return false;
        } catch (NothingToDoException e) {
            // The one before has finished the act and died while it tidied up.
            assertThat(cuts).isNotEmpty();
            return false;
        } catch (RuntimeException e) {
            if (!source.isCut()) {
                throw e;
            }
            cuts.add(source.sent().get(source.sent().size() - 1).toString());
            return true;
        }
    }

    private String journal() {
        try {
            return String.valueOf(database.jdbc().queryForObject("""
                SELECT concat_ws(' ', (SELECT count(*) FROM pgtandem.migration),
                                 (SELECT string_agg(concat(id, state), ' ' ORDER BY id) FROM pgtandem.act),
                                 (SELECT count(*) FROM pgtandem.step WHERE done_at IS NOT NULL),
                                 (SELECT string_agg(concat(page, '.', stripe, sweeping, done), ' ') FROM pgtandem.backfill))
                """, String.class));
        } catch (BadSqlGrammarException e) {
            // The state schema is not there yet.
            return "";
        }
    }
}
