package io.github.pgtandem.schema;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQL as PostgreSQL printed it, fully qualified, with the places that name tables of the version or its schema. So it
 * follows a table and a column that are renamed, without touching the author's text.
 *
 * @param parts in order
 */
public record BoundSql(List<Part> parts) {

    /** SQL that is not compiled yet. */
    public static final BoundSql NONE = new BoundSql(List.of());

    /**
     * A piece: text, a table, or the version schema. Exactly one of the three is given.
     *
     * @param text SQL, or null
     * @param source the table read here, or null
     * @param place how the version schema is written here, or null
     */
    public record Part(
            @Nullable String text,
            @Nullable Source source,
            @Nullable Place place) {

        public static Part of(String text) {
            return new Part(text, null, null);
        }

        public static Part of(Source source) {
            return new Part(null, source, null);
        }

        public static Part of(Place place) {
            return new Part(null, null, place);
        }
    }

    /** How the version schema is written. */
    public enum Place {
        /** In front of a name. */
        QUALIFIER,
        /** As a string. */
        LITERAL
    }

    /**
     * A table as the version sees it.
     *
     * @param table stored name
     * @param columns those that are read
     */
    public record Source(String table, List<Read> columns) {

        public Source {
            columns = List.copyOf(columns);
        }

        /** A select over the stored table, under the version's names. */
        String sql(String baseSchema) {
            String list = columns.stream()
                    .map(c -> id(c.stored()) + (c.name().equals(c.stored()) ? "" : " AS " + id(c.name())))
                    .collect(Collectors.joining(", "));
            return "(SELECT " + list + (list.isEmpty() ? "" : " ") + "FROM " + id(baseSchema, table) + ")";
        }
    }

    /** A column by its name in the version and its stored name. */
    public record Read(String name, String stored) {}

    public BoundSql {
        parts = List.copyOf(parts);
    }

    /** The SQL for a version schema. */
    public String in(String baseSchema, String versionSchema) {
        StringBuilder sql = new StringBuilder();
        for (Part part : parts) {
            if (part.source() != null) {
                sql.append(part.source().sql(baseSchema));
            } else if (part.place() != null) {
                sql.append(part.place() == Place.LITERAL ? literal(versionSchema) : id(versionSchema) + ".");
            } else {
                sql.append(part.text());
            }
        }
        return sql.toString();
    }

    /** Stored names of the tables it reads. */
    public Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        for (Part part : parts) {
            if (part.source() != null) {
                tables.add(part.source().table());
            }
        }
        return tables;
    }

    /** The same after a table and columns of it were renamed. */
    BoundSql renamed(String table, String to, Map<String, String> columns) {
        return new BoundSql(parts.stream()
                .map(p -> p.source() == null || !p.source().table().equals(table)
                        ? p
                        : Part.of(new Source(
                                to,
                                p.source().columns().stream()
                                        .map(c -> new Read(c.name(), columns.getOrDefault(c.stored(), c.stored())))
                                        .toList())))
                .toList());
    }
}
