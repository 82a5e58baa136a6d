package io.github.pgtandem.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names occur in an operation, told by the keys that the whole format has in common. */
final class Names {

    /** What an operation makes, renames, changes or drops stands at these keys. */
    private static final Set<String> SUBJECTS = Set.of("name", "column", "from", "to");

    /** What stands below these is another table's. */
    private static final Set<String> OTHERS = Set.of("references");

    private Names() {}

    static String textOf(Node.Mapping mapping, String key) {
        for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
            if (entry.getKey().equalsIgnoreCase(key) && entry.getValue().value() instanceof Node.Scalar scalar) {
                return scalar.text();
            }
        }
        return "";
    }

    /** Without a table of which they are part, only the outermost: the columns of a new table come and go with it. */
    static List<String> subjects(Node.Mapping mapping) {
        List<String> found = new ArrayList<>();
        subjects(mapping, !textOf(mapping, "table").isEmpty(), found);
        return found;
    }

    private static void subjects(Node node, boolean deep, List<String> found) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> {
                String word = key.toLowerCase(Locale.ROOT);
                if (SUBJECTS.contains(word) && entry.value() instanceof Node.Scalar scalar && !scalar.isNull()) {
                    found.add(scalar.text());
                } else if (deep && !OTHERS.contains(word)) {
                    subjects(entry.value(), true, found);
                }
            });
        } else if (node instanceof Node.Sequence sequence) {
            sequence.entries().forEach(each -> subjects(each, deep, found));
        }
    }

    static boolean occurs(Node.Mapping mapping, String name) {
        Pattern word = Pattern.compile(
                "(?<![\\p{L}\\p{N}_$])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_$])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        return occurs(mapping, false, word);
    }

    /** @param named whether the keys are names of columns, and not words of the format */
    private static boolean occurs(Node node, boolean named, Pattern word) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .anyMatch(e -> named && word.matcher(e.getKey()).find()
                            || occurs(e.getValue().value(), e.getKey().equalsIgnoreCase("columns"), word));
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.entries().stream().anyMatch(each -> occurs(each, false, word));
        }
        return node instanceof Node.Scalar scalar && word.matcher(scalar.text()).find();
    }
}
