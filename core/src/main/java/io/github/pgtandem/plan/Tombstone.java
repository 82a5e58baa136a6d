package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A view that only raises an error, on reads and on writes. It keeps the columns, so that statements still parse and
 * the error is ours.
 *
 * @param name the table's name in the version
 * @param source stored name of the table
 * @param columns names and types
 * @param message the error
 * @param grants the table's privileges; without them the error would be "permission denied"
 */
public record Tombstone(String name, String source, List<Typed> columns, String message, List<Grant> grants)
        implements View {

    /** A column of the view. */
    public record Typed(String name, String type) {}

    public Tombstone {
        columns = List.copyOf(columns);
        grants = List.copyOf(grants);
    }

    /** The tombstone of a table that the version knew. */
    static Tombstone of(Table table, String message) {
        List<Typed> columns =
                table.columns().stream().map(c -> new Typed(c.name(), c.type())).toList();
        return new Tombstone(
                table.name(), table.stored(), columns, message, table.around().grants());
    }

    /** The same with columns of other types. */
    Tombstone typed(UnaryOperator<Typed> change) {
        return new Tombstone(name, source, columns.stream().map(change).toList(), message, grants);
    }

    @Override
    public List<String> create(String baseSchema, String versionSchema) {
        String view = id(versionSchema, name);
        String list = columns.stream().map(c -> id(c.name()) + " " + c.type()).collect(Collectors.joining(", "));
        List<String> statements = new ArrayList<>();
        statements.add("CREATE VIEW " + view + " AS\nSELECT * FROM pgtandem.tombstone(" + literal(message)
                + ") AS gone (" + list + ")");
        statements.add("CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON " + view
                + " FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write(" + literal(message) + ")");
        // Whoever may read one column is to be told, too; there is nothing to read.
        grants.stream()
                .filter(g -> !g.privilege().equals("REFERENCES"))
                .map(g -> "GRANT " + g.privilege() + " ON " + view + " TO " + g.grantee())
                .distinct()
                .forEach(statements::add);
        return statements;
    }
}
