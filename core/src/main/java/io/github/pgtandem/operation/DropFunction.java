package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.VersionedFunction;
import org.jspecify.annotations.Nullable;

/** Leaves a function out of the version; older versions keep theirs. */
record DropFunction(String name, @Nullable String arguments) implements Operation {

    static DropFunction read(Fields fields) {
        return new DropFunction(fields.identifier("name"), fields.optionalText("arguments"));
    }

    @Override
    public Expansion expand(Schema before) {
        VersionedFunction function = OwnObjects.function(before, name, arguments, "name");
        OwnObjects.unused(before, function);
        return Expansion.of(before.without(function));
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public String subject() {
        return "drop_function " + name;
    }
}
