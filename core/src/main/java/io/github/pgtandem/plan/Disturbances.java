package io.github.pgtandem.plan;

import io.github.pgtandem.operation.InvalidOperation;
import io.github.pgtandem.operation.Sync;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Reference;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses operations that would disturb what goes on beside them: a translation that reads another table by its stored
 * names, or roles that an overlay would cut off.
 */
final class Disturbances {

    private final Schema storage;
    private final List<Link> links = new ArrayList<>();
    private final List<Schema> versions = new ArrayList<>();
    private String migration = "";

    Disturbances(Model model) {
        this.storage = model.storage();
        model.versions().forEach(v -> links.addAll(v.links()));
        versions.add(storage);
        model.versions().forEach(v -> versions.add(v.tables()));
    }

    /** Whether a table is there already. */
    boolean isStored(String table) {
        return storage.findStored(table).isPresent();
    }

    /** A translation whose subqueries read a table that is in flight would lose its names when that is settled. */
    void add(Link link, Sync sync, Schema current) {
        for (String read : link.expression().tables()) {
            Optional<Table> stored = storage.findStored(read);
            if (stored.isPresent()
                    && !read.equals(link.table())
                    && isDisturbed(stored.get(), current.findStored(read))) {
                throw new InvalidOperation(
                        sync.field(),
                        sync.field() + " reads table \"" + read + "\", which a migration that is not completed renames,"
                                + " drops, or changes.",
                        "Ship this migration once that one is completed.");
            }
        }
        links.add(link);
    }

    /** Looks at what an operation of a migration has done to the schema. */
    void check(String of, Schema before, Schema after) {
        if (!of.equals(migration)) {
            migration = of;
            versions.add(before);
        }
        for (Table table : before.tables().values()) {
            Optional<Table> next = after.findStored(table.stored());
            if (next.orElse(null) == table) {
                continue;
            }
            if (isDisturbed(table, next)) {
                refuseWhereRead(of, table);
            }
            next.ifPresent(t -> refuseLostIdentity(table, t));
            if (next.isPresent() && !looksTheSame(table, next.get())) {
                refuseColumnGrants(table);
            }
        }
        after.tables().values().stream()
                .filter(t -> t.around().partitioning().isPartitioned())
                .forEach(t -> refuseLeadingToGone(t, after));
    }

    /**
     * PostgreSQL hangs a foreign key on the oldest key over the columns. When that one goes, the foreign key is made anew
     * without a look at the rows, which PostgreSQL before 18 cannot over partitions.
     */
    private void refuseLeadingToGone(Table table, Schema after) {
        for (Constraint key : table.constraints()) {
            Reference to = key.references();
            if (to == null || !to.schema().equals(after.name())) {
                continue;
            }
            List<Constraint> kept =
                    after.findStored(to.table()).map(Table::constraints).orElse(List.of());
            versions.stream()
                    .flatMap(v -> v.findStored(to.table()).stream())
                    .flatMap(t -> t.constraints().stream())
                    .filter(c -> key.isKeptBy(c)
                            && kept.stream().noneMatch(k -> k.stored().equals(c.stored())))
                    .findFirst()
                    .ifPresent(c -> {
                        throw new InvalidOperation(
                                "",
                                "foreign key \"" + key.name() + "\" of table \"" + table.name()
                                        + "\", which is partitioned, leads to the columns of constraint \"" + c.name()
                                        + "\", which complete drops. It cannot go over to another key beside writers.",
                                "Drop the foreign key in an operation before this one, and add it again in a later"
                                        + " release, once this one is completed.");
                    });
        }
    }

    /** PostgreSQL takes no index for it that is gone, or whose columns may be null. */
    private static void refuseLostIdentity(Table before, Table after) {
        String name = after.replicaIdentity().index();
        Optional<Index> known = before.index(String.valueOf(name));
        if (known.isEmpty()) {
            return;
        }
        boolean kept = after.index(String.valueOf(name))
                .filter(i -> nullable(after, i) <= nullable(before, known.get()))
                .isPresent();
        if (!kept) {
            throw new InvalidOperation(
                    "table",
                    "index \"" + name + "\" is the replica identity of table \"" + after.name()
                            + "\", and cannot be without this column, or with nulls in it.",
                    "Choose another one first:\n    - set_replica_identity: {table: " + after.name()
                            + ", identity: {type: default}}");
        }
    }

    private static long nullable(Table table, Index index) {
        return index.columns().stream()
                .flatMap(c -> table.findStored(c).stream())
                .filter(Column::nullable)
                .count();
    }

    private static boolean isDisturbed(Table table, Optional<Table> next) {
        return next.isEmpty()
                || !next.get().name().equals(table.name())
                || table.columns().stream()
                        .anyMatch(c -> next.get()
                                .findStored(c.stored())
                                .filter(n -> n.name().equals(c.name()))
                                .isEmpty());
    }

    private static boolean looksTheSame(Table table, Table next) {
        return table.name().equals(next.name())
                && table.columns().stream()
                        .map(Column::stored)
                        .toList()
                        .equals(next.columns().stream().map(Column::stored).toList());
    }

    private void refuseWhereRead(String migration, Table table) {
        for (Link link : links) {
            boolean own =
                    link.table().equals(table.stored()) && link.migration().equals(migration);
            if (!own && link.expression().tables().contains(table.stored())) {
                throw new InvalidOperation(
                        "",
                        "up or down of migration " + link.migration() + " reads table \"" + table.name()
                                + "\" in a subquery, and needs it as it is until that migration is completed.",
                        "Ship this operation in a release of its own, once " + link.migration() + " is completed.");
            }
        }
    }

    /** Such a table is read through views with their owner's rights, for which row-level security does not hold. */
    private static void refuseColumnGrants(Table table) {
        Set<String> roles = table.around().rolesOfColumns();
        if (table.around().rowSecurity() && !roles.isEmpty()) {
            throw new InvalidOperation(
                    "table",
                    "table \"" + table.name() + "\" has row-level security, and grants privileges on single columns to "
                            + String.join(", ", roles)
                            + ". While versions see the table differently it is read through a view, which can keep one"
                            + " of the two.",
                    "Grant the privileges on the whole table, or give these roles a view of their own.");
        }
    }
}
