package io.github.pgtandem.random;

import io.github.pgtandem.random.Shape.Column;
import io.github.pgtandem.random.Shape.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the rows must be, in plain Java: every value that some live version sees, and the rules between them. */
final class Plain {

    /**
     * A version with what its migration has brought, by table.
     *
     * @param byHand statements that somebody would write instead of the migration
     */
    record Version(String name, List<Shape> shapes, List<List<Link>> links, List<String> byHand) {

        Version settled() {
            return new Version(
                    name, shapes, links.stream().map(l -> List.<Link>of()).toList(), List.of());
        }
    }

    private final List<Version> versions = new ArrayList<>();
    private final List<TreeMap<Long, Map<Slot, @Nullable Long>>> rows = new ArrayList<>();

    Plain(Version base) {
        versions.add(base);
        base.shapes().forEach(s -> rows.add(new TreeMap<>()));
    }

    /** The base version and those above it. */
    List<Version> versions() {
        return List.copyOf(versions);
    }

    Version newest() {
        return versions.get(versions.size() - 1);
    }

    int position(String version) {
        return versions.stream().map(Version::name).toList().indexOf(version);
    }

    Set<Long> ids(int table) {
        return rows.get(table).keySet();
    }

    void expand(List<Version> added) {
        versions.addAll(added);
        for (Version version : added) {
            for (int table = 0; table < rows.size(); table++) {
                for (Link link : version.links().get(table)) {
                    if (link.up()) {
                        rows.get(table).values().forEach(link::run);
                    }
                }
            }
        }
    }

    void complete(String to) {
        versions.subList(0, position(to)).clear();
        versions.set(0, versions.get(0).settled());
        forget();
    }

    void rollback(String to) {
        versions.subList(position(to) + 1, versions.size()).clear();
        forget();
    }

    /** What no version sees any more, and none that it sees is made of. */
    private void forget() {
        for (int table = 0; table < rows.size(); table++) {
            Set<Slot> kept = new HashSet<>();
            for (Version version : versions) {
                version.shapes().get(table).columns().forEach(c -> kept.add(c.slot()));
                version.links().get(table).forEach(l -> {
                    kept.add(l.target());
                    kept.addAll(l.reads());
                });
            }
            rows.get(table).values().forEach(row -> row.keySet().retainAll(kept));
        }
    }

    /** What an instance of a version inserts; a column that it does not name gets the default. */
    void insert(String version, int table, long id, Map<Column, @Nullable Long> values) {
        Map<Slot, @Nullable Long> row = new HashMap<>();
        for (Column column : versions.get(position(version)).shapes().get(table).columns()) {
            row.put(column.slot(), values.containsKey(column) ? values.get(column) : column.otherwise());
        }
        translate(version, table, row, null);
        rows.get(table).put(id, row);
    }

    void update(String version, int table, long id, Map<Column, @Nullable Long> values) {
        Map<Slot, @Nullable Long> before = rows.get(table).get(id);
        if (before == null) {
            return;
        }
        Map<Slot, @Nullable Long> row = new HashMap<>(before);
        values.forEach((column, value) -> row.put(column.slot(), value));
        translate(version, table, row, before);
        rows.get(table).put(id, row);
    }

    void delete(int table, long id) {
        rows.get(table).remove(id);
    }

    private void translate(
            String version, int table, Map<Slot, @Nullable Long> row, @Nullable Map<Slot, @Nullable Long> before) {
        int writer = position(version);
        for (Version later : versions.subList(writer + 1, versions.size())) {
            for (Link link : later.links().get(table)) {
                if (link.up()) {
                    link.run(row, before);
                }
            }
        }
        for (int i = writer; i >= 0; i--) {
            List<Link> links = versions.get(i).links().get(table);
            for (int l = links.size() - 1; l >= 0; l--) {
                if (!links.get(l).up()) {
                    links.get(l).run(row, before);
                }
            }
        }
    }

    /** The rows of a table as a version reads them, by id. */
    Map<Long, List<@Nullable Long>> read(String version, int table) {
        Map<Long, List<@Nullable Long>> read = new LinkedHashMap<>();
        List<Column> columns =
                versions.get(position(version)).shapes().get(table).columns();
        rows.get(table).forEach((id, row) -> {
            List<@Nullable Long> values = new ArrayList<>();
            columns.forEach(c -> values.add(row.get(c.slot())));
            read.put(id, values);
        });
        return read;
    }
}
