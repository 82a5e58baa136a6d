package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.Renames;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What complete makes of one stored table: columns that only closing versions saw are dropped, names, defaults, comments
 * and NOT NULL become those of the version that is completed.
 *
 * @param schema base schema
 * @param storage the table as stored before
 * @param seen what the completed version sees of it, or empty where it has no such table
 * @param dropped stored names of the columns to drop
 * @param renames final names
 */
record Settlement(String schema, Table storage, Optional<Table> seen, List<String> dropped, Renames renames) {

    static Settlement of(Model model, Version to, String stored) {
        Table storage = model.storage().findStored(stored).orElseThrow();
        Optional<Table> seen = to.tables().findStored(stored);
        if (seen.isEmpty()) {
            return new Settlement(model.baseSchema(), storage, seen, List.of(), new Renames(stored, stored, Map.of()));
        }
        Set<String> known = new LinkedHashSet<>();
        for (Version version : model.versions().subList(0, model.position(to.name()))) {
            version.tables().findStored(stored).ifPresent(t -> t.columns().forEach(c -> known.add(c.stored())));
        }
        // A column that one operation made and a later one of the same migration replaced was seen by no version.
        for (Version version : model.versions().subList(1, model.position(to.name()) + 1)) {
            for (Change change : version.changes()) {
                if (stored.equals(change.table())) {
                    change.columns().forEach(c -> known.add(c.stored()));
                }
            }
        }
        Set<String> kept = new LinkedHashSet<>();
        Map<String, String> columns = new LinkedHashMap<>();
        for (Column column : seen.get().columns()) {
            kept.add(column.stored());
            if (!column.name().equals(column.stored())) {
                columns.put(column.stored(), column.name());
            }
        }
        List<String> dropped = known.stream().filter(c -> !kept.contains(c)).toList();
        return new Settlement(
                model.baseSchema(),
                storage,
                seen,
                dropped,
                new Renames(stored, seen.get().name(), columns));
    }

    /** Storage afterwards. */
    Optional<Table> after() {
        return seen.map(t -> {
            List<Column> columns = new ArrayList<>();
            for (Column physical : storage.columns()) {
                if (dropped.contains(physical.stored())) {
                    continue;
                }
                String name = renames.column(storage.stored(), physical.stored());
                columns.add(t.findStored(physical.stored())
                        .orElse(physical)
                        .storedAs(name)
                        .named(name));
            }
            return finalNames(renamed(t, renames)).named(renames.to()).withColumns(columns);
        });
    }

    /** A table with the stored names that complete gives. */
    static Table renamed(Table table, Renames renames) {
        String old = table.stored();
        Table next = table.storedAs(renames.to()).mapColumns(c -> c.storedAs(renames.column(old, c.stored())));
        return next.withIndexes(next.indexes().stream()
                        .map(i -> i.over(renamed(old, i.columns(), renames)))
                        .toList())
                .withConstraints(next.constraints().stream()
                        .map(c -> c.over(renamed(old, c.columns(), renames)))
                        .toList());
    }

    private static List<String> renamed(String table, List<String> columns, Renames renames) {
        return columns.stream().map(c -> renames.column(table, c)).toList();
    }

    /** A table with the final names of the indexes and constraints that the completed version has. */
    Table finalNames(Table table) {
        Table completed = seen.orElseThrow();
        return table.withIndexes(table.indexes().stream()
                        .map(i -> completed.indexes().stream()
                                        .anyMatch(c -> c.stored().equals(i.stored()))
                                ? i.settled()
                                : i)
                        .toList())
                .withConstraints(table.constraints().stream()
                        .map(i -> completed.constraints().stream()
                                        .anyMatch(c -> c.stored().equals(i.stored()))
                                ? i.settled()
                                : i)
                        .toList());
    }

    /** Statements that take storage there, but for the changes' own. */
    List<String> statements() {
        String table = id(schema, storage.stored());
        List<String> statements = new ArrayList<>();
        if (seen.isEmpty()) {
            statements.add("DROP TABLE IF EXISTS " + table);
            return statements;
        }
        dropped.forEach(c -> statements.add("ALTER TABLE " + table + " DROP COLUMN " + id(c)));
        statements.addAll(renameColumns(table));
        if (!renames.to().equals(storage.stored())) {
            statements.add("ALTER TABLE " + table + " RENAME TO " + id(renames.to()));
        }
        attributes(id(schema, renames.to()), seen.get(), statements);
        return statements;
    }

    /** Renames in an order in which each name is free; where they form a ring, one goes by a name in between. */
    private List<String> renameColumns(String table) {
        Map<String, String> open = new LinkedHashMap<>(renames.columns());
        List<String> statements = new ArrayList<>();
        while (!open.isEmpty()) {
            Optional<String> free = open.keySet().stream()
                    .filter(c -> !open.containsKey(open.get(c)))
                    .findFirst();
            String from = free.orElse(open.keySet().iterator().next());
            String to = free.isPresent()
                    ? String.valueOf(open.remove(from))
                    : Identifiers.generated(from, name -> storage.reserved().contains(name));
            statements.add("ALTER TABLE " + table + " RENAME COLUMN " + id(from) + " TO " + id(to));
            if (free.isEmpty()) {
                open.put(to, String.valueOf(open.remove(from)));
            }
        }
        return statements;
    }

    private void attributes(String table, Table completed, List<String> statements) {
        for (Column column : completed.columns()) {
            Column physical = storage.findStored(column.stored()).orElseThrow();
            String alter = "ALTER TABLE " + table + " ALTER COLUMN " + id(column.name());
            if (!Objects.equals(column.defaultSql(), physical.defaultSql())) {
                statements.add(alter
                        + (column.defaultSql() == null ? " DROP DEFAULT" : " SET DEFAULT " + column.defaultSql()));
            }
            if (column.nullable() && !physical.nullable()) {
                statements.add(alter + " DROP NOT NULL");
            }
            if (!Objects.equals(column.comment(), physical.comment())) {
                statements.add("COMMENT ON COLUMN " + table + "." + id(column.name()) + " IS "
                        + (column.comment() == null ? "NULL" : literal(column.comment())));
            }
        }
    }
}
