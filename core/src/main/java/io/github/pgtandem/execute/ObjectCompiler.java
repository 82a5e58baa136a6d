package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.plan.CompileFailure;
import io.github.pgtandem.plan.CompiledObject;
import io.github.pgtandem.schema.BoundSql;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import io.github.pgtandem.schema.VersionObject;
import io.github.pgtandem.schema.VersionedFunction;
import io.github.pgtandem.schema.VersionedFunction.Written;
import io.github.pgtandem.schema.VersionedView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Asks PostgreSQL about the views and functions of a version, in a schema of their own that stands for the version
 * schema and holds empty copies of the tables that the version sees differently. Works in a transaction that is rolled
 * back.
 */
final class ObjectCompiler {

    private static final String ROW_TYPES = """
            SELECT t.typname FROM pg_depend d
            JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
            JOIN pg_type e ON e.oid = CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN t.typelem ELSE t.oid END
            JOIN pg_class c ON c.oid = e.typrelid AND c.relkind <> 'c'
            WHERE d.classid = 'pg_proc'::regclass AND d.objid = ?::oid
            """;

    private final JdbcTemplate jdbc;
    private final Schema version;
    private final VersionCopy copy;
    private String at = "";

    /** @param token a name that occurs nowhere else */
    ObjectCompiler(JdbcTemplate jdbc, Schema storage, Schema version, String token) {
        this.jdbc = jdbc;
        this.version = version;
        this.copy = new VersionCopy(jdbc, storage, version, token);
    }

    /** All of them in order; one that fails is not there for those behind it. */
    List<CompiledObject> compile() {
        copy.prepare();
        List<CompiledObject> compiled = new ArrayList<>();
        for (VersionObject object : version.objects()) {
            compiled.add(attempt(object));
        }
        return compiled;
    }

    private CompiledObject attempt(VersionObject object) {
        jdbc.execute("SAVEPOINT pgtandem_object");
        List<Table> tables = copy.tables();
        at = "query";
        try {
            VersionObject compiled =
                    object instanceof VersionedView view ? view(view) : function((VersionedFunction) object);
            return new CompiledObject(compiled, at, null);
        } catch (DataAccessException | CompileFailure e) {
            if (ServerMessages.isTrouble(e)) {
                throw e;
            }
            jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_object");
            copy.forgetAllBut(tables);
            CompileFailure failure = e instanceof DataAccessException server
                    ? ServerMessages.compileFailure(server)
                    : (CompileFailure) e;
            return new CompiledObject(object, at, failure);
        }
    }

    private VersionedView view(VersionedView view) {
        String name = copy.qualified(view.name());
        String query = view.query().strip().replaceFirst(";$", "");
        String create = "CREATE VIEW " + name + " AS (\n" + query + "\n)";
        jdbc.execute(create);
        CopiedReads reads = new CopiedReads(jdbc, copy, name);
        if (reads.copiesMore()) {
            // The tables that it reads are known by now: those, too, are read as the version sees them.
            jdbc.execute("DROP VIEW " + name);
            jdbc.execute(create);
            reads = new CopiedReads(jdbc, copy, name);
        }
        reads.check();
        List<VersionedView.Shown> shown = copy.columns(name);
        if (shown.isEmpty()) {
            throw new CompileFailure("its query gives no columns.", "Select at least one.");
        }
        BoundSql sql = new PrintedView(jdbc, copy, reads).of(name, shown);
        Set<String> uses =
                uses("pg_rewrite", "(SELECT oid FROM pg_rewrite WHERE ev_class = " + literal(name) + "::regclass)");
        uses.remove(view.label());
        return view.compiled(shown, sql, uses);
    }

    private VersionedFunction function(VersionedFunction function) {
        Written written = function.written();
        String create = "CREATE FUNCTION " + copy.qualified(function.name()) + "(" + written.arguments()
                + "\n) RETURNS " + written.returns()
                + "\nLANGUAGE " + id(written.language().toLowerCase(Locale.ROOT))
                + (written.volatility() == null ? "" : " " + written.volatility())
                + (written.options() == null ? "" : "\n" + written.options())
                + "\nAS " + literal(written.body());
        at = "name";
        Set<Long> others = new HashSet<>(functions(function.name()));
        checkBodies(false);
        declare(create);
        List<Long> made = functions(function.name()).stream()
                .filter(f -> !others.contains(f))
                .toList();
        if (made.size() != 1) {
            throw new CompileFailure("it is not one function.", "Write one with each create_function.");
        }
        long oid = made.get(0);
        at = "returns";
        refuseRowTypes(oid);
        at = "body";
        checkBodies(true);
        checkBody(create.replaceFirst("^CREATE", "CREATE OR REPLACE"), written.body());
        return compiled(function, oid);
    }

