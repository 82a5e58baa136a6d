package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Sequence;
import java.util.List;
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
        @Nullable GeneratedSpec generatedAs) {

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
                generated == null ? null : GeneratedSpec.read(generated));
        if (column.defaultSql != null && column.generated() != Generated.NO) {
            throw fields.invalid(
                    "default",
                    "PostgreSQL gives a serial, identity or generated column its values, so it has no default.",
                    "Leave out default, or make it a plain column.");
        }
        fields.end();
        return column;
    }

    Generated generated() {
        if (generatedAs != null) {
            return generatedAs.expression() != null ? Generated.EXPRESSION : Generated.IDENTITY;
        }
        return serial() ? Generated.SERIAL : Generated.NO;
    }

    boolean serial() {
        return SERIAL.contains(type.toLowerCase(Locale.ROOT));
    }

    Column column(String stored) {
        return new Column(
                name,
                stored,
                plainType(),
                nullable && !primaryKey && !generated().isDrawn(),
                defaultSql,
                comment,
                generated());
    }

    /** The sequence of a serial or identity column. */
    Sequence sequence(String schema, String sequence) {
        return generatedAs == null
                ? new Sequence(schema, sequence, Sequence.Kind.OWNED, plainType(), "", List.of())
                : new Sequence(schema, sequence, generatedAs.identity(), plainType(), generatedAs.options(), List.of());
    }

    /** The type that the column has once the sequence of a serial is made. */
    String plainType() {
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
                + (generatedAs == null ? "" : " " + generatedAs.sql());
    }

    /** The column in {@code CREATE TABLE} or {@code ADD COLUMN}, without constraints that have names. */
    String definition(String stored) {
        return id(stored) + " " + type
                + (nullable || primaryKey ? "" : " NOT NULL")
                + (defaultSql == null ? "" : " DEFAULT " + defaultSql)
                + (generatedAs == null ? "" : " " + generatedAs.sql());
    }
}
