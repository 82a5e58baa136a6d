package io.github.pgtandem.migration;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The value of one field, not null; each method reads it as one type or says why it is not of that type. */
record Value(String context, String key, Node node) {

    private static final int MAX_IDENTIFIER_BYTES = 63;

    String text() {
        if (!(node instanceof Node.Scalar scalar)) {
            throw mustBe("text", "Write " + key + ": followed by the text.");
        }
        if (scalar.type() != Node.Type.TEXT) {
            throw mustBe("text", "Put it into quotes: " + key + ": \"" + scalar.text() + "\".");
        }
        return scalar.text();
    }

    /** Numbers and booleans too, as written: {@code default: 100} is what everybody writes first. */
    String sql() {
        return node instanceof Node.Scalar scalar ? scalar.text() : text();
    }

    String identifier() {
        return checkedIdentifier(notBlank(text()));
    }

    String checkedIdentifier(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_IDENTIFIER_BYTES) {
            throw invalid(
                    "is \"" + name + "\", which is " + bytes + " bytes long; a name in PostgreSQL has at most "
                            + MAX_IDENTIFIER_BYTES + ".",
                    "Shorten it.");
        }
        return name;
    }

    String notBlank(String text) {
        if (text.isBlank()) {
            throw invalid("is empty.", "Give it a value.");
        }
        return text;
    }

    boolean flag() {
        if (node instanceof Node.Scalar scalar && scalar.type() == Node.Type.BOOLEAN) {
            return Boolean.parseBoolean(scalar.text());
        }
        throw mustBe("true or false", "Write " + key + ": true or " + key + ": false, without quotes.");
    }

    Fields object() {
        if (node instanceof Node.Mapping mapping) {
            return new Fields(context + "." + key, mapping);
        }
        throw mustBe("an object", "Write its fields below \"" + key + ":\", indented, each as name: value.");
    }

    List<Fields> objects() {
        List<Fields> objects = new ArrayList<>();
        for (Node entry : entries()) {
            if (!(entry instanceof Node.Mapping mapping)) {
                throw at(
                        entry,
                        "an entry of \"" + key + "\" must be an object, but this one is " + entry.kind() + ".",
                        "Write each entry as \"- \" followed by its fields.");
            }
            objects.add(new Fields(context + "." + key, mapping));
        }
        return objects;
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Node entry : entries()) {
            if (!(entry instanceof Node.Scalar scalar) || !entry.isText()) {
                String remedy = entry instanceof Node.Scalar scalar && !entry.isNull()
                        ? "Put it into quotes: \"" + scalar.text() + "\"."
                        : "Write each entry as \"- \" followed by the text.";
                throw at(
                        entry,
                        "an entry of \"" + key + "\" must be text, but this one is " + entry.kind() + ".",
                        remedy);
            }
            if (scalar.text().isBlank()) {
                throw at(entry, "an entry of \"" + key + "\" is empty.", "Give it a value, or remove it.");
            }
            texts.add(scalar.text());
        }
        return texts;
    }

    private List<Node> entries() {
        if (node instanceof Node.Sequence sequence) {
            return sequence.entries();
        }
        throw mustBe("a list", "Write each entry on a line of its own below \"" + key + ":\", after \"- \".");
    }

    InvalidInput invalid(String problem, String remedy) {
        return at(node, "\"" + key + "\" " + problem, remedy);
    }

    private InvalidInput mustBe(String expected, String remedy) {
        return invalid("must be " + expected + ", but is " + node.kind() + ".", remedy);
    }

    private InvalidInput at(Node place, String problem, String remedy) {
        return new InvalidInput(place.location(), Fields.prefix(context) + problem, remedy);
    }
}
