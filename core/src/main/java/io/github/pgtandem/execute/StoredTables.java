package io.github.pgtandem.execute;

import io.github.pgtandem.Settings;
import io.github.pgtandem.catalog.CatalogReader;
import io.github.pgtandem.catalog.Reach;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.state.InFlight;
import io.github.pgtandem.state.StateStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the tables with what hangs on them, of which our own views do not count. */
final class StoredTables {

    /** A name in SQL that cannot be told from its letters. */
    private static final Pattern ESCAPED = Pattern.compile("(?i)u&\\\\\"");

    private final JdbcTemplate jdbc;
    private final StateStore state;
    private final Settings settings;

    StoredTables(JdbcTemplate jdbc, StateStore state, Settings settings) {
        this.jdbc = jdbc;
        this.state = state;
        this.settings = settings;
    }

    /** What migrations may have to do with. */
    static Reach reached(List<ParsedMigration> migrations) {
        Reach reach = Reach.NOTHING;
        for (ParsedMigration migration : migrations) {
            if (ESCAPED.matcher(migration.json()).find()) {
                return Reach.EVERYTHING;
            }
            for (ParsedOperation operation : migration.operations()) {
                reach = reach.plus(operation.names(), operation.words());
            }
        }
        return reach;
    }

    /** Those in flight, with what else is reached. */
    Schema read(Reach more) {
        InFlight inFlight = state.inFlight();
        Reach reach = more.plus(inFlight.altered(), inFlight.named());
        settings(inFlight.versionSchemas(), Set.of());
        Schema tables = new CatalogReader(jdbc).read(settings.schema(), reach);
        List<String> own = List.copyOf(inFlight.versionSchemas());
        Set<String> others = own.isEmpty() ? Set.of() : new OthersObjects(jdbc, state, settings).in(own, tables);
        if (others.isEmpty()) {
            return tables;
        }
        // Which of the views are ours is known from the tables. What others have there hangs on them like any other.
        settings(inFlight.versionSchemas(), others);
        return new CatalogReader(jdbc).read(settings.schema(), reach);
    }

    /** Where an act ends, the statements before it have found the base schema; texts are to name it. */
    private void settings(Collection<String> own, Collection<String> others) {
        jdbc.queryForList(
                "SELECT set_config('search_path', '', true), set_config('pgtandem.own_schemas', ?, false),"
                        + " set_config('pgtandem.others', ?, false)",
                String.join("\n", own),
                String.join("\n", others));
    }
}
