package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.migration.Fields;
import java.util.Locale;

/** A check constraint on one column, as a file describes it. */
record CheckSpec(String name, String expression, boolean noInherit) {

    static CheckSpec read(Fields fields) {
        CheckSpec check = new CheckSpec(fields.identifier("name"), fields.sql("constraint"), fields.flag("no_inherit"));
        fields.end();
        return check;
    }

    /** {@code CONSTRAINT name CHECK (…)}. */
    String definition() {
        return "CONSTRAINT " + id(name) + " " + check(expression) + (noInherit ? " NO INHERIT" : "");
    }

    /** A check's text, which may or may not bring its own {@code CHECK (…)}. */
    static String check(String text) {
        return text.stripLeading().toUpperCase(Locale.ROOT).startsWith("CHECK")
                        && text.stripLeading().substring(5).stripLeading().startsWith("(")
                ? text
                : "CHECK (" + text + "\n)";
    }
}
