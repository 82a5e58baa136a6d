package io.github.pgtandem.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An enum type of the base schema.
 *
 * @param name without its schema
 * @param type as PostgreSQL writes it with its schema
 * @param labels in order
 * @param comment or null
 * @param usage who may use it, or null where that is PostgreSQL's own default
 * @param dependents what uses it beside columns of tables, and so would keep it from being replaced
 */
public record EnumType(
        String name,
        String type,
        List<String> labels,
        @Nullable String comment,
        @Nullable List<Grant> usage,
        List<String> dependents) {

    public EnumType {
        labels = List.copyOf(labels);
        usage = usage == null ? null : List.copyOf(usage);
        dependents = List.copyOf(dependents);
    }

    /** Whether a text stands for the type, as PostgreSQL or an author writes it. */
    public boolean isNamed(String text) {
        String plain = text.replace("\"", "");
        return text.equals(type) || plain.equals(name) || plain.equals(type.replace("\"", ""));
    }
}
