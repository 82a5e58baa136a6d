package io.github.pgtandem.migration;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Words the rejection of keys that nobody asked for. */
final class UnknownFields {

    private UnknownFields() {}

    /**
     * @param unknown the keys, at least one
     * @param used the keys of the object that were read
     * @param known the fields that were asked for
     */
    static InvalidInput problem(
            Location at, String context, List<String> unknown, Collection<String> used, Collection<String> known) {
        for (String key : unknown) {
            for (String other : used) {
                if (other.equalsIgnoreCase(key)) {
                    String problem = "\"" + other + "\" and \"" + key + "\" are the same field.";
                    return new InvalidInput(at, Fields.prefix(context) + problem, "Keep one of the two.");
                }
            }
        }
        String are = unknown.size() == 1 ? " is not a field of " : " are not fields of ";
        return new InvalidInput(
                at,
                Fields.prefix(context) + quoted(unknown) + are + owner(context) + ".",
                didYouMean(unknown, known) + "Fields: " + String.join(", ", known) + ".");
    }

    /** A key that is not there, unless one is that nobody has asked for so far and that looks like it. */
    static InvalidInput missing(String context, String key, Node.Mapping object, Collection<String> used) {
        String missing = Fields.prefix(context) + "\"" + key + "\" is missing";
        for (String other : object.entries().keySet()) {
            if (!used.contains(other) && Nearest.to(other, List.of(key)) != null) {
                return new InvalidInput(
                        object.entries().get(other).location(),
                        missing + ", but there is \"" + other + "\".",
                        "If that is meant, write \"" + key + "\".");
            }
        }
        return new InvalidInput(object.location(), missing + ".", "Add " + key + " to " + owner(context) + ".");
    }

    /** What the object is called in messages. */
    static String owner(String context) {
        if (context.isEmpty()) {
            return "a migration";
        }
        return context.contains(".") ? "this object" : "this operation";
    }

    /** Empty where nothing is near. */
    static String didYouMean(List<String> written, Collection<String> words) {
        List<String> near = written.stream()
                .map(word -> Nearest.to(word, words))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return near.isEmpty() ? "" : "Did you mean " + quoted(near) + "? ";
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(" and "));
    }
}