    /** First without its body, so that a refusal is about the one or the other. */
    private void checkBodies(boolean on) {
        jdbc.queryForObject("SELECT set_config('check_function_bodies', ?, true)", String.class, on ? "on" : "off");
    }

    private void declare(String create) {
        try {
            jdbc.execute(create);
        } catch (DataAccessException e) {
            if (ServerMessages.state(e).equals("42723")) {
                throw new CompileFailure(
                        "the version has a function of that name with arguments of these types already.",
                        "Choose another name, or replace it: \"replace: true\", with the arguments as they were written"
                                + " there.",
                        e);
            }
            throw e;
        }
    }

    private void checkBody(String create, String body) {
        try {
            copy.knowing(() -> {
                jdbc.execute(create);
                return "";
            });
        } catch (DataAccessException e) {
            CompileFailure failure = ServerMessages.compileFailure(e);
            String unknown = copy.unknown().stream()
                    .filter(body::contains)
                    .map(t -> " Table \"" + t + "\" does not exist in this version.")
                    .collect(Collectors.joining());
            throw unknown.isEmpty() ? failure : new CompileFailure(failure.getMessage() + unknown, failure.remedy(), e);
        }
    }

    private void refuseRowTypes(long oid) {
        List<String> rows = jdbc.queryForList(ROW_TYPES, String.class, oid);
        if (!rows.isEmpty()) {
            throw new CompileFailure(
                    "its arguments or its result have the row type of table \"" + rows.get(0)
                            + "\", which is not the same in every version.",
                    "Name the columns: RETURNS TABLE (id bigint, name text).");
        }
    }

    private VersionedFunction compiled(VersionedFunction function, long oid) {
        String types = jdbc.queryForObject(
                "SELECT oidvectortypes(proargtypes) FROM pg_proc WHERE oid = ?::oid", String.class, oid);
        return copy.qualifying(() -> new VersionedFunction(
                function.written(),
                function.migration(),
                String.valueOf(types),
                copy.bound(text("pg_get_functiondef(oid)", oid).replaceFirst("^CREATE OR REPLACE", "CREATE")),
                copy.bound(text(
                        "pronamespace::regnamespace || '.' || quote_ident(proname)"
                                + " || '(' || pg_get_function_arguments(oid) || ') RETURNS '"
                                + " || pg_get_function_result(oid)",
                        oid)),
                copy.bound(text(
                        "pronamespace::regnamespace || '.' || quote_ident(proname)"
                                + " || '(' || pg_get_function_identity_arguments(oid) || ')'",
                        oid)),
                uses("pg_proc", "(SELECT " + oid + "::oid)")));
    }

    private String text(String what, long function) {
        return String.valueOf(
                jdbc.queryForObject("SELECT " + what + " FROM pg_proc WHERE oid = ?::oid", String.class, function));
    }

    private List<Long> functions(String name) {
        return jdbc.queryForList(
                "SELECT oid FROM pg_proc WHERE pronamespace = ?::regnamespace AND proname = ?",
                Long.class,
                copy.objects(),
                name);
    }

    /** Labels of the version's other objects that something depends on. */
    private Set<String> uses(String catalog, String ids) {
        String depends = "SELECT refclassid, refobjid FROM pg_depend WHERE classid = '" + catalog
                + "'::regclass AND objid IN " + ids;
        Set<String> uses = new HashSet<>(jdbc.queryForList(
                "SELECT 'view ' || c.relname FROM (" + depends + ") d JOIN pg_class c"
                        + " ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid"
                        + " WHERE c.relkind = 'v' AND c.relnamespace = ?::regnamespace",
                String.class,
                copy.objects()));
        List<String> functions = jdbc.queryForList(
                "SELECT f.oid::text FROM (" + depends + ") d JOIN pg_proc f"
                        + " ON d.refclassid = 'pg_proc'::regclass AND f.oid = d.refobjid"
                        + " WHERE f.pronamespace = ?::regnamespace",
                String.class,
                copy.objects());
        functions.forEach(f -> uses.add(label(Long.parseLong(f))));
        return uses;
    }

    private String label(long function) {
        return copy.seeing(() -> String.valueOf(jdbc.queryForObject(
                "SELECT 'function ' || proname || '(' || oidvectortypes(proargtypes) || ')' FROM pg_proc"
                        + " WHERE oid = ?::oid",
                String.class,
                function)));
    }
}
