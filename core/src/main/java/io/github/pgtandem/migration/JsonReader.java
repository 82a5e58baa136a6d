package io.github.pgtandem.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON with the place of every value. */
final class JsonReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final String path;
    private final JsonParser parser;

    private JsonReader(String path, JsonParser parser) {
        this.path = path;
        this.parser = parser;
    }

    /** The content, or null where there is none. */
    static @Nullable Node read(String path, String content) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), content)) {
            JsonReader reader = new JsonReader(path, parser);
            if (parser.nextToken() == null) {
                return null;
            }
            Node node = reader.node();
            if (parser.nextToken() != null) {
                throw Scalars.secondDocument(reader.here());
            }
            return node;
        } catch (JacksonException e) {
            throw notJson(path, e);
        }
    }

    private static InvalidInput notJson(String path, JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        Location location =
                at == null ? new Location(path, 1, 1) : new Location(path, at.getLineNr(), at.getColumnNr());
        String reason = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
        return new InvalidInput(location, "the file is not valid JSON: " + reason + ".", "Correct it at this place.");
    }

    private Location here() {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new Location(path, at.getLineNr(), at.getColumnNr());
    }

    private Node node() {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            case VALUE_NULL -> new Node.Scalar(here(), Node.Type.NULL, "null");
            case VALUE_TRUE, VALUE_FALSE -> new Node.Scalar(here(), Node.Type.BOOLEAN, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Scalar(here(), Node.Type.NUMBER, parser.getString());
            default -> new Node.Scalar(here(), Node.Type.TEXT, Scalars.checked(here(), parser.getString()));
        };
    }

    private Node mapping() {
        Location start = here();
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Location at = here();
            String key = Scalars.checked(at, parser.currentName());
            parser.nextToken();
            Scalars.put(entries, key, new Node.Entry(at, node()));
        }
        return new Node.Mapping(start, entries);
    }

    private Node sequence() {
        Location start = here();
        List<Node> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            entries.add(node());
        }
        return new Node.Sequence(start, entries);
    }
}
