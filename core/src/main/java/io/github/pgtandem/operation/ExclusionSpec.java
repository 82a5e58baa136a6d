package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What an exclusion constraint excludes, as a file describes it.
 *
 * @param elements what is compared, with operators: {@code room WITH =, during WITH &&}
 */
record ExclusionSpec(
        @Nullable String method, String elements, @Nullable String predicate) {

    static ExclusionSpec read(Fields fields) {
        ExclusionSpec exclusion = new ExclusionSpec(
                fields.choice("index_method", IndexParameters.METHODS),
                fields.text("elements"),
                fields.optionalSql("predicate"));
        fields.end();
        return exclusion;
    }

    String sql(IndexParameters parameters) {
        return "EXCLUDE" + (method == null ? "" : " USING " + method) + " (" + elements + "\n)" + parameters.sql()
                + (predicate == null ? "" : " WHERE (" + predicate + "\n)");
    }
}
