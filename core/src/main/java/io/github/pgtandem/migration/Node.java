package io.github.pgtandem.migration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a file's content with the place where it stands; the same for YAML and JSON. */
sealed interface Node {

    Location location();

    /** How a message calls it, for example {@code a list}. */
    String kind();

    /** What a scalar is. */
    enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /**
     * A single value.
     *
     * @param text as written, so that a number keeps its digits
     */
    record Scalar(Location location, Type type, String text) implements Node {

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "the text " + brief(text);
                case NUMBER -> "the number " + text;
                case BOOLEAN -> text;
                case NULL -> "null";
            };
        }
    }

    /** A list. */
    record Sequence(Location location, List<Node> entries) implements Node {

        public Sequence {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** An object; keys keep the order of the file. */
    record Mapping(Location location, Map<String, Entry> entries) implements Node {

        public Mapping {
            entries = new LinkedHashMap<>(entries);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** The value of a key, and where the key stands. */
    record Entry(Location location, Node value) {}

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.type() == Type.NULL;
    }

    default boolean isText() {
        return this instanceof Scalar scalar && scalar.type() == Type.TEXT;
    }

    /** A text in quotes, cut where it would drown the message. */
    static String brief(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return "\"" + (line.length() > 40 ? line.substring(0, 40) + "…" : line) + "\"";
    }
}
