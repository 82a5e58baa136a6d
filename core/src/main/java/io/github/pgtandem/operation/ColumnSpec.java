package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Column.Generated;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column as a file describes it, in {@code create_table} and {@code add_column}. */
record ColumnSpec(
        String name,
        String type,
        boolean nullable,
        boolean primaryKey,
        boolean unique,
        @Nullable String defaultSql,
        @Nullable String comment,
        @Nullable CheckSpec check,
        @Nullable ReferenceSpec references,
        @Nullable String generatedAs) {

    private static final Set<String> SERIAL =
            Set.of("serial", "serial2", "serial4", "serial8", "smallserial", "bigserial");

    static ColumnSpec read(Fields fields) {
        Fields check = fields.optionalObject("check");
        Fields references = fields.optionalObject("references");
        Fields generated = fields.optionalObject("generated");
        ColumnSpec column = new ColumnSpec(
                fields.identifier("name"),
                fields.text("type"),
                fields.flag("nullable"),
                fields.flag("pk"),
                fields.flag("unique"),
                fields.optionalSql("default"),
                fields.optionalText("comment"),
                check == null ? null : CheckSpec.read(check),
                references == null ? null : ReferenceSpec.read(references),
                generated == null ? null : generated(generated));
        fields.end();
        return column;
    }

    private static String generated(Fields fields) {
        String expression = fields.optionalSql("expression");
        Fields identity = fields.optionalObject("identity");
        fields.end();
        if ((expression == null) == (identity == null)) {
            throw fields.invalid(
                    "generated needs either expression or identity.",
                    "Give one of:\n    expression: \"quantity * price\"\n    identity: {user_specified_values: ALWAYS}");
        }
        if (identity == null) {
            return "ALWAYS AS (" + expression + "\n) STORED";
        }
        String kind = identity.choice("user_specified_values", "ALWAYS", "BY DEFAULT");
        String options = identity.optionalText("sequence_options");
        identity.end();
        return (kind == null ? "ALWAYS" : kind) + " AS IDENTITY" + (options == null ? "" : " (" + options + ")");
    }

    Generated generated() {
        if (generatedAs != null) {
            return generatedAs.endsWith("STORED") ? Generated.EXPRESSION : Generated.IDENTITY;
        }
        return serial() ? Generated.SERIAL : Generated.NO;
    }

    boolean serial() {
        return SERIAL.contains(type.toLowerCase(Locale.ROOT));
    }

    Column column(String stored) {
        return new Column(
                name, stored, plainType(), nullable && !primaryKey && !serial(), defaultSql, comment, generated());
    }

    /** The type that the column has once the sequence of a serial is made. */
    private String plainType() {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "serial", "serial4" -> "integer";
            case "bigserial", "serial8" -> "bigint";
            case "smallserial", "serial2" -> "smallint";
            default -> type;
        };
    }

    /** Finds that the type is one, and nothing else. */
    ByHand typeByHand(String prefix) {
        return typeByHand(prefix + "type", plainType());
    }

    static ByHand typeByHand(String field, String type) {
        return new ByHand(
                field,
                "SELECT FROM json_to_record('{}') AS probe (value " + type + "\n)",
                "Write the type as PostgreSQL knows it, for example text, numeric(12,2) or timestamptz; one outside the"
                        + " base schema needs its schema's name.");
    }

    /** The column without its default. */
    String bareDefinition() {
        return id(name) + " " + type
                + (nullable || primaryKey ? "" : " NOT NULL")
                + (generatedAs == null ? "" : " GENERATED " + generatedAs);
    }

    /** The column in {@code CREATE TABLE} or {@code ADD COLUMN}, without constraints that have names. */
    String definition(String stored) {
        return id(stored) + " " + type
                + (nullable || primaryKey ? "" : " NOT NULL")
                + (defaultSql == null ? "" : " DEFAULT " + defaultSql)
                + (generatedAs == null ? "" : " GENERATED " + generatedAs);
    }
}
