package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.plan.CompileFailure;
import io.github.pgtandem.plan.CompiledObject;
import io.github.pgtandem.plan.Compiler;
import io.github.pgtandem.plan.Expression;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
    private final TwinDefinitions definitions;
    private final String token =
            "pgt" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    /** Works in the caller's transaction, which must be rolled back. */
    PostgresCompiler(JdbcTemplate jdbc, Schema storage) {
        this.jdbc = jdbc;
        this.storage = storage;
        this.twins = new Twins(jdbc, storage, token);
        this.definitions = new TwinDefinitions(jdbc, twins, token);
        twins.searchPath(id(storage.name()) + ", pg_temp");
        jdbc.execute("CREATE TABLE " + NOTHING + " ()");
    }

    @Override
    public void prepare(Table table) {
        twins.prepare(table);
    }

    @Override
    public void retype(Table table, String column, String type) {
        failing(() -> {
            new Retyping(jdbc, id("pg_temp", table.name())).run(column, type);
            return "";
        });
    }

    @Override
    public void remake(Table table, List<String> columns, AlteredEnum type) {
        twins.searchPath(id(storage.name()) + ", pg_temp");
        Retyping retyping = new Retyping(jdbc, id("pg_temp", table.name()));
        List<String> hanging = retyping.takeOff(columns);
        twins.add(type);
        twins.searchPath(id(type.place()) + ", " + id(storage.name()) + ", pg_temp");
        failing(() -> {
            retyping.putOn(columns, type.served(), hanging);
            return "";
        });
    }

    @Override
    public void foreignKey(Table from, Constraint key, Table to) {
        twins.prepare(from);
        twins.prepare(to);
        Reference reference = Objects.requireNonNull(key.references());
        UnaryOperator<String> own = c -> from.findStored(c).orElseThrow().name();
        Constraint logical = key.over(key.columns().stream().map(own).toList())
                .with(reference
                        .moved(to.name(), c -> to.findStored(c).orElseThrow().name(), own)
                        .in("pg_temp"));
        twins.undone(() -> failing(() -> {
            jdbc.execute("ALTER TABLE " + id("pg_temp", from.name()) + " ADD " + logical.sql());
            return "";
        }));
    }

    @Override
    public <T> T attempt(Supplier<T> operation) {
        Set<AlteredEnum> enums = twins.enums();
        jdbc.execute("SAVEPOINT pgtandem_operation");
        try {
            T result = operation.get();
            jdbc.execute("RELEASE SAVEPOINT pgtandem_operation");
            return result;
        } catch (InvalidOperation e) {
            jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_operation");
            twins.keep(enums);
            jdbc.execute("RELEASE SAVEPOINT pgtandem_operation");
            throw e;
        }
    }

    @Override
    public void script(String statements) {
        ScriptSyntax.check(jdbc, statements);
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
        return twins.undone(() -> {
            String twin = id("pg_temp", scope.name());
            jdbc.execute("CREATE TABLE " + TARGET + " (value " + target.type() + ")");
            run("EXPLAIN INSERT INTO " + TARGET + " SELECT (" + sql + "\n) FROM " + twin);
            rowByRow(sql, twin);
            view("(" + sql + "\n)", twin);
            if (!isAssignable()) {
                // A bare literal takes the target's type only where the target is in sight.
                jdbc.execute("DROP VIEW " + VIEW);
                view("(" + sql + "\n)::" + plainType(target.type()), twin);
            }
            twins.byToken(scope);
            twins.searchPath("");
            String printed = jdbc.queryForObject("SELECT pg_get_viewdef('" + VIEW + "'::regclass)", String.class);
            return new PrintedExpression(jdbc, token, scope, storage.name()).parse(String.valueOf(printed));
        });
    }

    /** A condition takes no aggregates, no window functions and no sets, and neither does the sync trigger. */
    private void rowByRow(String sql, String twin) {
        try {
            run("EXPLAIN SELECT FROM " + twin + " WHERE (" + sql + "\n) IS NULL");
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
            if (ServerMessages.isTrouble(e)) {
                throw e;
            }
            jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_assign");
            return false;
        }
    }

    @Override
    public List<String> checked(Table table, String constraint) {
        return new TwinColumns(jdbc, table).checked(constraint);
    }

    @Override
    public List<String> indexed(Table table, String index) {
        return new TwinColumns(jdbc, table).indexed(index);
    }

    @Override
    public List<String> computed(Table table, String column) {
        return new TwinColumns(jdbc, table).computed(column);
    }

    @Override
    public List<CompiledObject> objects(Schema version) {
        Schema here = version.mapTables(t -> t.mapColumns(c -> c.typed(twins.named(c.type()))));
        return twins.undone(() -> new ObjectCompiler(jdbc, storage, here, token).compile());
    }

    @Override
    public String plainType(String type) {
        return twins.undone(() -> {
            jdbc.execute("CREATE TABLE pg_temp._pgtandem_type (value " + type + ")");
            twins.searchPath("");
            return String.valueOf(jdbc.queryForObject(
                    "SELECT format_type(atttypid, -1) FROM pg_attribute"
                            + " WHERE attrelid = 'pg_temp._pgtandem_type'::regclass AND attnum = 1",
                    String.class));
        });
    }

    @Override
    public String index(Table table, Index index) {
        return definitions.index(table, index);
    }

    @Override
    public String constraint(Table table, String constraint) {
        return definitions.constraint(table, constraint);
    }

    @Override
    public String statistics(Table table, String statistics) {
        return definitions.statistics(table, statistics);
    }

    @Override
    public String generation(Table table, String column) {
        return definitions.generation(table, column);
    }

    @Override
    public boolean takes(String type, String setting) {
        return definitions.takes(type, setting);
    }

    @Override
    public boolean addsWithoutRewrite(String type, String defaultSql) {
        return failing(() -> definitions.addsWithoutRewrite(type, defaultSql));
    }

    private static <T> T failing(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException e) {
            // That somebody else holds a lock says nothing about the migration.
            throw LockRetry.isWorthAnotherTry(e) ? e : ServerMessages.compileFailure(e);
        }
    }
}
