package io.github.pgtandem;

import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedMigrations;
import io.github.pgtandem.migration.ParsedOperation;
import io.github.pgtandem.operation.Operation;
import java.util.ArrayList;
import java.util.List;

/** Whether every operation of a release can be read; all problems at once. */
final class Operations {

    private Operations() {}

    static void check(List<ParsedMigration> migrations) {
        List<InvalidInput> problems = new ArrayList<>();
        for (ParsedMigration migration : migrations) {
            for (ParsedOperation operation : migration.operations()) {
                try {
                    Operation.read(operation);
                } catch (InvalidInput e) {
                    problems.add(e);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw ParsedMigrations.report(problems);
        }
    }
}
