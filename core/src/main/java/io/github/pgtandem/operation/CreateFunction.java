package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.VersionedFunction;
import io.github.pgtandem.schema.VersionedFunction.Written;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a function that belongs to the version. Its body finds the tables as the version of its caller sees them. */
record CreateFunction(Written function, boolean replace) implements Operation {

    static CreateFunction read(Fields fields) {
        String arguments = fields.optionalText("arguments");
        String language = fields.optionalIdentifier("language");
        return new CreateFunction(
                new Written(
                        fields.identifier("name"),
                        arguments == null ? "" : arguments.strip(),
                        fields.text("returns").strip(),
                        language == null ? "sql" : language,
                        fields.text("body"),
                        fields.choice("volatility", "volatile", "stable", "immutable"),
                        fields.optionalText("options"),
                        fields.optionalText("comment")),
                fields.flag("replace"));
    }

    @Override
    public Expansion expand(Schema before) {
        if (function.returns().matches("(?i)(pg_catalog\\.)?(event_)?trigger")) {
            throw new InvalidOperation(
                    "returns",
                    "a trigger belongs to a stored table, which all versions share; it cannot call a function of one"
                            + " version.",
                    "Create the trigger and its function in the base schema, with a sql operation.");
        }
        VersionedFunction made = VersionedFunction.of(function);
        if (replace) {
            VersionedFunction old = OwnObjects.function(before, function.name(), function.arguments(), "name");
            return Expansion.of(before.replacing(old, made));
        }
        Optional<VersionedFunction> old = before.functions(function.name()).stream()
                .filter(f -> f.takes(function.arguments()))
                .findFirst();
        if (old.isPresent()) {
            throw new InvalidOperation(
                    "name",
                    "the version has a " + old.get().label() + " already, of migration "
                            + old.get().migration() + ".",
                    "Choose another name, or replace it with \"replace: true\".");
        }
        return Expansion.of(before.plus(made));
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public String subject() {
        return "create_function " + function.name();
    }
}
