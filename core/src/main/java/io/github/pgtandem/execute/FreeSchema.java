package io.github.pgtandem.execute;

import io.github.pgtandem.migration.InvalidInput;
import io.github.pgtandem.migration.Location;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedMigrations;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.StateStore;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sees to it that the schema of a version that is to be served is nobody else's. */
final class FreeSchema {

    private final JdbcTemplate jdbc;
    private final StateStore state;
    private final String base;

    FreeSchema(JdbcTemplate jdbc, StateStore state, String base) {
        this.jdbc = jdbc;
        this.state = state;
        this.base = base;
    }

    /**
     * Refuses a name that another version has, also one that is closed and still answers, or that somebody else has
     * given to a schema of his own.
     *
     * @throws io.github.pgtandem.InvalidMigrationException naming the file
     */
    void check(ParsedMigration migration) {
        String schema = Identifiers.versionSchema(base, migration.versionSchema());
        for (StateStore.Standing standing : state.standing()) {
            boolean own = standing.base().equals(base) && standing.version().equals(migration.name());
            if (standing.schema().equals(schema) && !own) {
                throw taken(
                        migration,
                        schema,
                        "as is that of version " + standing.version()
                                + (standing.base().equals(base) ? "" : " of base schema \"" + standing.base() + "\"")
                                + ", which is still there");
            }
        }
        if (isInUse(schema) && !isKnown(schema)) {
            throw taken(migration, schema, "which is there already and holds objects that pgtandem did not create");
        }
    }

    /** A schema that was kept, as somebody had put something into it, can be that of its version again. */
    private boolean isKnown(String schema) {
        return state.history().entries().stream()
                .map(History.Entry::versionSchema)
                .anyMatch(last -> Identifiers.versionSchema(base, last).equals(schema));
    }

    private boolean isInUse(String schema) {
        return Boolean.TRUE.equals(jdbc.queryForObject("""
                SELECT EXISTS (SELECT FROM pg_depend d
                               JOIN pg_namespace n ON n.oid = d.refobjid
                               WHERE d.refclassid = 'pg_namespace'::regclass AND n.nspname = ?)
                """, Boolean.class, schema));
    }

    private static RuntimeException taken(ParsedMigration migration, String schema, String why) {
        return ParsedMigrations.report(List.of(new InvalidInput(
                new Location(migration.path(), 1, 1),
                "its version schema would be named \"" + schema + "\", " + why + ".",
                "Give it another name with \"version_schema\".")));
    }
}
