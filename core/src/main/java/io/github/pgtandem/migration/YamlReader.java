package io.github.pgtandem.migration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema) with the place of every value. It reads the events of the YAML library itself: Jackson's
 * layer above them cannot tell an empty value from an empty text and does not know {@code ~} as null.
 */
final class YamlReader {

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();
    private static final int MAX_DEPTH = 100;

    private final String path;
    private final Iterator<Event> events;
    private int depth;

    private YamlReader(String path, Iterator<Event> events) {
        this.path = path;
        this.events = events;
    }

    /** The content, or null where there is none. */
    static @Nullable Node read(String path, String content) {
        try {
            return new YamlReader(path, new Parse(SETTINGS).parseString(content).iterator()).document();
        } catch (YamlEngineException e) {
            throw YamlErrors.located(path, content, e);
        }
    }

    private @Nullable Node document() {
        Node content = null;
        boolean found = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent) {
                if (found) {
                    throw Scalars.secondDocument(at(event));
                }
                found = true;
                content = node(events.next());
            }
        }
        return content;
    }

    private Node node(Event event) {
        if (event instanceof AliasEvent alias) {
            throw refused(event, "the alias *" + alias.getAlias());
        }
        if (event instanceof MappingStartEvent mapping) {
            checkTag(event, mapping.getTag().orElse(null), Tag.MAP);
            return nested(event, this::mapping);
        }
        if (event instanceof SequenceStartEvent sequence) {
            checkTag(event, sequence.getTag().orElse(null), Tag.SEQ);
            return nested(event, this::sequence);
        }
        return scalar((ScalarEvent) event);
    }

    private Node nested(Event start, Function<Event, Node> read) {
        if (++depth > MAX_DEPTH) {
            throw new InvalidInput(at(start), "this is nested more than " + MAX_DEPTH + " deep.", "Flatten it.");
        }
        Node node = read.apply(start);
        depth--;
        return node;
    }

    private Node mapping(Event start) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String key = key(event);
            Scalars.put(entries, key, new Node.Entry(at(event), node(events.next())));
        }
        return new Node.Mapping(at(start), entries);
    }

    private String key(Event event) {
        if (event instanceof ScalarEvent scalar) {
            if (scalar.isPlain() && scalar.getValue().equals("<<")) {
                throw refused(event, "the merge key <<");
            }
            return Scalars.checked(at(event), scalar.getValue());
        }
        if (event instanceof AliasEvent alias) {
            throw refused(event, "the alias *" + alias.getAlias());
        }
        throw new InvalidInput(at(event), "a key must be text, but this one is a list or an object.", "Write a text.");
    }

    private Node sequence(Event start) {
        List<Node> entries = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            entries.add(node(event));
        }
        return new Node.Sequence(at(start), entries);
    }

    private Node scalar(ScalarEvent event) {
        String text = Scalars.checked(at(event), event.getValue());
        event.getTag().ifPresent(tag -> checkTag(event, tag, Tag.STR));
        Tag resolved = RESOLVER.resolve(text, event.isPlain() && event.getTag().isEmpty());
        if (resolved.equals(Tag.NULL)) {
            return new Node.Scalar(at(event), Node.Type.NULL, "null");
        }
        if (resolved.equals(Tag.BOOL)) {
            return new Node.Scalar(at(event), Node.Type.BOOLEAN, text.toLowerCase(Locale.ROOT));
        }
        if (resolved.equals(Tag.INT) || resolved.equals(Tag.FLOAT)) {
            return new Node.Scalar(at(event), Node.Type.NUMBER, text);
        }
        return new Node.Scalar(at(event), Node.Type.TEXT, text);
    }

    private void checkTag(Event event, @Nullable String tag, Tag expected) {
        if (tag != null && !tag.equals(expected.getValue())) {
            throw refused(event, "the tag " + tag.replace(Tag.PREFIX, "!!"));
        }
    }

    private InvalidInput refused(Event event, String what) {
        return new InvalidInput(at(event), what + " cannot be used in a migration.", "Write the content out instead.");
    }

    private Location at(Event event) {
        return event.getStartMark()
                .map(mark -> new Location(path, mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> new Location(path, 1, 1));
    }
}
