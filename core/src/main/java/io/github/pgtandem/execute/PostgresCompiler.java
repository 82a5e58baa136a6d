package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.plan.CompileFailure;
import io.github.pgtandem.plan.CompiledObject;
import io.github.pgtandem.plan.Compiler;
import io.github.pgtandem.plan.Expression;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Asks PostgreSQL on empty temporary copies of the tables. To learn where an expression reads a column, the copy's
 * columns are given names that occur nowhere else, and PostgreSQL prints what it understood.
 */
final class PostgresCompiler implements Compiler {

    private static final String VIEW = "pg_temp._pgtandem_expression";
    private static final String TARGET = "pg_temp._pgtandem_target";
    private static final String NOTHING = "pg_temp._pgtandem_nothing";

    private final JdbcTemplate jdbc;
    private final Schema storage;
    private final Twins twins;
    private final String token =
            "pgt" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    /** Works in the caller's transaction, which must be rolled back. */
    PostgresCompiler(JdbcTemplate jdbc, Schema storage) {
        this.jdbc = jdbc;
        this.storage = storage;
        this.twins = new Twins(jdbc, storage);
        searchPath(id(storage.name()) + ", pg_temp");
        jdbc.execute("CREATE TABLE " + NOTHING + " ()");
    }

    private void searchPath(String path) {
        jdbc.queryForObject("SELECT set_config('search_path', ?, true)", String.class, path);
    }

    @Override
    public void prepare(Table table) {
        twins.prepare(table);
    }

    @Override
    public void run(String statement) {
        failing(() -> {
            jdbc.execute(statement);
            return "";
        });
    }

    @Override
    public Expression expression(Table scope, Column target, String sql) {
        return undone(() -> {
            String twin = id("pg_temp", scope.name());
            jdbc.execute("CREATE TABLE " + TARGET + " (value " + target.type() + ")");
            failing(() -> {
                jdbc.execute("EXPLAIN INSERT INTO " + TARGET + " SELECT (" + sql + "\n) FROM " + twin);
                return "";
            });
            rowByRow(sql, twin);
            view("(" + sql + "\n)", twin);
            if (!isAssignable()) {
                // A bare literal takes the target's type only where the target is in sight.
                jdbc.execute("DROP VIEW " + VIEW);
                view("(" + sql + "\n)::" + plainType(target.type()), twin);
            }
            rename(scope);
            searchPath("");
            String printed = jdbc.queryForObject("SELECT pg_get_viewdef('" + VIEW + "'::regclass)", String.class);
            return new PrintedExpression(jdbc, token, scope, storage.name()).parse(String.valueOf(printed));
        });
    }

    /** A condition takes no aggregates, no window functions and no sets, and neither does the sync trigger. */
    private void rowByRow(String sql, String twin) {
        try {
            failing(() -> {
                jdbc.execute("EXPLAIN SELECT FROM " + twin + " WHERE (" + sql + "\n) IS NULL");
                return "";
            });
        } catch (CompileFailure e) {
            throw new CompileFailure(
                    String.valueOf(e.getMessage()).replace("are not allowed in WHERE", "cannot be used here"),
                    "The value is computed from one row; read others with a subquery: (SELECT …).",
                    e);
        }
    }

    /** The relation without columns makes PostgreSQL print each column with its table. */
    private void view(String expression, String twin) {
        failing(() -> {
            refuseSystemColumns(expression, twin);
            jdbc.execute("CREATE TEMP VIEW _pgtandem_expression AS SELECT " + expression + " AS " + token
                    + "_value FROM " + twin + ", " + NOTHING);
            return "";
        });
        Integer columns = jdbc.queryForObject(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = '" + VIEW + "'::regclass AND attnum > 0",
                Integer.class);
        if (columns == null || columns != 1) {
            throw new CompileFailure("it is not one expression.", "Write one expression, without a comma at its end.");
        }
    }

