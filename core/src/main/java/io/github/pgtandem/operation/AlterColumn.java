package io.github.pgtandem.operation;

import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.migration.Setting;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a column. Where {@code up} and {@code down} are the column itself and its type stays, the stored column is
 * changed straight; else a shadow column holds the new version's values.
 */
record AlterColumn(
        String table,
        String column,
        @Nullable String type,
        @Nullable Boolean nullable,
        Setting defaultSql,
        Setting comment,
        @Nullable CheckSpec check,
        @Nullable ReferenceSpec references,
        @Nullable String unique,
        @Nullable String up,
        @Nullable String down)
        implements Operation {

    private static final String COLLATE = " COLLATE ";
    private static final Set<String> TEXTS =
            Set.of("text", "varchar", "character varying", "char", "character", "bpchar", "citext");

    static Operation read(Fields fields) {
        String newName = fields.optionalIdentifier("name");
        Fields check = fields.optionalObject("check");
        Fields references = fields.optionalObject("references");
        Fields unique = fields.optionalObject("unique");
        AlterColumn operation = new AlterColumn(
                fields.identifier("table"),
                fields.identifier("column"),
                type(fields),
                fields.optionalFlag("nullable"),
                fields.setting("default"),
                fields.setting("comment"),
                check == null ? null : CheckSpec.read(check),
                references == null ? null : ReferenceSpec.read(references),
                unique == null ? null : unique.identifier("name"),
                fields.optionalSql("up"),
                fields.optionalSql("down"));
        if (unique != null) {
            unique.end();
        }
        if (newName != null) {
            if (operation.changes() || operation.up != null || operation.down != null) {
                throw fields.invalid(
                        "name",
                        "a column cannot be renamed and changed in one operation.",
                        "Leave out name, and put before or after this operation:\n    - rename_column: {table: "
                                + operation.table + ", from: " + operation.column + ", to: " + newName + "}");
            }
            return new RenameColumn(operation.table, operation.column, newName);
        }
        operation.complete(fields);
        return operation;
    }

    private static @Nullable String type(Fields fields) {
        return fields.has("type") ? fields.text("type") : null;
    }

    private boolean changes() {
        return type != null
                || nullable != null
                || defaultSql.isPresent()
                || comment.isPresent()
                || check != null
                || references != null
                || unique != null;
    }

    /** Refuses what says too little. */
    private void complete(Fields fields) {
        if (!changes()) {
            throw fields.invalid(
                    "nothing is changed.",
                    "Give at least one of: type, nullable, default, comment, check, references, unique.");
        }
        boolean both = type != null || check != null || references != null;
        String what = type != null ? "type" : check != null ? "check" : "references";
        if (up == null && (both || Boolean.FALSE.equals(nullable))) {
            throw fields.invalid(
                    (both ? what : "nullable: false") + " needs up: the value for rows that older versions write.",
                    "Give an expression over the column as it was:\n    up: \"" + column + "\"");
        }
        if (down == null && (both || Boolean.TRUE.equals(nullable))) {
            throw fields.invalid(
                    (both ? what : "nullable: true") + " needs down: the value that older versions see.",
                    "Give an expression over the column as it becomes:\n    down: \"" + column + "\"");
        }
    }

    @Override
    public Expansion expand(Schema before) {
        Table on = Lookups.table(before, table);
        Column old = Lookups.column(on, column, "column");
        if (nullable != null && nullable == old.nullable()) {
            throw new InvalidOperation(
                    "nullable",
                    "column \"" + column + "\" is " + (nullable ? "nullable" : "NOT NULL") + " already.",
                    "Leave out nullable.");
        }
        if (defaultSql.isPresent() && old.generated() != Column.Generated.NO) {
            throw new InvalidOperation(
                    "default",
                    "column \"" + column + "\" gets its values from PostgreSQL itself"
                            + (old.generated() == Column.Generated.EXPRESSION
                                    ? ", by an expression"
                                    : ", by a sequence")
                            + ", so it cannot be given a default.",
                    "Leave out default.");
        }
        if (Boolean.TRUE.equals(nullable) && on.primaryKey().contains(old.stored())) {
            throw new InvalidOperation(
                    "nullable",
                    "column \"" + column + "\" is part of the primary key, which takes no nulls.",
                    "Leave out nullable.");
        }
        boolean shadow = (type != null && !type.equalsIgnoreCase(old.type()))
                || !Translations.isColumn(column, up)
                || !Translations.isColumn(column, down);
        return shadow
                ? new AlteredShadow(this, before, on, old).expand()
                : new AlteredInPlace(this, before, on, old).expand();
    }

    /** The column as the version sees it after the operation, still stored where it was. */
    Column altered(Column old) {
        Column next = type == null ? old : old.typed(collated(type, old.type()));
        next = nullable == null ? next : next.nullable(nullable);
        next = defaultSql.isPresent() ? next.withDefault(defaultSql.value()) : next;
        return comment.isPresent() ? next.withComment(comment.value()) : next;
    }

    /** A text keeps its collation as long as it stays one and is given no other. */
    private static String collated(String type, String before) {
        int at = before.indexOf(COLLATE);
        boolean text = TEXTS.contains(type.replaceFirst("\\(.*", "").strip().toLowerCase(Locale.ROOT));
        return at < 0 || !text ? type : type + before.substring(at);
    }

    @Override
    public String subject() {
        return "alter_column " + table + "." + column;
    }
}
