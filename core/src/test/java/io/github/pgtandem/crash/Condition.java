package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.cases.Case;
import io.github.pgtandem.cases.Rows;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * All that an act leaves: the catalogues of the base schema and of the version schemas, the rows, and what the state
 * schema tells of versions.
 */
record Condition(Map<String, Catalogue> catalogues, List<String> rows, List<String> state, boolean repeatable) {

    static Condition of(Database database) {
        try (Connection connection = database.dataSource().getConnection()) {
            return of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** On one connection, as a new one begins with empty caches. */
    private static Condition of(Connection connection) throws SQLException {
        JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        connection.setAutoCommit(false);
        Map<String, Catalogue> catalogues = new TreeMap<>();
        List<String> schemas = jdbc.queryForList(
                "SELECT nspname FROM pg_namespace WHERE nspname = 'public' OR nspname LIKE 'public\\_%'", String.class);
        for (String schema : schemas) {
            catalogues.put(
                    schema, Catalogue.of(connection, schema).withNotNullNames().withSequenceValues());
        }
        List<String> state = new ArrayList<>(jdbc.queryForList("""
                SELECT concat_ws(' ', name, state, error, 'retired by ' || retired_by,
                                 CASE WHEN fenced AND state <> 'ROLLED_BACK' THEN 'fenced' END)
                FROM pgtandem.migration ORDER BY ordinal
                """, String.class));
        state.addAll(jdbc.queryForList("SELECT body::text FROM pgtandem.model", String.class));
        state.addAll(jdbc.queryForList(
                "SELECT act || ' is running' FROM pgtandem.act WHERE state = 'RUNNING'", String.class));
        return new Condition(catalogues, Rows.of(jdbc), state, true);
    }

    /** The base schema alone, without the existence of ours. */
    static Catalogue tables(Database database) {
        return Catalogue.of(database, "public")
                .withNotNullNames()
                .withSequenceValues()
                .withoutSchemas("pgtandem", "public_" + Case.BASELINE, "public_" + Case.MIGRATION);
    }

    /** The same but for values that differ each time; a number that was drawn is not given back. */
    Condition withRowsOf(Database database) {
        return new Condition(catalogues, Rows.of(database), state, false);
    }

    void assertEquals(Condition expected, String when) {
        assertTablesEqual(expected, when);
        assertThat(state).as("state after a cut %s", when).isEqualTo(expected.state);
    }

    /** Whatever the state schema tells of how it came about. */
    void assertTablesEqual(Condition expected, String when) {
        assertThat(catalogues.keySet()).as("schemas after a cut %s", when).isEqualTo(expected.catalogues.keySet());
        catalogues.forEach((schema, catalogue) -> assertThat(catalogue
                        .difference(expected.catalogues.get(schema))
                        .lines()
                        .filter(line -> expected.repeatable || !line.contains(": last value = ")))
                .as("schema %s after a cut %s", schema, when)
                .isEmpty());
        assertThat(rows).as("rows after a cut %s", when).isEqualTo(expected.rows);
    }
}
