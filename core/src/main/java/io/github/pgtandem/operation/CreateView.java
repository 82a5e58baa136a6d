package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.VersionedView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a view that belongs to the version, over the tables as it sees them. */
record CreateView(
        String name,
        String query,
        boolean replace,
        @Nullable String comment) implements Operation {

    static CreateView read(Fields fields) {
        return new CreateView(
                fields.identifier("name"),
                fields.text("query"),
                fields.flag("replace"),
                fields.optionalText("comment"));
    }

    @Override
    public Expansion expand(Schema before) {
        if (before.find(name).isPresent()) {
            throw new InvalidOperation(
                    "name",
                    "the version has a table \"" + name + "\" already.",
                    "Choose another name, or drop or rename the table first.");
        }
        VersionedView view = VersionedView.written(name, query, comment);
        Optional<VersionedView> old = before.findView(name);
        if (replace) {
            return Expansion.of(before.replacing(OwnObjects.view(before, name, "name"), view));
        }
        if (old.isPresent()) {
            throw new InvalidOperation(
                    "name",
                    "the version has a view \"" + name + "\" already, of migration "
                            + old.get().migration() + ".",
                    "Choose another name, or replace it with \"replace: true\".");
        }
        return Expansion.of(before.plus(view));
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public String subject() {
        return "create_view " + name;
    }
}
