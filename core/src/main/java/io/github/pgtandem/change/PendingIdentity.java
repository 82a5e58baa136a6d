package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Sequence;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A new column that becomes an identity at complete: PostgreSQL makes none of a column that is not NOT NULL yet. Until
 * then its default draws from a sequence of that name.
 *
 * @param table stored name
 * @param column stored name
 * @param sequence the identity's sequence
 */
public record PendingIdentity(String table, String column, Sequence sequence) implements Change {

    @Override
    public Stage stage() {
        return Stage.STORAGE;
    }

    @Override
    public String describe() {
        return "make " + column + " an identity";
    }

    @Override
    public List<Statement> expand(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> complete(String schema) {
        String name = id(sequence.schema(), sequence.name());
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.together("ALTER SEQUENCE " + name + " OWNED BY NONE"));
        statements.add(
                Statement.together("ALTER SEQUENCE " + name + " RENAME TO " + id(CarriedSequence.kept(sequence))));
        statements.addAll(CarriedSequence.identity(schema, table, column, sequence));
        return statements;
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of();
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.findStored(column)
                .filter(c -> c.generated() == Generated.IDENTITY)
                .isPresent();
    }

    @Override
    public Change renamed(Renames renames) {
        return new PendingIdentity(renames.table(table), renames.column(table, column), sequence);
    }
}
