package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Table;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/** Empty temporary copies of tables, each as a version sees it. */
final class Twins {

    private final JdbcTemplate jdbc;
    private final Schema storage;
    private final String token;
    private final Set<AlteredEnum> enums = new LinkedHashSet<>();

    /** @param token what no name of the user's contains */
    Twins(JdbcTemplate jdbc, Schema storage, String token) {
        this.jdbc = jdbc;
        this.storage = storage;
        this.token = token;
    }

    void searchPath(String path) {
        jdbc.queryForObject("SELECT set_config('search_path', ?, true)", String.class, path);
    }

    /** Does work and undoes what it did. */
    <T> T undone(Supplier<T> work) {
        jdbc.execute("SAVEPOINT pgtandem_compile");
        T result = work.get();
        jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_compile");
        jdbc.execute("RELEASE SAVEPOINT pgtandem_compile");
        return result;
    }

    /** An enum type is in the version's schema from now on, where an author's SQL finds it. */
    void add(AlteredEnum type) {
        enums.add(type);
    }

    Set<AlteredEnum> enums() {
        return Set.copyOf(enums);
    }

    /** Forgets enum types that are not there any more. */
    void keep(Set<AlteredEnum> known) {
        enums.retainAll(known);
    }

    /** A type's name here. */
    String named(String type) {
        return enums.stream()
                .filter(e -> e.made().equals(type))
                .map(AlteredEnum::served)
                .findFirst()
                .orElse(type);
    }

    /** Gives a twin and its columns names that occur nowhere else, and enum types those that they are stored under. */
    void byToken(Table table) {
        String twin = id("pg_temp", table.name());
        for (int i = 0; i < table.columns().size(); i++) {
            jdbc.execute("ALTER TABLE " + twin + " RENAME COLUMN "
                    + id(table.columns().get(i).name()) + " TO " + token + "_" + i + "_");
        }
        jdbc.execute("ALTER TABLE " + twin + " RENAME TO " + token + "_row");
        for (AlteredEnum type : enums) {
            jdbc.execute("ALTER TYPE " + type.served() + " RENAME TO " + id(type.stored()));
            jdbc.execute("ALTER TYPE " + id(type.place(), type.stored()) + " SET SCHEMA " + id(type.base()));
        }
    }

    /** Makes the twin of a table unless it is there already. */
    void prepare(Table table) {
        String twin = id("pg_temp", table.name());
        Boolean there = jdbc.queryForObject("SELECT to_regclass(" + literal(twin) + ") IS NOT NULL", Boolean.class);
        if (!Boolean.TRUE.equals(there)) {
            copy(table, storage.findStored(table.stored()).orElseThrow(), twin);
        }
    }

    private void copy(Table table, Table physical, String twin) {
        jdbc.execute("CREATE TABLE " + twin + " (LIKE " + id(storage.name(), table.stored())
                + " INCLUDING ALL EXCLUDING INDEXES EXCLUDING STATISTICS)");
        Set<String> kept = indexedConstraints(table, physical, twin);
        for (Index index : table.indexes()) {
            physical.indexes().stream()
                    .filter(i -> i.stored().equals(index.stored()) && !kept.contains(i.stored()))
                    .forEach(i -> jdbc.execute("CREATE " + (i.unique() ? "UNIQUE " : "") + "INDEX " + id(index.name())
                            + " ON " + twin + " " + i.definition()));
        }
        for (Statistics statistics : table.statistics()) {
            physical.statistics().stream()
                    .filter(s -> s.stored().equals(statistics.stored()))
                    .forEach(s -> jdbc.execute("CREATE STATISTICS " + id("pg_temp", statistics.name()) + " "
                            + s.definition() + " FROM " + twin));
        }
        checks(table, physical, twin);
        columns(table, physical, twin);
    }

    /** Those that PostgreSQL keeps by an index; one that is in flight is an index only. */
    private Set<String> indexedConstraints(Table table, Table physical, String twin) {
        Set<String> kept = new HashSet<>();
        for (Constraint stored : physical.constraints()) {
            if (!stored.kind().isIndexed()) {
                continue;
            }
            kept.add(stored.stored());
            table.constraints().stream()
                    .filter(c -> c.stored().equals(stored.stored()))
                    .forEach(c -> jdbc.execute(
                            "ALTER TABLE " + twin + " ADD CONSTRAINT " + id(c.name()) + " " + stored.sql()));
        }
        return kept;
    }

    private void checks(Table table, Table physical, String twin) {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (Constraint stored : physical.constraints()) {
            if (stored.kind() != Constraint.Kind.CHECK) {
                continue;
            }
            String seen = table.constraints().stream()
                    .filter(c -> c.stored().equals(stored.stored()))
                    .map(Constraint::name)
                    .findFirst()
                    .orElse(null);
            if (seen == null) {
                jdbc.execute("ALTER TABLE " + twin + " DROP CONSTRAINT " + id(stored.stored()));
            } else if (!seen.equals(stored.stored())) {
                renamed.put(stored.stored(), seen);
            }
        }
        // In two moves, as names may go round in a ring, or be those of checks that the version does without.
        String alter = "ALTER TABLE " + twin + " RENAME CONSTRAINT ";
        List<String> names = List.copyOf(renamed.keySet());
        names.forEach(n -> jdbc.execute(alter + id(n) + " TO " + id("_pgtandem_twin_" + names.indexOf(n))));
        names.forEach(
                n -> jdbc.execute(alter + id("_pgtandem_twin_" + names.indexOf(n)) + " TO " + id(renamed.get(n))));
    }

    private void columns(Table table, Table physical, String twin) {
        for (Column stored : physical.columns()) {
            if (table.findStored(stored.stored()).isEmpty()) {
                // A generated column goes with those that it is computed from.
                jdbc.execute("ALTER TABLE " + twin + " DROP COLUMN IF EXISTS " + id(stored.stored()) + " CASCADE");
            }
        }
        List<Column> renamed = table.columns().stream()
                .filter(c -> !c.name().equals(c.stored()))
                .toList();
        // In two moves, as names may go round in a ring.
        for (int i = 0; i < renamed.size(); i++) {
            rename(twin, renamed.get(i).stored(), "_pgtandem_twin_" + i);
        }
        for (int i = 0; i < renamed.size(); i++) {
            rename(twin, "_pgtandem_twin_" + i, renamed.get(i).name());
        }
        for (Column column : table.columns()) {
            Column stored = physical.findStored(column.stored()).orElseThrow();
            String alter = "ALTER TABLE " + twin + " ALTER COLUMN " + id(column.name());
            if (!column.nullable() && stored.nullable()) {
                jdbc.execute(alter + " SET NOT NULL");
            }
            if (!Objects.equals(column.defaultSql(), stored.defaultSql())) {
                jdbc.execute(alter
                        + (column.defaultSql() == null ? " DROP DEFAULT" : " SET DEFAULT " + column.defaultSql()));
            }
        }
    }

    private void rename(String twin, String from, String to) {
        jdbc.execute("ALTER TABLE " + twin + " RENAME COLUMN " + id(from) + " TO " + id(to));
    }
}
