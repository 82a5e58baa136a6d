package io.github.pgtandem.migration;

import java.util.List;
import java.util.Set;

/**
 * One entry of a migration.
 *
 * @param name as written, for example {@code add_column}; not checked here
 * @param location of the name
 */
public record ParsedOperation(String name, Fields fields, Location location) {

    /** The table that it is about, or empty where it names none. */
    public String table() {
        return Names.textOf(fields.mapping(), "table");
    }

    /** What it makes, renames, changes or drops, each by its name. */
    public List<String> subjects() {
        return Names.subjects(fields.mapping());
    }

    /** Every value of its own that may be the name of something that it changes. */
    public Set<String> names() {
        return Names.values(fields.mapping());
    }

    /** Every word in its values, as PostgreSQL would read it as a name. */
    public Set<String> words() {
        return Names.words(fields.mapping());
    }

    /** Whether a name occurs in any of its values, be it as a word of SQL. */
    public boolean mentions(String name) {
        return Names.occurs(fields.mapping(), name);
    }
}
