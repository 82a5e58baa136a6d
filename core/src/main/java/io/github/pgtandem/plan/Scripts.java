package io.github.pgtandem.plan;

import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedOperation;
import java.util.List;

/**
 * SQL of the author's is parsed by PostgreSQL, and no more: what it finds, and what it does, depends on what has run
 * before it.
 */
final class Scripts {

    private Scripts() {}

    /** Parses those of a migration of which nothing else can be judged yet. */
    static void parse(ParsedMigration migration, Compiler compiler, Problems problems) {
        migration.operations().forEach(o -> parse(o, compiler, problems));
    }

    static void parse(ParsedOperation operation, Compiler compiler, Problems problems) {
        if (!operation.name().equals("sql")) {
            return;
        }
        for (String field : List.of("up", "down")) {
            String script = operation.fields().optionalText(field);
            try {
                if (script != null) {
                    compiler.script(script);
                }
            } catch (CompileFailure e) {
                problems.add(new InvalidInput(
                        operation.fields().location(field), "sql: " + field + ": " + e.getMessage(), e.remedy()));
            }
        }
    }
}
