package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.VersionedView;
import org.jspecify.annotations.Nullable;

/** Leaves a view out of the version; older versions keep theirs. */
record DropView(String name) implements Operation {

    static DropView read(Fields fields) {
        return new DropView(fields.identifier("name"));
    }

    @Override
    public Expansion expand(Schema before) {
        VersionedView view = OwnObjects.view(before, name, "name");
        OwnObjects.unused(before, view);
        return Expansion.of(before.without(view));
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public String subject() {
        return "drop_view " + name;
    }
}
