package io.github.pgtandem.plan;

import io.github.pgtandem.change.Change;
import io.github.pgtandem.change.Renames;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A live version.
 *
 * @param name of its migration
 * @param schema its version schema, or null where no instance was ever pinned to it
 * @param tables what it sees
 * @param changes what its migration did to storage; empty for the base version
 * @param links the translations its migration brought, in order; empty for the base version
 */
public record Version(String name, @Nullable String schema, Schema tables, List<Change> changes, List<Link> links) {

    public Version {
        changes = List.copyOf(changes);
        links = List.copyOf(links);
    }

    Version served(String versionSchema) {
        return new Version(name, versionSchema, tables, changes, links);
    }

    Version seeing(Schema newTables) {
        return new Version(name, schema, newTables, changes, links);
    }

    Version changed(UnaryOperator<Change> change) {
        return new Version(name, schema, tables, changes.stream().map(change).toList(), links);
    }

    /** The same version as the base version: nothing of it is pending any more. */
    Version settled() {
        return new Version(name, schema, tables, List.of(), List.of());
    }

    Version renamed(Renames renames) {
        Schema next = Settlement.renamed(tables, renames);
        return new Version(
                name,
                schema,
                next.withObjects(next.objects().stream()
                        .map(o -> o.renamed(renames.table(), renames.to(), renames.columns()))
                        .toList()),
                changes.stream().map(c -> c.renamed(renames)).toList(),
                links.stream().map(l -> l.renamed(renames)).toList());
    }

    /** Indexes and constraints of a settled table carry their final names from now on. */
    Version settled(Settlement settlement) {
        Optional<Table> seen = tables.findStored(settlement.renames().to());
        return settlement.seen().isEmpty() || seen.isEmpty()
                ? this
                : seeing(tables.with(settlement.finalNames(seen.get())));
    }
}
