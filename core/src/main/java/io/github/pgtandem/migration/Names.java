package io.github.pgtandem.migration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which names occur in an operation, told by the keys that the whole format has in common. */
final class Names {

    /** What an operation makes, renames, changes or drops stands at these keys. */
    private static final Set<String> SUBJECTS = Set.of("name", "column", "from", "to");

    /** What stands below these is another table's. */
    private static final Set<String> OTHERS = Set.of("references");

    private static final Pattern IDENTIFIER =
            Pattern.compile("[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z0-9_$\\x{80}-\\x{10FFFF}]*");

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]++|\"\")++)\"");

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

    /** Whole values, but those that stand for another table. */
    static Set<String> values(Node.Mapping mapping) {
        Set<String> values = new HashSet<>();
        scalars(mapping, OTHERS, values::add);
        return values;
    }

    /** Whole values, and the identifiers in them, quoted or not. */
    static Set<String> words(Node.Mapping mapping) {
        Set<String> words = new HashSet<>();
        scalars(mapping, Set.of(), text -> {
            words.add(text);
            IDENTIFIER.matcher(text).results().map(MatchResult::group).forEach(word -> {
                words.add(word);
                words.add(word.toLowerCase(Locale.ROOT));
            });
            QUOTED.matcher(text)
                    .results()
                    .map(quoted -> quoted.group(1).replace("\"\"", "\""))
                    .forEach(words::add);
        });
        return words;
    }

    private static void scalars(Node node, Set<String> without, Consumer<String> found) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> {
                if (!without.contains(key.toLowerCase(Locale.ROOT))) {
                    scalars(entry.value(), without, found);
                }
            });
        } else if (node instanceof Node.Sequence sequence) {
            sequence.entries().forEach(each -> scalars(each, without, found));
        } else if (node instanceof Node.Scalar scalar) {
            found.accept(scalar.text());
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
