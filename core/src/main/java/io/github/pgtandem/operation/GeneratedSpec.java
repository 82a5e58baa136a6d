package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * What {@code generated} says of a column: computed by an expression, or an identity.
 *
 * @param expression over other columns, or null for an identity
 * @param options of the identity's sequence, as the author writes them
 */
record GeneratedSpec(@Nullable String expression, Sequence.Kind identity, String options) {

    static GeneratedSpec read(Fields fields) {
        String expression = fields.optionalSql("expression");
        Fields identity = fields.optionalObject("identity");
        fields.end();
        if (expression != null && identity != null) {
            throw fields.invalid("generated has both expression and identity.", "Keep one of the two.");
        }
        if (expression == null && identity == null) {
            throw fields.invalid(
                    "generated needs either expression or identity.",
                    "Give one of:\n    expression: \"quantity * price\"\n    identity: {user_specified_values: ALWAYS}");
        }
        if (identity == null) {
            return new GeneratedSpec(expression, Sequence.Kind.ALWAYS, "");
        }
        String kind = identity.choice("user_specified_values", "ALWAYS", "BY DEFAULT");
        String options = identity.optionalText("sequence_options");
        identity.end();
        return new GeneratedSpec(
                null,
                "BY DEFAULT".equals(kind) ? Sequence.Kind.BY_DEFAULT : Sequence.Kind.ALWAYS,
                options == null ? "" : options);
    }

    /** As it stands behind the column's type. */
    String sql() {
        return expression != null
                ? "GENERATED ALWAYS AS (" + expression + "\n) STORED"
                : identity.sql() + " AS IDENTITY" + (options.isEmpty() ? "" : " (" + options + ")");
    }
}
