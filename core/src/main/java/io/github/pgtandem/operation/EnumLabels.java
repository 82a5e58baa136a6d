package io.github.pgtandem.operation;

import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.schema.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of an enum type as the version sees them, and what each is to older versions.
 *
 * @param labels in order
 * @param up what values become that the version does not know
 * @param down what values are to older versions that do not know them
 * @param former what renamed values were called
 */
record EnumLabels(List<String> labels, Map<String, String> up, Map<String, String> down, Map<String, String> former) {

    private static final String KNOWN_BEFORE = "a value that older versions know";
    private static final String KNOWN_THEN = "a value of the type as the version sees it";

    static EnumLabels of(List<String> old, AlterEnum operation) {
        List<String> labels = new ArrayList<>(old);
        Map<String, String> up = new LinkedHashMap<>();
        Map<String, String> down = new LinkedHashMap<>();
        Map<String, String> former = new LinkedHashMap<>();
        for (int i = 0; i < operation.rename().size(); i++) {
            AlterEnum.Renamed renamed = operation.rename().get(i);
            known(old, renamed.from(), "rename." + i + ".from", KNOWN_BEFORE);
            labels.set(old.indexOf(renamed.from()), renamed.to());
            up.put(renamed.from(), renamed.to());
            down.put(renamed.to(), renamed.from());
            former.put(renamed.to(), renamed.from());
        }
        for (int i = 0; i < operation.drop().size(); i++) {
            String dropped = operation.drop().get(i).value();
            known(old, dropped, "drop." + i + ".value", KNOWN_BEFORE);
            labels.remove(dropped);
        }
        for (int i = 0; i < operation.rename().size(); i++) {
            String to = operation.rename().get(i).to();
            once(labels.indexOf(to) == labels.lastIndexOf(to), to, "rename." + i + ".to");
        }
        for (int i = 0; i < operation.add().size(); i++) {
            AlterEnum.Added added = operation.add().get(i);
            known(old, added.down(), "add." + i + ".down", KNOWN_BEFORE);
            once(!labels.contains(added.value()), added.value(), "add." + i + ".value");
            labels.add(place(labels, added, "add." + i), added.value());
            down.put(added.value(), added.down());
        }
        for (int i = 0; i < operation.drop().size(); i++) {
            AlterEnum.Dropped dropped = operation.drop().get(i);
            known(labels, dropped.up(), "drop." + i + ".up", KNOWN_THEN);
            up.put(dropped.value(), dropped.up());
        }
        return new EnumLabels(labels, up, down, former);
    }

    private static int place(List<String> labels, AlterEnum.Added added, String field) {
        if (added.before() != null) {
            known(labels, added.before(), field + ".before", KNOWN_THEN);
            return labels.indexOf(added.before());
        }
        if (added.after() != null) {
            known(labels, added.after(), field + ".after", KNOWN_THEN);
            return labels.indexOf(added.after()) + 1;
        }
        return labels.size();
    }

    private static void known(List<String> labels, String label, String field, String what) {
        if (!labels.contains(label)) {
            throw new InvalidOperation(
                    field, "\"" + label + "\" is not " + what + ".", "Values: " + String.join(", ", labels) + ".");
        }
    }

    private static void once(boolean once, String label, String field) {
        if (!once) {
            throw new InvalidOperation(
                    field,
                    "the type would have the value \"" + label + "\" twice.",
                    "Choose another name for one of them.");
        }
    }

    /** A column's value for the version, as a text: PL/pgSQL assigns it to a type that has no lasting name yet. */
    String up(String column) {
        return mapped(column, up);
    }

    /** A column's value for older versions. */
    String down(String column, String type) {
        return "(" + mapped(column, down) + ")::" + type;
    }

    private static String mapped(String column, Map<String, String> labels) {
        String text = id(column) + "::text";
        if (labels.isEmpty()) {
            return text;
        }
        StringBuilder mapped = new StringBuilder("CASE " + text);
        labels.forEach((from, to) ->
                mapped.append(" WHEN ").append(literal(from)).append(" THEN ").append(literal(to)));
        return mapped + " ELSE " + text + " END";
    }

    /**
     * What makes the type on an empty copy, where what names its values by the old names is written anew before they get
     * the new ones.
     */
    List<String> firstNames() {
        List<String> names = new ArrayList<>();
        for (String label : labels) {
            String old = former.getOrDefault(label, label);
            boolean taken = !former.containsKey(label) && former.containsValue(label);
            names.add(taken ? Identifiers.generated(label, labels::contains) : old);
        }
        return names;
    }

    /** Statements that give the copy's values their names; each goes by a name in between, as two may be exchanged. */
    List<String> renames(String type) {
        List<String> names = firstNames();
        List<String> away = new ArrayList<>();
        List<String> home = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (!names.get(i).equals(labels.get(i))) {
                String between = Identifiers.PREFIX + "value_" + i;
                away.add("ALTER TYPE " + type + " RENAME VALUE " + literal(names.get(i)) + " TO " + literal(between));
                home.add("ALTER TYPE " + type + " RENAME VALUE " + literal(between) + " TO " + literal(labels.get(i)));
            }
        }
        away.addAll(home);
        return away;
    }
}
