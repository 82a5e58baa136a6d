package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Extended statistics that take the place of others.
 *
 * @param table stored name
 * @param statistics the statistics, without a definition before {@link #defined}
 */
public record PendingStatistics(String table, Statistics statistics) implements Change {

    @Override
    public Stage stage() {
        return Stage.CONSTRAINT;
    }

    @Override
    public String describe() {
        return "create statistics " + statistics.stored();
    }

    @Override
    public List<Statement> expand(String schema) {
        String name = id(statistics.schema(), statistics.stored());
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.alone("CREATE STATISTICS IF NOT EXISTS " + name + " " + statistics.definition()
                + " FROM " + id(schema, table)));
        if (statistics.target() != null) {
            statements.add(Statement.alone("ALTER STATISTICS " + name + " SET STATISTICS " + statistics.target()));
        }
        if (statistics.comment() != null) {
            statements.add(Statement.alone("COMMENT ON STATISTICS " + name + " IS " + literal(statistics.comment())));
        }
        return statements;
    }

    @Override
    public List<Made> makes() {
        return List.of(Made.statistics(statistics.stored()));
    }

    @Override
    public List<Statement> complete(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of(Statement.together("DROP STATISTICS IF EXISTS " + id(statistics.schema(), statistics.stored())));
    }

    @Override
    public Change defined(Definitions definitions, Table on) {
        return new PendingStatistics(table, statistics.defined(definitions.statistics(on, statistics.name())));
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.statistics().stream().anyMatch(s -> s.stored().equals(statistics.stored()));
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingStatistics(renames.table(table), statistics);
    }
}
