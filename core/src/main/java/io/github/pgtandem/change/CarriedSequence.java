package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Sequence;
import io.github.pgtandem.schema.Sequence.Kind;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence that goes over to a shadow column at complete. Until then the old column draws from it, and the sync
 * computes the new one. An identity column cannot take over a sequence that is there, so it gets a new one that goes on
 * where the old one stands.
 *
 * @param table stored name
 * @param column stored name of the shadow column
 * @param sequence the sequence as the column draws from it
 */
public record CarriedSequence(String table, String column, Sequence sequence) implements Change {

    @Override
    public Stage stage() {
        return Stage.STORAGE;
    }

    @Override
    public String describe() {
        return "carry sequence " + sequence.name();
    }

    @Override
    public List<Statement> expand(String schema) {
        return List.of();
    }

    @Override
    public List<Statement> leave(String schema) {
        String name = id(sequence.schema(), sequence.name());
        List<Statement> statements = new ArrayList<>();
        if (sequence.kind() == Kind.OWNED) {
            statements.add(
                    Statement.together("ALTER SEQUENCE " + name + " OWNED BY " + id(schema, table) + "." + id(column)));
            statements.add(Statement.together("ALTER SEQUENCE " + name + " AS " + sequence.type()));
            return statements;
        }
        // The lock of the renaming keeps everybody from drawing between here and the commit.
        statements.add(Statement.together("ALTER SEQUENCE " + name + " RENAME TO " + id(old())));
        statements.add(Statement.together("CREATE SEQUENCE " + id(sequence.schema(), kept(sequence))
                + " AS bigint MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807 START WITH 1"));
        statements.add(going(sequence, kept(sequence), old()));
        return statements;
    }

    @Override
    public List<Statement> complete(String schema) {
        if (sequence.kind() == Kind.OWNED) {
            return List.of();
        }
        return identity(schema, table, column, sequence);
    }

    /** Makes a column an identity that goes on where {@link #kept} stands, which goes. */
    static List<Statement> identity(String schema, String table, String column, Sequence sequence) {
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.together("ALTER TABLE " + id(schema, table) + " ALTER COLUMN " + id(column) + " ADD "
                + sequence.kind().sql() + " AS IDENTITY (SEQUENCE NAME " + id(sequence.schema(), sequence.name()) + " "
                + sequence.options() + ")"));
        sequence.attributes().forEach(a -> statements.add(Statement.together(a)));
        statements.add(going(sequence, sequence.name(), kept(sequence)));
        statements.add(Statement.together("DROP SEQUENCE " + id(sequence.schema(), kept(sequence))));
        return statements;
    }

    /** The name by which numbers are kept until the identity is there. */
    static String kept(Sequence sequence) {
        return Identifiers.fit(Identifiers.PREFIX + "kept_" + sequence.name(), "");
    }

    private static Statement going(Sequence sequence, String to, String from) {
        return Statement.together("SELECT setval(" + Identifiers.literal(id(sequence.schema(), to))
                + ", last_value, is_called) FROM " + id(sequence.schema(), from));
    }

    private String old() {
        return Identifiers.fit(Identifiers.PREFIX + "old_" + sequence.name(), "");
    }

    @Override
    public List<Statement> rollback(String schema) {
        return List.of();
    }

    @Override
    public boolean isSeenIn(Table seen) {
        return seen.findStored(column).isPresent();
    }

    @Override
    public Change renamed(Renames renames) {
        return new CarriedSequence(renames.table(table), renames.column(table, column), sequence);
    }
}
