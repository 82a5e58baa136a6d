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
 * An enum type whose place another one takes. From when the version is live until complete the new one is in the version's
 * schema under the same name, so that each version's statements find their own.
 *
 * @param type the old one
 * @param base the base schema
 * @param stored name of the new one in the base schema, until the version is live
 * @param place the version schema
 * @param labels of the new one
 */
public record AlteredEnum(EnumType type, String base, String stored, String place, List<String> labels)
        implements Change {

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

    /** The new type until the version is live, quoted. */
    public String made() {
        return id(base, stored);
    }

    /** The new type from then on until complete, quoted. */
    public String served() {
        return id(place, type.name());
    }

    /** Statements that make the version live. */
    public List<Statement> serve() {
        return together(List.of(
                "ALTER TYPE " + made() + " SET SCHEMA " + id(place),
                "ALTER TYPE " + id(place, stored) + " RENAME TO " + id(type.name())));
    }

    /** Statements that take it back to where it was before the version was live, wherever it is. */
    public List<Statement> unserve() {
        return together(List.of("DO "
                + literal("BEGIN IF to_regtype(" + literal(served()) + ") IS NOT NULL THEN"
                        + " ALTER TYPE " + served() + " RENAME TO " + id(stored) + ";"
                        + " ALTER TYPE " + id(place, stored) + " SET SCHEMA " + id(base) + "; END IF; END")));
    }

    /** The same, to be found by instances of another version. */
    public AlteredEnum at(String version) {
        return new AlteredEnum(type, base, stored, version, labels);
    }

    @Override
    public List<Statement> expand(String schema) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TYPE " + made() + " AS ENUM ("
                + labels.stream().map(Identifiers::literal).collect(Collectors.joining(", ")) + ")");
        if (type.comment() != null) {
            statements.add("COMMENT ON TYPE " + made() + " IS " + literal(type.comment()));
        }
        List<Grant> usage = type.usage();
        if (usage != null) {
            statements.add("REVOKE ALL ON TYPE " + made() + " FROM PUBLIC");
            usage.forEach(g -> statements.add("GRANT " + g.privilege() + " ON TYPE " + made() + " TO " + g.grantee()
                    + (g.grantable() ? " WITH GRANT OPTION" : "")));
        }
        return together(statements);
    }

    @Override
    public List<Statement> complete(String schema) {
        return complete(true, null);
    }

    @Override
    public List<Statement> rollback(String schema) {
        return together(List.of("DROP TYPE IF EXISTS " + served(), "DROP TYPE IF EXISTS " + made()));
    }

    /**
     * Statements that close it in the new version's favour.
     *
     * @param served whether the version has been live with a schema
     * @param keeper the schema of a closing version, whose statements still parse with the old type in it, or null
     */
    public List<Statement> complete(boolean served, @Nullable String keeper) {
        String old = id(base, type.name());
        return together(List.of(
                keeper == null ? "DROP TYPE " + old : "ALTER TYPE " + old + " SET SCHEMA " + id(keeper),
                served
                        ? "ALTER TYPE " + served() + " SET SCHEMA " + id(base)
                        : "ALTER TYPE " + made() + " RENAME TO " + id(type.name())));
    }

    private static List<Statement> together(List<String> statements) {
        return statements.stream()
                .map(s -> new Statement(s, null, Statement.Mode.TOGETHER))
                .toList();
    }
}
