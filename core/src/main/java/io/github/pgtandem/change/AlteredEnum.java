package io.github.pgtandem.change;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.EnumType;
import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An enum type whose place another one takes. Until complete the new one is in the version's schema under the same name,
 * so that each version's statements find their own.
 *
 * @param type the old one
 * @param place the schema of the new one until complete
 * @param labels of the new one
 */
public record AlteredEnum(EnumType type, String place, List<String> labels) implements Change {

    public AlteredEnum {
        labels = List.copyOf(labels);
    }

    @Override
    public Stage stage() {
        return Stage.STORAGE;
    }

    @Override
    public String describe() {
        return "alter enum " + type.name();
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    /** The new type until complete, quoted. */
    public String quoted() {
        return id(place, type.name());
    }

    @Override
    public List<Statement> expand(String schema) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA IF NOT EXISTS " + id(place));
        statements.add("SELECT pgtandem.share_schema(" + literal(schema) + ", " + literal(place) + ")");
        statements.add("CREATE TYPE " + quoted() + " AS ENUM ("
                + labels.stream().map(Identifiers::literal).collect(Collectors.joining(", ")) + ")");
        if (type.comment() != null) {
            statements.add("COMMENT ON TYPE " + quoted() + " IS " + literal(type.comment()));
        }
        List<Grant> usage = type.usage();
        if (usage != null) {
            statements.add("REVOKE ALL ON TYPE " + quoted() + " FROM PUBLIC");
            usage.forEach(g -> statements.add("GRANT " + g.privilege() + " ON TYPE " + quoted() + " TO " + g.grantee()
                    + (g.grantable() ? " WITH GRANT OPTION" : "")));
        }
        return together(statements);
    }

    @Override
    public List<Statement> complete(String schema) {
        return together(List.of(
                "DROP TYPE " + id(schema, type.name()), "ALTER TYPE " + quoted() + " SET SCHEMA " + id(schema)));
    }

    @Override
    public List<Statement> rollback(String schema) {
        return together(List.of("DROP TYPE IF EXISTS " + quoted()));
    }

    private static List<Statement> together(List<String> statements) {
        return statements.stream()
                .map(s -> new Statement(s, null, Statement.Mode.TOGETHER))
                .toList();
    }
}
