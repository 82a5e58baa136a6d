package io.github.pgtandem.cases;

import io.github.pgtandem.fixture.Database;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** All rows of all tables of a database's base schema, whatever the order of columns. */
public final class Rows {

    private Rows() {}

    public static List<String> of(Database database) {
        return of(database.jdbc());
    }

    public static List<String> of(JdbcTemplate jdbc) {
        List<String> rows = new ArrayList<>();
        List<String> tables = jdbc.queryForList(
                "SELECT quote_ident(relname) FROM pg_class"
                        + " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
                String.class);
        for (String table : tables) {
            rows.addAll(jdbc.queryForList(
                    "SELECT '" + table + " ' || to_jsonb(t)::text FROM public." + table + " t ORDER BY 1",
                    String.class));
        }
        return rows;
    }
}
