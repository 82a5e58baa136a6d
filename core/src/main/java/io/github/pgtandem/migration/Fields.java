package io.github.pgtandem.migration;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object in a file. Every key asked for is remembered, so that {@link #end()} can reject what nobody
 * asked for. Keys match whatever their case, until {@link #keys()} is called: then the object is a map from names, and
 * names are matched exactly.
 */
public final class Fields {

    private final String context;
    private final Node.Mapping mapping;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> used = new LinkedHashSet<>();
    private boolean exact;

    Fields(String context, Node.Mapping mapping) {
        this.context = context;
        this.mapping = mapping;
    }

    Node.Mapping mapping() {
        return mapping;
    }

    static String prefix(String context) {
        return context.isEmpty() ? "" : context + ": ";
    }

    /** Where the object stands. */
    public Location location() {
        return mapping.location();
    }

    /** Where the value of a key stands, or the object when the key is absent. */
    public Location location(String key) {
        Node node = find(key);
        return node == null ? location() : node.location();
    }

    /** Whether the key is there, be it with null. */
    public boolean has(String key) {
        return find(key) != null;
    }

    /** A required text that is not blank. */
    public String text(String key) {
        Value value = required(key);
        return value.notBlank(value.text());
    }

    /** A text, which may be empty, or null where it is absent or null. */
    public @Nullable String optionalText(String key) {
        return optional(key, Value::text);
    }

    /** A required name of at most 63 bytes. */
    public String identifier(String key) {
        return required(key).identifier();
    }

    /** A name of at most 63 bytes, or null where it is absent or null. */
    public @Nullable String optionalIdentifier(String key) {
        return optional(key, Value::identifier);
    }

    /** Required SQL; a number or boolean is taken as its text. */
    public String sql(String key) {
        Value value = required(key);
        return value.notBlank(value.sql());
    }

    /** SQL that is not blank, or null where it is absent or null. */
    public @Nullable String optionalSql(String key) {
        return optional(key, value -> value.notBlank(value.sql()));
    }

    /** False where it is absent or null. */
    public boolean flag(String key) {
        return Boolean.TRUE.equals(optionalFlag(key));
    }

    /** Null where it is absent or null. */
    public @Nullable Boolean optionalFlag(String key) {
        return optional(key, Value::flag);
    }

    /** A field for which null has a meaning; a number or boolean is taken as its text, an empty text is kept. */
    public Setting setting(String key) {
        return has(key) ? new Setting.Given(optional(key, Value::sql)) : new Setting.Absent();
    }

    /** One of the allowed words whatever its case, in the allowed spelling, or null where it is absent or null. */
    public @Nullable String choice(String key, String... allowed) {
        String written = optional(key, Value::text);
        if (written == null) {
            return null;
        }
        for (String word : allowed) {
            if (word.equalsIgnoreCase(written.strip())) {
                return word;
            }
        }
        List<String> words = Arrays.asList(allowed);
        throw invalid(
                key,
                "\"" + key + "\" is " + Node.brief(written) + ", which is not one of the allowed values.",
                UnknownFields.didYouMean(List.of(written), words) + "Allowed: " + String.join(", ", words) + ".");
    }

    /** A required object. */
    public Fields object(String key) {
        return required(key).object();
    }

    /** An object, or null where it is absent or null. */
    public @Nullable Fields optionalObject(String key) {
        return optional(key, Value::object);
    }

    /** A required list of objects that is not empty. */
    public List<Fields> objects(String key) {
        return notEmpty(key, required(key).objects());
    }

    /** A list of objects, empty where it is absent or null. */
    public List<Fields> optionalObjects(String key) {
        List<Fields> objects = optional(key, Value::objects);
        return objects == null ? List.of() : objects;
    }

    /** A required list of texts that is not empty. */
    public List<String> texts(String key) {
        return notEmpty(key, required(key).texts());
    }

    /** A list of texts, empty where it is absent or null. */
    public List<String> optionalTexts(String key) {
        List<String> texts = optional(key, Value::texts);
        return texts == null ? List.of() : texts;
    }

    /** Whether the value is a list, empty or not. */
    public boolean isList(String key) {
        return find(key) instanceof Node.Sequence;
    }

    /** Whether the value is a list with entries, all of them texts. */
    public boolean isTextList(String key) {
        return find(key) instanceof Node.Sequence list
                && !list.entries().isEmpty()
                && list.entries().stream().allMatch(Node::isText);
    }

    /** Whether the value is an object. */
    public boolean isObject(String key) {
        return find(key) instanceof Node.Mapping;
    }

    /** The keys as written, in the file's order, for an object that maps names to values. All count as read. */
    public List<String> keys() {
        exact = true;
        used.addAll(mapping.entries().keySet());
        return List.copyOf(mapping.entries().keySet());
    }

    /** A problem with the value of a key; the message begins with this object's operation and field. */
    public InvalidInput invalid(String key, String problem, String remedy) {
        return new InvalidInput(location(key), prefix(context) + problem, remedy);
    }

    /** A problem with the object as a whole. */
    public InvalidInput invalid(String problem, String remedy) {
        return new InvalidInput(location(), prefix(context) + problem, remedy);
    }

    /** Rejects every key that has not been asked for. */
    public void end() {
        List<String> unknown = mapping.entries().keySet().stream()
                .filter(key -> !used.contains(key))
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        Location at = mapping.entries().get(unknown.get(0)).location();
        throw UnknownFields.problem(at, context, unknown, used, known);
    }

    /** The value as it stands, for the reader of whole files. */
    @Nullable
    Node node(String key) {
        return find(key);
    }

    private @Nullable Node find(String key) {
        known.add(key);
        String spelling = spelling(key);
        if (spelling == null) {
            return null;
        }
        used.add(spelling);
        return mapping.entries().get(spelling).value();
    }

    private @Nullable String spelling(String key) {
        if (exact || mapping.entries().containsKey(key)) {
            return mapping.entries().containsKey(key) ? key : null;
        }
        return mapping.entries().keySet().stream()
                .filter(key::equalsIgnoreCase)
                .findFirst()
                .orElse(null);
    }

    private <T> @Nullable T optional(String key, Function<Value, T> read) {
        Node node = find(key);
        return node == null || node.isNull() ? null : read.apply(new Value(context, key, node));
    }

    private Value required(String key) {
        Node node = find(key);
        if (node == null) {
            throw UnknownFields.missing(context, key, mapping, used);
        }
        if (node.isNull()) {
            throw invalid(key, "\"" + key + "\" has no value.", "Give it a value.");
        }
        return new Value(context, key, node);
    }

    private <T> List<T> notEmpty(String key, List<T> entries) {
        if (entries.isEmpty()) {
            throw invalid(key, "\"" + key + "\" is an empty list.", "Give it at least one entry.");
        }
        return entries;
    }
}
