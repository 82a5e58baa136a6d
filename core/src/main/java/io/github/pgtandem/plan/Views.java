package io.github.pgtandem.plan;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Derives which views a version schema needs from comparing what versions see with what is stored. */
final class Views {

    private Views() {}

    /** The views of a live version that stand for one stored table. */
    static List<View> of(Model model, Version version, String stored, Set<String> bare) {
        List<View> views = new ArrayList<>();
        Optional<Table> storage = model.storage().findStored(stored);
        Optional<Table> seen = version.tables().findStored(stored);
        if (seen.isPresent() && storage.isPresent() && differs(seen.get(), storage.get())) {
            boolean newest = version == model.newest();
            if (newest || !bare.contains(seen.get().name()) || !onlyHides(seen.get(), storage.get())) {
                views.add(Overlay.of(seen.get(), storage.get()));
            }
        }
        views.addAll(tombstones(model, version, stored));
        return views;
    }

    /** Whether a query that names the table as the version does would not get what the version sees. */
    private static boolean differs(Table seen, Table stored) {
        if (!seen.name().equals(stored.stored())
                || seen.columns().size() != stored.columns().size()) {
            return true;
        }
        for (int i = 0; i < seen.columns().size(); i++) {
            Column column = seen.columns().get(i);
            Column physical = stored.columns().get(i);
            if (!column.stored().equals(physical.stored()) || !column.looksLike(physical)) {
                return true;
            }
        }
        return !java.util.Objects.equals(seen.comment(), stored.comment());
    }

    /** Whether all that the version misses are columns that it does not know. */
    private static boolean onlyHides(Table seen, Table stored) {
        return seen.name().equals(stored.stored())
                && seen.columns().stream().allMatch(c -> c.name().equals(c.stored()));
    }

    /** Names under which versions below this one know the table, and this one does not know any. */
    private static List<View> tombstones(Model model, Version version, String stored) {
        List<View> tombstones = new ArrayList<>();
        List<Version> versions = model.versions();
        for (int i = 1; i <= model.position(version.name()); i++) {
            Optional<Table> before = versions.get(i - 1).tables().findStored(stored);
            Optional<Table> after = versions.get(i).tables().findStored(stored);
            if (before.isEmpty() || after.map(Table::name).equals(before.map(Table::name))) {
                continue;
            }
            String name = before.get().name();
            boolean becameView = versions.subList(i, model.position(version.name()) + 1).stream()
                    .anyMatch(v -> v.tables().findView(name).isPresent());
            if (version.tables().find(name).isEmpty() && !becameView) {
                String what = after.map(t -> " was renamed to " + t.name()).orElse(" was dropped");
                tombstones.add(Tombstone.of(
                        before.get(),
                        "table " + name + what + " in version "
                                + versions.get(i).name()));
            }
        }
        return tombstones;
    }

    /** Statements that take every version schema from one model to the next, as far as one table is concerned. */
    static ViewChange change(Model before, Model after, String stored, String storedAfter, Set<String> bare) {
        List<String> drops = new ArrayList<>();
        List<String> creates = new ArrayList<>();
        for (Version version : before.versions()) {
            if (version.schema() == null) {
                continue;
            }
            List<View> old = of(before, version, stored, bare);
            List<View> next = after.find(version.name())
                    .map(v -> of(after, v, storedAfter, bare))
                    .orElse(retired(after, version.schema(), stored));
            replace(old, next, after.baseSchema(), version.schema(), drops, creates);
        }
        for (Retired retired : before.retired()) {
            replace(
                    retired(before, retired.schema(), stored),
                    retired(after, retired.schema(), stored),
                    after.baseSchema(),
                    retired.schema(),
                    drops,
                    creates);
        }
        return new ViewChange(drops, creates);
    }

    private static void replace(
            List<View> old, List<View> next, String base, String schema, List<String> drops, List<String> creates) {
        old.stream().filter(v -> !next.contains(v)).forEach(v -> drops.add(v.drop(schema)));
        next.stream().filter(v -> !old.contains(v)).forEach(v -> creates.addAll(v.create(base, schema)));
    }

    private static List<View> retired(Model model, String schema, String stored) {
        return model.retired().stream()
                .filter(r -> r.schema().equals(schema))
                .flatMap(r -> r.tombstones().stream())
                .filter(t -> t.source().equals(stored))
                .map(View.class::cast)
                .toList();
    }

    /** Statements in two halves; storage is changed between them. */
    record ViewChange(List<String> drops, List<String> creates) {
        boolean isEmpty() {
            return drops.isEmpty() && creates.isEmpty();
        }
    }
}
