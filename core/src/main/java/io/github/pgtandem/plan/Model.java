package io.github.pgtandem.plan;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Everything that planning needs to know of a base schema.
 *
 * @param storage the tables as they are stored
 * @param versions the base version and every version above it, oldest first
 * @param retired versions that were closed and still have a schema
 */
public record Model(Schema storage, List<Version> versions, List<Retired> retired) {

    public Model {
        versions = List.copyOf(versions);
        retired = List.copyOf(retired);
    }

    public String baseSchema() {
        return storage.name();
    }

    public Version base() {
        return versions.get(0);
    }

    public Version newest() {
        return versions.get(versions.size() - 1);
    }

    public Optional<Version> find(String version) {
        return versions.stream().filter(v -> v.name().equals(version)).findFirst();
    }

    int position(String version) {
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).name().equals(version)) {
                return i;
            }
        }
        throw new IllegalArgumentException("version " + version + " is not live");
    }

    /** Translations on a table, in the order of their migrations. */
    List<Link> links(String stored) {
        return versions.stream()
                .flatMap(v -> v.links().stream())
                .filter(l -> l.table().equals(stored))
                .toList();
    }

    /** Stored names of the tables that some version sees differently from how they are stored, or not at all. */
    public Set<String> touched() {
        Set<String> touched = new LinkedHashSet<>();
        for (Version version : versions) {
            for (Table table : version.tables().tables().values()) {
                if (storage.tables().get(table.stored()) != table) {
                    touched.add(table.stored());
                }
            }
        }
        for (Table table : storage.tables().values()) {
            if (versions.stream()
                    .anyMatch(v -> v.tables().findStored(table.stored()).isEmpty())) {
                touched.add(table.stored());
            }
        }
        return touched;
    }

    /**
     * The same with nothing kept that storage tells: where one version is left, or every version sees a table as it is
     * stored, the stored table stands for all.
     */
    public Model normalized() {
        if (versions.size() == 1) {
            Schema seen = storage.withObjects(base().tables().objects());
            return new Model(storage, List.of(base().seeing(seen).settled()), retired);
        }
        Model next = this;
        for (String stored : touched()) {
            Optional<Table> table = storage.findStored(stored);
            if (table.isPresent()
                    && versions.stream()
                            .allMatch(v -> v.tables()
                                    .findStored(stored)
                                    .filter(t -> sameAsStored(t, table.get()))
                                    .isPresent())) {
                next = next.mapVersions(v -> v.seeing(v.tables().with(table.get())));
            }
        }
        return next;
    }

    /** The same with what the catalogue says now of columns where no migration changes it. */
    public Model refreshed() {
        return SetByHand.seenBy(this);
    }

    private static boolean sameAsStored(Table seen, Table stored) {
        return seen.name().equals(stored.name())
                && seen.columns().equals(stored.columns())
                && seen.indexes().equals(stored.indexes())
                && seen.constraints().equals(stored.constraints())
                && seen.replicaIdentity().equals(stored.replicaIdentity());
    }

    /** The same with types and defaults of new columns as PostgreSQL writes them, once they are stored. */
    public Model canonical() {
        Model next = mapVersions(v -> v.changed(c -> c.canonical(storage)));
        for (Version version : versions) {
            for (Change change : version.changes()) {
                for (Column column : change.columns()) {
                    next = next.canonical(String.valueOf(change.table()), column);
                }
            }
        }
        return next;
    }

    private Model canonical(String table, Column made) {
        Optional<Column> stored = storage.findStored(table).flatMap(t -> t.findStored(made.stored()));
        return stored.isEmpty()
                ? this
                : mapVersions(v -> v.tables()
                        .findStored(table)
                        .map(t -> v.seeing(v.tables().with(t.mapColumns(c -> c.canonical(made, stored.get())))))
                        .orElse(v));
    }

    Model mapVersions(UnaryOperator<Version> change) {
        return new Model(storage, versions.stream().map(change).toList(), retired);
    }

    Model withoutLinks(String stored) {
        return mapVersions(v -> new Version(
                v.name(),
                v.schema(),
                v.tables(),
                v.changes(),
                v.links().stream().filter(l -> !l.table().equals(stored)).toList()));
    }

    Model storing(Schema newStorage) {
        return new Model(newStorage, versions, retired);
    }

    Model plus(List<Version> more) {
        List<Version> next = new ArrayList<>(versions);
        next.addAll(more);
        return new Model(storage, next, retired);
    }

    /** The same with every retired version given what it lacks. */
    Model retiring(BiFunction<Retired, Model, Retired> change) {
        return new Model(
                storage,
                versions,
                retired.stream().map(r -> change.apply(r, this)).toList());
    }

    Model keepingRetired(Predicate<Retired> which) {
        return new Model(storage, versions, retired.stream().filter(which).toList());
    }

    Model keeping(List<Version> newVersions, List<Retired> newRetired) {
        return new Model(storage, newVersions, newRetired);
    }
}
