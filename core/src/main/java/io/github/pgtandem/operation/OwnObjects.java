package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Nearest;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.VersionObject;
import io.github.pgtandem.schema.VersionedFunction;
import io.github.pgtandem.schema.VersionedView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operations on a version's own views and functions ask of the schema they meet. */
final class OwnObjects {

    private OwnObjects() {}

    static VersionedView view(Schema schema, String name, String field) {
        return schema.findView(name)
                .orElseThrow(() -> new InvalidOperation(
                        field,
                        "the version has no view \"" + name + "\" of its own at this point.",
                        known("view", name, schema, VersionedView.class)));
    }

    /** @param arguments as it was created with, or their types alone; null where the name is enough */
    static VersionedFunction function(Schema schema, String name, @Nullable String arguments, String field) {
        List<VersionedFunction> named = schema.functions(name);
        if (named.isEmpty()) {
            throw new InvalidOperation(
                    field,
                    "the version has no function \"" + name + "\" of its own at this point.",
                    known("function", name, schema, VersionedFunction.class));
        }
        List<VersionedFunction> fitting = named.stream()
                .filter(f -> arguments == null || f.takes(arguments))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw new InvalidOperation(
                arguments == null ? field : "arguments",
                arguments == null
                        ? "the version has several functions \"" + name + "\"."
                        : "the version has no function \"" + name + "\" with the arguments (" + arguments + ").",
                "Give the arguments as they were written, or their types: " + labels(named) + ".");
    }

    /** Refuses where another object of the version would lose what it is built on. */
    static void unused(Schema schema, VersionObject object) {
        List<VersionObject> users = schema.objects().stream()
                .filter(o -> o.uses().contains(object.label()))
                .toList();
        if (!users.isEmpty()) {
            throw new InvalidOperation(
                    "name",
                    labels(users) + (users.size() == 1 ? " uses it." : " use it."),
                    "Drop or replace " + (users.size() == 1 ? "it" : "them") + " first.");
        }
    }

    private static String known(String kind, String name, Schema schema, Class<? extends VersionObject> type) {
        List<VersionObject> all = schema.objects().stream()
                .filter(type::isInstance)
                .map(VersionObject.class::cast)
                .toList();
        if (all.isEmpty()) {
            return "It has no " + kind + "s: only those made with create_" + kind + " belong to a version.";
        }
        String near = Nearest.to(name, all.stream().map(VersionObject::name).toList());
        return (near == null ? "" : "Did you mean \"" + near + "\"? ") + "It has: " + labels(all) + ".";
    }

    private static String labels(List<? extends VersionObject> objects) {
        return String.join(", ", objects.stream().map(VersionObject::label).toList());
    }
}
