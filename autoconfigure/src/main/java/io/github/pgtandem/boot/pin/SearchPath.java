package io.github.pgtandem.boot.pin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list of schemas as {@code currentSchema} and {@code search_path} hold it.
 *
 * @param schemas their names, unquoted and as PostgreSQL folds them
 */
record SearchPath(List<String> schemas) {

    static final SearchPath NONE = new SearchPath(List.of());

    /** Stands for a schema named like the user, where there is one. */
    static final String USER = "$user";

    private static final Pattern ENTRY = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))\\s*(?:,|$)");

    SearchPath {
        schemas = List.copyOf(schemas);
    }

    /** Reads a list; each name quoted or not. */
    static SearchPath parse(@Nullable String list) {
        if (list == null || list.isBlank()) {
            return NONE;
        }
        List<String> schemas = new ArrayList<>();
        Matcher entry = ENTRY.matcher(list);
        while (entry.find() && entry.end() > entry.start()) {
            String quoted = entry.group(1);
            String name = quoted != null
                    ? quoted.replace("\"\"", "\"")
                    : entry.group(2).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                schemas.add(name);
            }
        }
        return new SearchPath(schemas);
    }

    /** One schema whose name is given as it is. */
    static SearchPath of(String schema) {
        return new SearchPath(List.of(schema));
    }

    boolean isEmpty() {
        return schemas.isEmpty();
    }

    /** The same list without a schema. */
    SearchPath without(String schema) {
        return new SearchPath(
                schemas.stream().filter(name -> !name.equals(schema)).toList());
    }

    /** Each name quoted. */
    @Override
    public String toString() {
        return schemas.stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", "));
    }
}
