package io.github.pgtandem.state;

import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Change;
import io.github.pgtandem.plan.Link;
import io.github.pgtandem.plan.Model;
import io.github.pgtandem.plan.Retired;
import io.github.pgtandem.plan.Version;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import io.github.pgtandem.schema.VersionObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Model} as it is persisted: of the tables only those that some version sees differently from how they are
 * stored. The rest is read from the catalogue, which may have changed meanwhile.
 *
 * @param format of this record, so that another release can tell whether it understands it
 */
record StoredModel(int format, List<StoredVersion> versions, List<Retired> retired) {

    private static final int FORMAT = 1;

    /**
     * A version with the tables it sees differently, by stored name, and those it does not see.
     *
     * @param objects null where it was written before there were any
     */
    record StoredVersion(
            String name,
            @Nullable String schema,
            Map<String, Table> tables,
            List<String> absent,
            List<Change> changes,
            List<Link> links,
            @Nullable List<VersionObject> objects) {}

    static String write(Model model) {
        Set<String> touched = model.touched();
        List<StoredVersion> versions = new ArrayList<>();
        for (Version version : model.versions()) {
            Map<String, Table> tables = new LinkedHashMap<>();
            List<String> absent = new ArrayList<>();
            for (String stored : touched) {
                version.tables()
                        .findStored(stored)
                        .ifPresentOrElse(t -> tables.put(stored, t), () -> absent.add(stored));
            }
            versions.add(new StoredVersion(
                    version.name(),
                    version.schema(),
                    tables,
                    absent,
                    version.changes(),
                    version.links(),
                    version.tables().objects()));
        }
        return Json.write(new StoredModel(FORMAT, versions, model.retired()));
    }

    static StoredModel parse(String json, String schema) {
        StoredModel stored = Json.read(json, StoredModel.class);
        if (stored.format != FORMAT) {
            throw new IllegalStateException(
                    "The state of schema " + schema + " was written by a newer release of pgtandem (format "
                            + stored.format + "). Use that release or a newer one.");
        }
        return stored;
    }

    /** What an act on top of it may have to do with. */
    InFlight inFlight() {
        Set<String> schemas = new LinkedHashSet<>();
        Set<String> altered = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (StoredVersion version : versions) {
            if (version.schema() != null) {
                schemas.add(version.schema());
            }
            altered.addAll(version.tables().keySet());
            version.tables().values().forEach(t -> altered.add(t.name()));
            altered.addAll(version.absent());
            for (Change change : version.changes()) {
                if (change.table() != null) {
                    altered.add(change.table());
                }
                if (change instanceof AlteredEnum type) {
                    altered.addAll(List.of(type.type().name(), type.stored()));
                }
            }
            for (Link link : version.links()) {
                altered.add(link.table());
                named.addAll(link.expression().tables());
            }
            if (version.objects() != null) {
                version.objects().forEach(o -> named.addAll(o.tables()));
            }
        }
        retired.forEach(r -> schemas.add(r.schema()));
        return new InFlight(schemas, altered, named);
    }

    /** The model over the tables as they are stored now. */
    static Model read(String json, Schema storage) {
        StoredModel stored = parse(json, storage.name());
        Set<String> names = new HashSet<>();
        stored.versions.forEach(v -> {
            v.tables().values().forEach(t -> names.add(t.stored()));
            names.addAll(v.absent());
        });
        List<Version> versions =
                stored.versions.stream().map(v -> version(v, storage, names)).toList();
        return new Model(storage, versions, stored.retired).refreshed();
    }

    private static Version version(StoredVersion stored, Schema storage, Set<String> touched) {
        Schema tables = storage;
        for (String name : touched) {
            Table physical = storage.findStored(name).orElse(null);
            if (physical != null) {
                tables = tables.without(physical);
            }
        }
        for (Table table : stored.tables().values()) {
            Table physical = storage.findStored(table.stored()).orElse(null);
            if (physical != null) {
                tables = tables.with(table.refreshed(physical));
            }
        }
        Schema seen = tables.withObjects(stored.objects() == null ? List.of() : stored.objects());
        return new Version(stored.name(), stored.schema(), seen, stored.changes(), stored.links());
    }
}