    /** Only they are both in the table and in the relation without columns. */
    private void refuseSystemColumns(String expression, String twin) {
        jdbc.execute("SAVEPOINT pgtandem_system");
        try {
            jdbc.execute("EXPLAIN SELECT " + expression + " FROM " + twin + ", " + NOTHING);
            jdbc.execute("RELEASE SAVEPOINT pgtandem_system");
        } catch (DataAccessException e) {
            if (ServerMessages.state(e).equals("42702")) {
                throw new CompileFailure(PrintedExpression.WHOLE_ROW, PrintedExpression.NAME_COLUMNS, e);
            }
            throw e;
        }
    }

    private boolean isAssignable() {
        jdbc.execute("SAVEPOINT pgtandem_assign");
        try {
            jdbc.execute("EXPLAIN INSERT INTO " + TARGET + " SELECT * FROM " + VIEW);
            return true;
        } catch (DataAccessException e) {
            jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_assign");
            return false;
        }
    }

    private void rename(Table scope) {
        String twin = id("pg_temp", scope.name());
        for (int i = 0; i < scope.columns().size(); i++) {
            jdbc.execute("ALTER TABLE " + twin + " RENAME COLUMN "
                    + id(scope.columns().get(i).name()) + " TO " + token + "_" + i + "_");
        }
        jdbc.execute("ALTER TABLE " + twin + " RENAME TO " + token + "_row");
    }

    @Override
    public List<String> checked(Table table, String constraint) {
        return jdbc
                .queryForList(
                        "SELECT a.attname FROM pg_constraint k JOIN pg_attribute a"
                                + " ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) WHERE k.conname = ?"
                                + " AND k.conrelid = " + literal(id("pg_temp", table.name())) + "::regclass",
                        String.class,
                        constraint)
                .stream()
                .flatMap(name -> table.find(name).stream())
                .map(Column::stored)
                .toList();
    }

    @Override
    public List<CompiledObject> objects(Schema version) {
        return undone(() -> new ObjectCompiler(jdbc, storage, version, token).compile());
    }

    @Override
    public String plainType(String type) {
        return undone(() -> {
            jdbc.execute("CREATE TABLE pg_temp._pgtandem_type (value " + type + ")");
            searchPath("");
            return String.valueOf(jdbc.queryForObject(
                    "SELECT format_type(atttypid, -1) FROM pg_attribute"
                            + " WHERE attrelid = 'pg_temp._pgtandem_type'::regclass AND attnum = 1",
                    String.class));
        });
    }

    @Override
    public String index(Table table, String index) {
        String text = printed(table, "SELECT pg_get_indexdef(" + literal(id("pg_temp", index)) + "::regclass)");
        String on = token + "_row ";
        return text.substring(text.indexOf(on) + on.length());
    }

    @Override
    public String constraint(Table table, String constraint) {
        return printed(
                table,
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = " + literal(constraint)
                        + " AND conrelid = " + literal("pg_temp." + token + "_row") + "::regclass");
    }

    /** What a query prints of a twin, with its columns by their stored names. */
    private String printed(Table table, String query) {
        return undone(() -> {
            rename(table);
            searchPath("");
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
        return undone(() -> failing(() -> {
            jdbc.execute("CREATE TABLE pg_temp._pgtandem_probe ()");
            jdbc.execute("ALTER TABLE pg_temp._pgtandem_probe ADD COLUMN value " + type + " DEFAULT " + defaultSql);
            List<Boolean> constant = jdbc.queryForList(
                    "SELECT atthasmissing FROM pg_attribute"
                            + " WHERE attrelid = 'pg_temp._pgtandem_probe'::regclass AND attnum = 1",
                    Boolean.class);
            return constant.contains(true);
        }));
    }

    private <T> T undone(Supplier<T> work) {
        jdbc.execute("SAVEPOINT pgtandem_compile");
        T result = work.get();
        jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_compile");
        jdbc.execute("RELEASE SAVEPOINT pgtandem_compile");
        return result;
    }

    private static <T> T failing(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException e) {
            throw ServerMessages.compileFailure(e);
        }
    }
}
