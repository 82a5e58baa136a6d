package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.Definitions;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Table;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What PostgreSQL prints of twins, in stored names. */
final class TwinDefinitions implements Definitions {

    private final JdbcTemplate jdbc;
    private final Twins twins;
    private final String token;

    /** @param token what no name of the user's contains */
    TwinDefinitions(JdbcTemplate jdbc, Twins twins, String token) {
        this.jdbc = jdbc;
        this.twins = twins;
        this.token = token;
    }

    @Override
    public String index(Table table, Index index) {
        String place = index.tablespace() == null ? "" : " TABLESPACE " + index.tablespace();
        String text = printed(
                table,
                "SELECT left(whole, length(whole) - length(predicate)) || " + literal(place) + " || predicate"
                        + " FROM pg_index, pg_get_indexdef(indexrelid) AS whole,"
                        + " coalesce(' WHERE ' || pg_get_expr(indpred, indrelid), '') AS predicate"
                        + " WHERE indexrelid = " + literal(id("pg_temp", index.name())) + "::regclass");
        String on = token + "_row ";
        return text.substring(text.indexOf(on) + on.length());
    }

    @Override
    public String constraint(Table table, String constraint) {
        return printed(
                table,
                "SELECT regexp_replace(pg_get_constraintdef(oid),"
                        + " '( DEFERRABLE)?( INITIALLY DEFERRED)?( NOT VALID| NOT ENFORCED)?$', '')"
                        + " FROM pg_constraint WHERE conname = " + literal(constraint)
                        + " AND conrelid = " + literal("pg_temp." + token + "_row") + "::regclass");
    }

    @Override
    public String statistics(Table table, String statistics) {
        return printed(
                table,
                "SELECT substr(left(printed, length(printed) - length(' FROM ' || stxrelid::regclass)),"
                        + " length(format('CREATE STATISTICS pg_temp.%I ', stxname)) + 1)"
                        + " FROM pg_statistic_ext, pg_get_statisticsobjdef(oid) AS printed WHERE stxname = "
                        + literal(statistics) + " AND stxrelid = " + literal("pg_temp." + token + "_row")
                        + "::regclass");
    }

    @Override
    public String generation(Table table, String column) {
        return printed(
                table,
                "SELECT 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid)"
                        + " || CASE a.attgenerated WHEN 's' THEN ') STORED' ELSE ') VIRTUAL' END"
                        + " FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
                        + " WHERE d.adrelid = " + literal("pg_temp." + token + "_row") + "::regclass AND a.attname = "
                        + literal(token + "_" + table.columnNames().indexOf(column) + "_"));
    }

    @Override
    public boolean takes(String type, String setting) {
        return twins.undone(() -> {
            jdbc.execute("CREATE TABLE pg_temp._pgtandem_probe (value " + twins.named(type) + ")");
            jdbc.execute("SAVEPOINT pgtandem_probe");
            try {
                jdbc.execute("ALTER TABLE pg_temp._pgtandem_probe ALTER COLUMN value " + setting);
                return true;
            } catch (DataAccessException e) {
                if (ServerMessages.isTrouble(e)) {
                    throw e;
                }
                jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_probe");
                return false;
            }
        });
    }

    /** What a query prints of a twin, with its columns by their stored names. */
    private String printed(Table table, String query) {
        return twins.undone(() -> {
            twins.byToken(table);
            twins.searchPath("");
            String text = String.valueOf(jdbc.queryForObject(query, String.class));
            for (int i = 0; i < table.columns().size(); i++) {
                text = text.replace(
                        token + "_" + i + "_", id(table.columns().get(i).stored()));
            }
            return text;
        });
    }

    @Override
    public boolean addsWithoutRewrite(String type, String defaultSql) {
        return twins.undone(() -> {
            jdbc.execute("CREATE TABLE pg_temp._pgtandem_probe ()");
            jdbc.execute("ALTER TABLE pg_temp._pgtandem_probe ADD COLUMN value " + type + " DEFAULT " + defaultSql);
            List<Boolean> constant = jdbc.queryForList(
                    "SELECT atthasmissing FROM pg_attribute"
                            + " WHERE attrelid = 'pg_temp._pgtandem_probe'::regclass AND attnum = 1",
                    Boolean.class);
            return constant.contains(true);
        });
    }
}
