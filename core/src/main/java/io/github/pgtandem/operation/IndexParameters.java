package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Identifiers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of the index behind a constraint.
 *
 * @param included columns that the index only carries along
 */
record IndexParameters(
        List<String> included,
        @Nullable String storageParameters,
        @Nullable String tablespace) {

    /** PostgreSQL's own access methods. */
    static final String[] METHODS = {"btree", "hash", "gist", "spgist", "gin", "brin"};

    static final IndexParameters NONE = new IndexParameters(List.of(), null, null);

    static IndexParameters read(Fields fields) {
        Fields given = fields.optionalObject("index_parameters");
        if (given == null) {
            return NONE;
        }
        IndexParameters parameters = new IndexParameters(
                given.optionalTexts("include_columns"),
                blankToNull(given.optionalText("storage_parameters")),
                blankToNull(given.optionalText("tablespace")));
        given.end();
        return parameters;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** As they stand behind the columns of a constraint. */
    String sql() {
        return include(included)
                + (storageParameters == null ? "" : " WITH (" + storageParameters + ")")
                + (tablespace == null ? "" : " USING INDEX TABLESPACE " + Identifiers.id(tablespace));
    }

    /** Empty where nothing is included. */
    static String include(List<String> columns) {
        return columns.isEmpty() ? "" : " INCLUDE (" + Identifiers.ids(columns) + ")";
    }
}
