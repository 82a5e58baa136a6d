package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.NewTable;
import io.github.pgtandem.change.Renames;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Identifiers;
import io.github.pgtandem.schema.ReplicaIdentity;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Statistics;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What complete makes of one stored table: columns that only closing versions saw are dropped, names, defaults, comments
 * and NOT NULL become those of the version that is completed.
 *
 * @param schema base schema
 * @param storage the table as stored before
 * @param seen what the completed version sees of it, or empty where it has no such table
 * @param dropped stored names of the columns to drop
 * @param gone constraints that only closing versions have
 * @param renames final names
 */
record Settlement(
        String schema,
        Table storage,
        Optional<Table> seen,
        List<String> dropped,
        List<Constraint> gone,
        Renames renames) {

    static Settlement of(Model model, Version to, String stored) {
        Table storage = model.storage().findStored(stored).orElseThrow();
        Optional<Table> seen = to.tables().findStored(stored);
        if (seen.isEmpty()) {
            return new Settlement(
                    model.baseSchema(), storage, seen, List.of(), gone(model, to, stored), Renames.none(stored));
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
        Map<String, String> indexes = new LinkedHashMap<>();
        seen.get().indexes().stream()
                .filter(i -> !i.name().equals(i.stored()))
                .forEach(i -> indexes.put(i.stored(), i.name()));
        // A generated column holds those that it is computed from.
        List<String> dropped = known.stream()
                .filter(c -> !kept.contains(c))
                .sorted(Comparator.comparing(c -> storage.findStored(c)
                        .filter(d -> d.generated() == Column.Generated.EXPRESSION)
                        .isEmpty()))
                .toList();
        return new Settlement(
                model.baseSchema(),
                storage,
                seen,
                dropped,
                gone(model, to, stored),
                new Renames(stored, seen.get().name(), columns, indexes));
    }

    private static List<Constraint> gone(Model model, Version to, String stored) {
        Set<String> kept = new HashSet<>();
        to.tables().findStored(stored).ifPresent(t -> t.constraints().forEach(c -> kept.add(c.stored())));
        Map<String, Constraint> gone = new LinkedHashMap<>();
        for (Version version : model.versions().subList(0, model.position(to.name()))) {
            version.tables()
                    .findStored(stored)
                    .ifPresent(t -> t.constraints().stream()
                            .filter(c -> !kept.contains(c.stored()))
                            .forEach(c -> gone.put(c.stored(), c)));
        }
        // A key that one operation made and a later one of the same migration replaced was seen by no version.
        for (Version version : model.versions().subList(1, model.position(to.name()) + 1)) {
            version.changes().stream()
                    .filter(c -> c instanceof NewTable && stored.equals(c.table()))
                    .flatMap(c -> ((NewTable) c).definition().constraints().stream())
                    .filter(c -> !kept.contains(c.stored()))
                    .forEach(c -> gone.putIfAbsent(c.stored(), c));
        }
        return List.copyOf(gone.values());
    }

    /** Foreign keys that would keep a table or column of a settlement from being dropped; they go first. */
    List<Constraint> leadingTo(Collection<Settlement> settlements) {
        return gone.stream()
                .filter(c -> settlements.stream()
                        .anyMatch(s -> c.leadsTo(schema, s.storage.stored())
                                && (s.seen.isEmpty()
                                        || c.references().columns().stream().anyMatch(s.dropped::contains)
                                        || s.gone.stream().anyMatch(c::isKeptBy))))
                .toList();
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

    /** Tables with the stored names that complete gives to one of them, foreign keys that lead there too. */
    static Schema renamed(Schema tables, Renames renames) {
        Schema next = tables;
        for (Table table : tables.tables().values()) {
            if (table.stored().equals(renames.table())) {
                next = next.with(renamed(table, renames), table);
            } else if (table.constraints().stream().anyMatch(c -> c.leadsTo(tables.name(), renames.table()))) {
                next = next.with(constraints(table, table.stored(), renames));
            }
        }
        return next;
    }

    /** A table with the stored names that complete gives. */
    private static Table renamed(Table table, Renames renames) {
        String old = table.stored();
        Table next = table.storedAs(renames.to())
                .withAround(c -> renames.column(old, c))
                .mapColumns(c -> c.storedAs(renames.column(old, c.stored()))
                        .with(c.details().reading(renamed(old, c.details().reads(), renames))));
        next = next.withIndexes(next.indexes().stream()
                        .map(i -> i.over(renamed(old, i.columns(), renames)))
                        .toList())
                .withStatistics(next.statistics().stream()
                        .map(s -> s.over(renamed(old, s.columns(), renames)))
                        .toList());
        return constraints(next, old, renames);
    }

    private static Table constraints(Table table, String old, Renames renames) {
        return table.withConstraints(table.constraints().stream()
                .map(c -> renames.constraint(old, c))
                .toList());
    }

    private static List<String> renamed(String table, List<String> columns, Renames renames) {
        return columns.stream().map(c -> renames.column(table, c)).toList();
    }

    /** A table with the names in storage that the completed version gives to what it has. */
    Table finalNames(Table table) {
        Table completed = seen.orElseThrow();
        Map<String, String> constraints = new LinkedHashMap<>();
        Map<String, String> statistics = new LinkedHashMap<>();
        completed.constraints().forEach(c -> constraints.put(c.stored(), c.name()));
        completed.statistics().forEach(x -> statistics.put(x.stored(), x.name()));
        return table.withIndexes(table.indexes().stream()
                        .map(i -> i.storedAs(renames.indexes().getOrDefault(i.stored(), i.stored())))
                        .toList())
                .withConstraints(table.constraints().stream()
                        .map(c -> c.storedAs(constraints.getOrDefault(c.stored(), c.stored())))
                        .toList())
                .withStatistics(table.statistics().stream()
                        .map(x -> x.storedAs(statistics.getOrDefault(x.stored(), x.stored())))
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
        // A constraint goes with its columns.
        gone.stream()
                .filter(c -> c.columns().stream().noneMatch(dropped::contains))
                .forEach(c -> statements.add("ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS " + id(c.stored())));
        dropped.forEach(c -> statements.add("ALTER TABLE " + table + " DROP COLUMN " + id(c)));
        rename(
                renames.columns(),
                storage.reserved()::contains,
                (from, to) -> statements.add("ALTER TABLE " + table + " RENAME COLUMN " + id(from) + " TO " + id(to)));
        if (!renames.to().equals(storage.stored())) {
            statements.add("ALTER TABLE " + table + " RENAME TO " + id(renames.to()));
        }
        attributes(id(schema, renames.to()), seen.get(), statements);
        return statements;
    }

    /** Statements that come last, when the changes have done theirs: final names, and what hangs on them. */
    List<String> names() {
        if (seen.isEmpty()) {
            return List.of();
        }
        Table completed = seen.get();
        String table = id(schema, renames.to());
        List<String> statements = new ArrayList<>();
        Map<String, String> constraints = new LinkedHashMap<>();
        completed.constraints().forEach(c -> constraints.put(c.stored(), c.name()));
        rename(constraints, storage.reserved()::contains, (from, to) -> {
            statements.add("ALTER TABLE " + table + " RENAME CONSTRAINT " + id(from) + " TO " + id(to));
            partitions(table, from, to).ifPresent(statements::add);
        });
        Map<String, String> indexes = new LinkedHashMap<>();
        completed.indexes().stream().filter(i -> !completed.isOwned(i)).forEach(i -> indexes.put(i.stored(), i.name()));
        rename(
                indexes,
                name -> completed.index(name).isPresent(),
                (from, to) -> statements.add("ALTER INDEX " + id(schema, from) + " RENAME TO " + id(to)));
        for (Statistics statistics : completed.statistics()) {
            if (!statistics.stored().equals(statistics.name())) {
                statements.add("ALTER STATISTICS " + id(statistics.schema(), statistics.stored()) + " RENAME TO "
                        + id(statistics.name()));
            }
        }
        replicaIdentity(completed, table).ifPresent(statements::add);
        if (completed.clustered() != null && isNew(completed, completed.clustered(), storage.clustered())) {
            statements.add("ALTER TABLE " + table + " CLUSTER ON " + id(completed.clustered()));
        }
        return statements;
    }

    /** Foreign keys are the only ones that partitions call by the name of the whole's and PostgreSQL does not rename. */
    private Optional<String> partitions(String table, String from, String to) {
        boolean foreign = storage.around().partitioning().isPartitioned()
                && seen.orElseThrow().constraints().stream()
                        .anyMatch(c -> c.stored().equals(from) && c.kind() == Constraint.Kind.FOREIGN_KEY);
        return foreign && from.startsWith(Identifiers.PREFIX)
                ? Optional.of("SELECT pgtandem.rename_partition_constraints("
                        + String.join(", ", literal(table), literal(from), literal(to)) + ")")
                : Optional.empty();
    }

    private Optional<String> replicaIdentity(Table completed, String table) {
        ReplicaIdentity wanted = completed.replicaIdentity();
        boolean same = wanted.kind() == storage.replicaIdentity().kind()
                && (wanted.index() == null
                        || !isNew(
                                completed,
                                wanted.index(),
                                storage.replicaIdentity().index()));
        String how = wanted.kind() == ReplicaIdentity.Kind.INDEX
                ? "USING INDEX " + id(String.valueOf(wanted.index()))
                : wanted.kind().name();
        return same ? Optional.empty() : Optional.of("ALTER TABLE " + table + " REPLICA IDENTITY " + how);
    }

    /** Whether another stored index stands behind a name than the one that storage has it from. */
    private static boolean isNew(Table completed, String index, @Nullable String storedIndex) {
        return completed
                .index(index)
                .filter(i -> i.stored().equals(storedIndex))
                .isEmpty();
    }

    /** Renames in an order in which each name is free; where they form a ring, one goes by a name in between. */
    private static void rename(
            Map<String, String> names, Predicate<String> taken, BiConsumer<String, String> statement) {
        Map<String, String> open = new LinkedHashMap<>(names);
        open.entrySet().removeIf(e -> e.getKey().equals(e.getValue()));
        while (!open.isEmpty()) {
            Optional<String> free = open.keySet().stream()
                    .filter(c -> !open.containsKey(open.get(c)))
                    .findFirst();
            String from = free.orElse(open.keySet().iterator().next());
            String to = free.isPresent() ? String.valueOf(open.remove(from)) : Identifiers.generated(from, taken);
            statement.accept(from, to);
            if (free.isEmpty()) {
                open.put(to, String.valueOf(open.remove(from)));
            }
        }
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
