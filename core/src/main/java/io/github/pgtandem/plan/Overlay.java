package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.dollarQuoted;
import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Grant;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as a version sees it, where that differs from how it is stored: a plain updatable view with
 * the table's privileges.
 *
 * @param name the table's name in the version
 * @param source stored name of the table
 * @param columns those that the version sees
 * @param invoker whether PostgreSQL asks the caller for privileges on the table, too; it would ask for some on every
 *     column, which those who have them on single columns only have not
 * @param grants the table's privileges
 * @param comment the table's comment, or null
 */
public record Overlay(
        String name,
        String source,
        List<Shown> columns,
        boolean invoker,
        List<Grant> grants,
        @Nullable String comment) implements View {

    /**
     * A column of the view.
     *
     * @param defaultSql the version's default, one of NULL where only the stored column has one, or null for none
     */
    public record Shown(
            String name,
            String stored,
            @Nullable String defaultSql,
            @Nullable String comment) {}

    public Overlay {
        columns = List.copyOf(columns);
        grants = List.copyOf(grants);
    }

    /** The overlay of a table over its storage. */
    static Overlay of(Table seen, Table storage) {
        List<Shown> columns = new ArrayList<>();
        for (Column column : seen.columns()) {
            columns.add(new Shown(column.name(), column.stored(), defaultSql(column, storage), column.comment()));
        }
        return new Overlay(
                seen.name(),
                seen.stored(),
                columns,
                storage.around().rolesOfColumns().isEmpty(),
                storage.around().grants(),
                seen.comment());
    }

    /** Also one that is the stored one: an INSERT would find that, but `SET column = DEFAULT` looks at the view only. */
    private static @Nullable String defaultSql(Column column, Table storage) {
        Optional<Column> physical = storage.findStored(column.stored());
        if (column.generated().isDrawn()) {
            // Only the stored column draws: the sync gives a shadow the value that the old column has drawn.
            return physical.map(Column::defaultSql).orElse(null);
        }
        if (column.defaultSql() != null) {
            return column.defaultSql();
        }
        return physical.filter(p -> p.defaultSql() != null)
                .map(p -> noDefault(p.type()))
                .orElse(null);
    }

    /** A default of NULL that PostgreSQL keeps on a view; it drops a bare NULL, and the table's default would apply. */
    private static String noDefault(String type) {
        return "CASE WHEN true THEN NULL::" + type + " END";
    }

    @Override
    public List<String> create(String baseSchema, String versionSchema) {
        String view = id(versionSchema, name);
        List<String> list = columns.stream()
                .map(c -> id(c.stored()) + (c.name().equals(c.stored()) ? "" : " AS " + id(c.name())))
                .toList();
        List<String> statements = new ArrayList<>();
        statements.add("CREATE VIEW " + view + (invoker ? " WITH (security_invoker = true)" : "") + " AS\nSELECT "
                + String.join(", ", list) + "\nFROM " + id(baseSchema, source));
        if (!invoker) {
            statements.add(withoutDefaultPrivileges(view));
        }
        for (Shown column : columns) {
            if (column.defaultSql() != null) {
                statements.add("ALTER VIEW " + view + " ALTER COLUMN " + id(column.name()) + " SET DEFAULT "
                        + column.defaultSql());
            }
            if (column.comment() != null) {
                statements.add(
                        "COMMENT ON COLUMN " + view + "." + id(column.name()) + " IS " + literal(column.comment()));
            }
        }
        if (comment != null) {
            statements.add("COMMENT ON VIEW " + view + " IS " + literal(comment));
        }
        grants.forEach(g -> grant(g, view).ifPresent(statements::add));
        return statements;
    }

    /** A view with its owner's rights would show whole rows to whom ALTER DEFAULT PRIVILEGES lets read new relations. */
    private static String withoutDefaultPrivileges(String view) {
        return "DO "
                + dollarQuoted("\nDECLARE\n    other text;\nBEGIN\n    FOR other IN\n"
                        + "        SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END\n"
                        + "        FROM pg_class, aclexplode(relacl)\n"
                        + "        WHERE pg_class.oid = " + literal(view)
                        + "::regclass AND grantee <> relowner\n    LOOP\n"
                        + "        EXECUTE format('REVOKE ALL ON %s FROM %s', " + literal(view) + ", other);\n"
                        + "    END LOOP;\nEND\n");
    }

    private Optional<String> grant(Grant grant, String view) {
        String column = "";
        if (!grant.column().isEmpty()) {
            Optional<Shown> shown = columns.stream()
                    .filter(c -> c.stored().equals(grant.column()))
                    .findFirst();
            if (shown.isEmpty()) {
                return Optional.empty();
            }
            column = " (" + id(shown.get().name()) + ")";
        }
        return Optional.of("GRANT " + grant.privilege() + column + " ON " + view + " TO " + grant.grantee()
                + (grant.grantable() ? " WITH GRANT OPTION" : ""));
    }
}
