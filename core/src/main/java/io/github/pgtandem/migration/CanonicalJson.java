package io.github.pgtandem.migration;

import java.io.StringWriter;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes content in the one form that depends on nothing but its meaning: keys sorted, no white space. */
final class CanonicalJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private CanonicalJson() {}

    static String of(Node node) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(node, json);
        }
        return out.toString();
    }

    private static void write(Node node, JsonGenerator json) {
        if (node instanceof Node.Mapping mapping) {
            json.writeStartObject();
            new TreeMap<>(mapping.entries()).forEach((key, entry) -> {
                json.writeName(key);
                write(entry.value(), json);
            });
            json.writeEndObject();
        } else if (node instanceof Node.Sequence sequence) {
            json.writeStartArray();
            sequence.entries().forEach(entry -> write(entry, json));
            json.writeEndArray();
        } else if (node instanceof Node.Scalar scalar) {
            write(scalar, json);
        }
    }

    private static void write(Node.Scalar scalar, JsonGenerator json) {
        switch (scalar.type()) {
            case NULL -> json.writeNull();
            case BOOLEAN -> json.writeBoolean(Boolean.parseBoolean(scalar.text()));
            case TEXT -> json.writeString(scalar.text());
            case NUMBER -> {
                // YAML has numbers that JSON cannot write, such as 0x1F; wherever a number is read, so is its text.
                if (NUMBER.matcher(scalar.text()).matches()) {
                    json.writeNumber(scalar.text());
                } else {
                    json.writeString(scalar.text());
                }
            }
        }
    }
}
