package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.BoundSql;
import io.github.pgtandem.schema.BoundSql.Part;
import io.github.pgtandem.schema.BoundSql.Place;
import io.github.pgtandem.schema.BoundSql.Source;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import io.github.pgtandem.schema.VersionedView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Schemas that stand for a version's: one for its views and functions, and one with an empty table for each that the
 * version sees differently from how it is stored. For functions, of which PostgreSQL does not note what they read, a third
 * has a table without columns for each stored name that the version does not know.
 */
final class VersionCopy {

    private final JdbcTemplate jdbc;
    private final Schema storage;
    private final Schema version;
    private final String objects;
    private final String copies;
    private final String unknown;
    private final Pattern places;
    private List<Table> tables = List.of();

    VersionCopy(JdbcTemplate jdbc, Schema storage, Schema version, String token) {
        this.jdbc = jdbc;
        this.storage = storage;
        this.version = version;
        this.objects = token + "v";
        this.copies = token + "t";
        this.unknown = token + "u";
        // PostgreSQL prints its own words in capitals, so that what else follows a table is an alias.
        this.places = Pattern.compile("'" + objects + "', '" + copies + "', '" + unknown + "'|" + objects + "\\.|"
                + copies + "\\.(?<table>[a-z_][a-z0-9_]*|\"(?:[^\"]|\"\")+\")(?<alias>(?= [a-z_\"]))?");
    }

    void prepare() {
        jdbc.execute("CREATE SCHEMA " + objects);
        jdbc.execute("CREATE SCHEMA " + copies);
        jdbc.execute("CREATE SCHEMA " + unknown);
        version.tables().values().stream()
                .filter(t -> storage.tables().get(t.stored()) != t)
                .forEach(this::add);
        unknown().forEach(stored -> jdbc.execute("CREATE TABLE " + id(unknown, stored) + " ()"));
        searchPath(path());
    }

    /** Stored names that the version does not know. */
    List<String> unknown() {
        return storage.tables().keySet().stream()
                .filter(stored -> version.find(stored).isEmpty())
                .toList();
    }

    private String path() {
        return objects + ", " + copies + ", " + id(storage.name()) + ", pg_temp";
    }

    /** Puts an empty table there, under the version's names, for one that is stored as the version sees it. */
    void add(Table table) {
        String columns =
                table.columns().stream().map(c -> id(c.name()) + " " + c.type()).collect(Collectors.joining(", "));
        withPath(id(storage.name()) + ", pg_temp", () -> {
            jdbc.execute("CREATE TABLE " + id(copies, table.name()) + " (" + columns + ")");
            return "";
        });
        List<Table> next = new ArrayList<>(tables);
        next.add(table);
        tables = List.copyOf(next);
    }

    /** The tables that are there; a savepoint that is rolled back takes later ones with it. */
    List<Table> tables() {
        return tables;
    }

    void forgetAllBut(List<Table> known) {
        tables = known;
    }

    Schema version() {
        return version;
    }

    Schema storage() {
        return storage;
    }

    /** Where the views and functions are. */
    String objects() {
        return objects;
    }

    /** Where the tables are. */
    String copies() {
        return copies;
    }

    /** A view or function by its whole name. */
    String qualified(String name) {
        return id(objects, name);
    }

    /** What PostgreSQL tells with every name qualified. */
    <T> T qualifying(Supplier<T> work) {
        return withPath("", work);
    }

    /** Where nothing is found but what the version knows. */
    <T> T knowing(Supplier<T> work) {
        return withPath(objects + ", " + copies + ", " + unknown + ", " + id(storage.name()) + ", pg_temp", work);
    }

    /** What PostgreSQL tells in the author's words. */
    <T> T seeing(Supplier<T> work) {
        return withPath(path(), work);
    }

    private <T> T withPath(String path, Supplier<T> work) {
        String before = jdbc.queryForObject("SELECT current_setting('search_path')", String.class);
        searchPath(path);
        T result = work.get();
        searchPath(String.valueOf(before));
        return result;
    }

    private void searchPath(String path) {
        jdbc.queryForObject("SELECT set_config('search_path', ?, true)", String.class, path);
    }

    /** Columns of a view in it. */
    List<VersionedView.Shown> columns(String relation) {
        return qualifying(() -> jdbc.query(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = "
                        + literal(relation) + "::regclass AND attnum > 0 ORDER BY attnum",
                (row, n) -> new VersionedView.Shown(row.getString(1), row.getString(2))));
    }

    /** A text that reads none of the tables. */
    BoundSql bound(String text) {
        return bound(text, table -> {
            throw new IllegalStateException("a function's head names a table: " + text);
        });
    }

    /** Takes what PostgreSQL printed apart at the places that name these schemas. */
    BoundSql bound(String text, Function<Table, Source> source) {
        Matcher place = places.matcher(text);
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (place.find()) {
            if (place.start() > from) {
                parts.add(Part.of(text.substring(from, place.start())));
            }
            from = place.end();
            if (place.group("table") == null) {
                parts.add(Part.of(place.group().startsWith("'") ? Place.LITERAL : Place.QUALIFIER));
                continue;
            }
            parts.add(Part.of(source.apply(table(place.group("table")))));
            if (place.group("alias") == null) {
                parts.add(Part.of(" " + place.group("table")));
            }
        }
        if (from < text.length()) {
            parts.add(Part.of(text.substring(from)));
        }
        return new BoundSql(parts);
    }

    private Table table(String printed) {
        String name = printed.startsWith("\"")
                ? printed.substring(1, printed.length() - 1).replace("\"\"", "\"")
                : printed;
        return tables.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }
}
