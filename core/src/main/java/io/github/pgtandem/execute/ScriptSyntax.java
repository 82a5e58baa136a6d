package io.github.pgtandem.execute;

import io.github.pgtandem.plan.CompileFailure;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Has PostgreSQL parse statements, and nothing else. That is all it does with the body of an SQL function whose
 * arguments are polymorphic, as only a call tells their types: no name is looked up, no lock taken, nothing run.
 */
final class ScriptSyntax {

    private ScriptSyntax() {}

    /**
     * Works in the caller's transaction, which must be rolled back.
     *
     * @throws CompileFailure with the place within the statements
     */
    static void check(JdbcTemplate jdbc, String script) {
        String quote = "$pgt" + UUID.randomUUID().toString().replace("-", "") + "$";
        String head = "CREATE FUNCTION pg_temp._pgtandem_script(anyelement) RETURNS void LANGUAGE sql AS " + quote;
        jdbc.queryForObject("SELECT set_config('check_function_bodies', 'on', true)", String.class);
        jdbc.execute("SAVEPOINT pgtandem_script");
        try {
            jdbc.execute(head + script + quote);
        } catch (DataAccessException e) {
            jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_script");
            throw failure(script, head.length(), e);
        }
        jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_script");
    }

    private static RuntimeException failure(String script, int before, DataAccessException e) {
        if (!ServerMessages.state(e).startsWith("42")
                && !ServerMessages.state(e).startsWith("22")) {
            return e;
        }
        String text = ServerMessages.text(e);
        int position = ServerMessages.position(e);
        if (position == 0) {
            return new CompileFailure(text + ".", "Correct the SQL.", e);
        }
        // PostgreSQL counts characters, from 1; the end of the input may be behind the last of them.
        int index = Math.max(0, position - 1 - before);
        int at = script.offsetByCodePoints(0, Math.min(index, script.codePointCount(0, script.length())));
        List<String> lines = script.substring(0, at).lines().toList();
        boolean fresh = at == 0 || script.charAt(at - 1) == '\n';
        int line = lines.size() + (fresh ? 1 : 0);
        String start = fresh ? "" : lines.get(lines.size() - 1);
        String whole = start + script.substring(at).lines().findFirst().orElse("");
        return new CompileFailure(
                text + ", in its line " + line + ", column " + (start.codePointCount(0, start.length()) + 1) + ".",
                "Correct the SQL there, or just before it: " + whole.strip(),
                e);
    }
}
