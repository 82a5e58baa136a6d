package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Constraint.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fields of a table constraint that only some kinds of it have. */
final class ConstraintFields {

    private static final Map<String, List<Kind>> OF = Map.of(
            "columns", List.of(Kind.UNIQUE, Kind.PRIMARY_KEY, Kind.FOREIGN_KEY, Kind.CHECK),
            "check", List.of(Kind.CHECK),
            "references", List.of(Kind.FOREIGN_KEY),
            "exclude", List.of(Kind.EXCLUSION),
            "index_parameters", List.of(Kind.UNIQUE, Kind.PRIMARY_KEY, Kind.EXCLUSION),
            "nulls_not_distinct", List.of(Kind.UNIQUE),
            "no_inherit", List.of(Kind.CHECK));

    private ConstraintFields() {}

    static String deferral(Fields fields) {
        return Deferral.sql(fields.flag("deferrable"), fields.flag("initially_deferred"));
    }

    /** What a generator of files writes for "nothing" may stand in any kind. */
    static void refuseRest(Fields fields, Kind kind) {
        OF.keySet().stream().sorted().filter(f -> !OF.get(f).contains(kind)).forEach(field -> {
            boolean nothing =
                    switch (field) {
                        case "nulls_not_distinct", "no_inherit" -> !fields.flag(field);
                        case "columns" -> fields.optionalTexts(field).isEmpty();
                        case "check" -> "".equals(fields.optionalText(field)) || fields.optionalText(field) == null;
                        default -> fields.optionalObject(field) == null;
                    };
            if (!nothing) {
                throw fields.invalid(
                        field, "a constraint of type " + type(kind) + " has no " + field + ".", "Leave it out.");
            }
        });
    }

    private static String type(Kind kind) {
        return kind == Kind.EXCLUSION ? "exclude" : kind.name().toLowerCase(Locale.ROOT);
    }
}
