package io.github.pgtandem.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import io.github.pgtandem.plan.CompileFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** P10: SQL of the author's is parsed before anything is touched, and nothing that is SQL is refused. */
@ExtendWith(DatabaseExtension.class)
class ScriptSyntaxTest {

    private static final List<String> VALID = List.of(
            "SELECT 1",
            "UPDATE absent SET a = 1; DELETE FROM absent;; INSERT INTO absent SELECT 'it''s; fine' -- the last one",
            "/* only /* a */ comment */",
            "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN '$x$'; END $$; SELECT f(), $$x$$",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT f();",
            "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
            "DO $do$ BEGIN IF true THEN RAISE NOTICE 'x'; END IF; END $do$;",
            "CREATE INDEX CONCURRENTLY i ON t (a); VACUUM t; CREATE DATABASE d",
            "BEGIN; SAVEPOINT s; ROLLBACK TO SAVEPOINT s; COMMIT",
            "DECLARE c CURSOR FOR SELECT 1; FETCH ALL FROM c; CLOSE c",
            "SELECT a INTO u FROM t; PREPARE p AS SELECT $1; EXECUTE p(1); CALL q(1)",
            "SELECT nextval('absent'); LOCK TABLE absent; SELECT E'\\'' || U&'\\0061' || 'Überfluss' \"ß\"",
            "COPY t FROM '/dev/null'; SET search_path TO x; COMMENT ON TABLE t IS NULL");

    private static final Map<String, String> INVALID = Map.of(
            "CREATE TABEL t (a int)", "syntax error at or near \"TABEL\", in its line 1, column 8.",
            "SELECT 1;\n-- ü\n  SELEC 2;\nSELECT 3", "syntax error at or near \"SELEC\", in its line 3, column 3.",
            "SELECT '😀', 'ü' FORM t x", "syntax error at or near \"t\", in its line 1, column 22.",
            "SELECT 1;\nSELECT (", "syntax error at end of input, in its line 2, column 9.",
            "SELECT 1 +\n", "syntax error at end of input, in its line 2, column 1.",
            "SELECT 'open", "unterminated quoted string at or near \"'open\", in its line 1, column 8.",
            "DO $$ BEGIN END",
                    "unterminated dollar-quoted string at or near \"$$ BEGIN END\", in its line 1, column 4.",
            "SELECT 1; /* open", "unterminated /* comment at or near \"/* open\", in its line 1, column 11.",
            "SELECT \"\"", "zero-length delimited identifier at or near \"\"\"\", in its line 1, column 8.");

    @PostgresVersions
    void whateverPostgresqlCanParseIsLeftAlone(Database database) throws SQLException {
        try (Session session = Session.open(database.dataSource())) {
            VALID.forEach(script -> session.rolledBack(() -> {
                ScriptSyntax.check(session.jdbc(), script);
                return true;
            }));
        }
    }

    @PostgresVersions
    void whatItCannotIsNamedWithItsPlace(Database database) throws SQLException {
        try (Session session = Session.open(database.dataSource())) {
            INVALID.forEach((script, message) -> assertThatThrownBy(() -> session.rolledBack(() -> {
                        ScriptSyntax.check(session.jdbc(), script);
                        return true;
                    }))
                    .as(script)
                    .isInstanceOf(CompileFailure.class)
                    .hasMessage(message));
        }
    }

    @PostgresVersions
    void nothingIsLockedRunOrLeft(Database database) throws SQLException {
        database.execute("CREATE SEQUENCE s", "CREATE TABLE t (a int)");
        try (Session session = Session.open(database.dataSource())) {
            session.rolledBack(() -> {
                ScriptSyntax.check(
                        session.jdbc(), "SELECT nextval('public.s'); LOCK TABLE public.t; DROP TABLE public.t");
                assertThat(session.jdbc()
                                .queryForList(
                                        "SELECT relation::regclass::text FROM pg_locks WHERE relation IN"
                                                + " ('public.s'::regclass, 'public.t'::regclass)",
                                        String.class))
                        .isEmpty();
                return true;
            });
        }
        assertThat(database.jdbc().queryForObject("SELECT is_called FROM s", Boolean.class))
                .isFalse();
    }
}
