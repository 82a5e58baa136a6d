package io.github.pgtandem.cases;

import io.github.pgtandem.fixture.Database;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** All rows of all tables of a database's base schema, whatever the order of columns. */
public final class Rows {

    private Rows() {}

    public static List<String> of(Database database) {
        return database.onOneConnection(Rows::of);
    }

    public static List<String> of(JdbcTemplate jdbc) {
        return tables(jdbc).stream()
                .flatMap(table -> of(jdbc, "public." + table).map(row -> table + " " + row))
                .toList();
    }

    /** Names of the base schema's tables, as one writes them in SQL. */
    public static List<String> tables(JdbcTemplate jdbc) {
        return jdbc.queryForList(
                "SELECT quote_ident(relname) FROM pg_class"
                        + " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1",
                String.class);
    }

    /** The rows of one table or view, each as a JSON object. */
    public static Stream<String> of(JdbcTemplate jdbc, String table) {
        return jdbc.queryForList("SELECT to_jsonb(t)::text FROM " + table + " t ORDER BY 1", String.class).stream();
    }
}
