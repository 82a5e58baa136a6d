package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Table;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which columns something on a twin reads, by their stored names. */
final class TwinColumns {

    private final JdbcTemplate jdbc;
    private final Table table;

    TwinColumns(JdbcTemplate jdbc, Table table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    List<String> checked(String constraint) {
        return stored(
                "SELECT a.attname FROM pg_constraint k JOIN pg_attribute a"
                        + " ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) WHERE k.conname = ?"
                        + " AND k.conrelid = " + literal(id("pg_temp", table.name())) + "::regclass",
                constraint);
    }

    /** Its keys, and what its expressions and predicate depend on. */
    List<String> indexed(String index) {
        return stored(
                "SELECT a.attname FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum > 0"
                        + " WHERE x.indexrelid = ?::regclass AND (a.attnum = ANY (x.indkey::int2[])"
                        + " OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
                        + " AND d.objid = x.indexrelid AND d.refclassid = 'pg_class'::regclass"
                        + " AND d.refobjid = x.indrelid AND d.refobjsubid = a.attnum))"
                        + " ORDER BY array_position(x.indkey::int2[], a.attnum), a.attnum",
                id("pg_temp", index));
    }

    List<String> computed(String column) {
        String twin = literal(id("pg_temp", table.name())) + "::regclass";
        return stored(
                "SELECT a.attname FROM pg_attrdef f JOIN pg_attribute c ON c.attrelid = f.adrelid"
                        + " AND c.attnum = f.adnum JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass"
                        + " AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = f.adrelid"
                        + " JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = d.refobjsubid"
                        + " WHERE f.adrelid = " + twin + " AND c.attname = ? AND a.attnum <> c.attnum"
                        + " ORDER BY a.attnum",
                column);
    }

    private List<String> stored(String query, String name) {
        return jdbc.queryForList(query, String.class, name).stream()
                .flatMap(column -> table.find(column).stream())
                .map(Column::stored)
                .toList();
    }
}
