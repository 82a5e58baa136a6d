package io.github.pgtandem.benchmark;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was given after the name of a benchmark, as {@code --rows 1000000}; a benchmark knows its own defaults. */
final class Options {

    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of("data", "hold", "rate", "rounds", "rows", "seconds", "tables", "migrations"));

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException for an unknown option or one without a value */
    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            String name = option.startsWith("--") ? option.substring(2) : "";
            if (!KNOWN.contains(name) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("%s is not an option with a value. Options: --%s."
                        .formatted(option, String.join(", --", KNOWN)));
            }
            values.put(name, arguments.get(i + 1));
        }
        return new Options(values);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, String.valueOf(otherwise)).replace("_", ""));
    }

    /** Several numbers, given as {@code 10,1000}. */
    List<Integer> numbers(String name, List<Integer> otherwise) {
        String value = values.get(name);
        return value == null
                ? otherwise
                : Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
