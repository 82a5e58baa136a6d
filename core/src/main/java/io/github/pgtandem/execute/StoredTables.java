package io.github.pgtandem.execute;

import io.github.pgtandem.Settings;
import io.github.pgtandem.catalog.CatalogReader;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.state.StateStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the tables with what hangs on them, of which our own views do not count. */
final class StoredTables {

    private final JdbcTemplate jdbc;
    private final StateStore state;
    private final Settings settings;

    StoredTables(JdbcTemplate jdbc, StateStore state, Settings settings) {
        this.jdbc = jdbc;
        this.state = state;
        this.settings = settings;
    }

    Schema read() {
        // Where an act ends, the statements before it have found the base schema; texts are to name it.
        jdbc.queryForObject("SELECT set_config('search_path', '', true)", String.class);
        List<String> own = state.isInstalled() ? state.versionSchemas() : List.of();
        setting("own_schemas", own);
        setting("others", List.of());
        Schema tables = new CatalogReader(jdbc).read(settings.schema());
        Set<String> others = own.isEmpty() ? Set.of() : new OthersObjects(jdbc, state, settings).in(own, tables);
        if (others.isEmpty()) {
            return tables;
        }
        // Which of the views are ours is known from the tables. What others have there hangs on them like any other.
        setting("others", others);
        return new CatalogReader(jdbc).read(settings.schema());
    }

    private void setting(String name, Collection<String> values) {
        jdbc.queryForObject(
                "SELECT set_config('pgtandem.' || ?, ?, false)", String.class, name, String.join("\n", values));
    }
}
