package io.github.pgtandem.migration;

import io.github.pgtandem.MigrationFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads one migration and collects all that is wrong with it. */
final class MigrationReader {

    private static final int MAX_NAME_BYTES = 63;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Comparator<InvalidInput> BY_PLACE = Comparator.comparing(
            InvalidInput::location, Comparator.comparingInt(Location::line).thenComparingInt(Location::column));

    private final String name;
    private final String path;
    private final List<InvalidInput> problems;

    MigrationReader(String name, String path, List<InvalidInput> problems) {
        this.name = name;
        this.path = path;
        this.problems = problems;
    }

    static @Nullable ParsedMigration read(MigrationFile file, List<InvalidInput> problems) {
        MigrationReader reader = new MigrationReader(file.name(), file.path(), problems);
        reader.checkName();
        String lower = file.fileName().toLowerCase(Locale.ROOT);
        boolean yaml = lower.endsWith(".yaml") || lower.endsWith(".yml");
        if (yaml || lower.endsWith(".json")) {
            ParsedMigration read = reader.read(yaml ? YamlReader::read : JsonReader::read, file.content());
            return read == null ? null : read.ofFile(file.content());
        }
        reader.problem(
                reader.start(),
                "the name of a migration file must end in .yaml, .yml or .json.",
                "Rename the file, or move it out of the folder.");
        return null;
    }

    @Nullable
    ParsedMigration read(Syntax syntax, String content) {
        int before = problems.size();
        ParsedMigration parsed = null;
        try {
            parsed = migration(syntax.read(path, content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content));
        } catch (InvalidInput e) {
            problems.add(e);
        }
        problems.subList(before, problems.size()).sort(BY_PLACE);
        return problems.size() == before ? parsed : null;
    }

    /** YAML or JSON. */
    interface Syntax {
        @Nullable
        Node read(String path, String content);
    }

    private void checkName() {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.isBlank()) {
            problem(
                    start(),
                    "the file has no name before its extension, and a migration is named after its file.",
                    "Rename the file, for example to 0001_create_orders.yaml.");
        } else if (bytes > MAX_NAME_BYTES) {
            problem(
                    start(),
                    "the migration's name is " + bytes + " bytes long; at most " + MAX_NAME_BYTES + " are allowed.",
                    "Shorten the file's name.");
        }
    }

    private ParsedMigration migration(@Nullable Node root) {
        if (root == null || root.isNull()) {
            throw new InvalidInput(
                    start(), "the file is empty.", "Write \"operations: []\" for a migration without operations.");
        }
        if (!(root instanceof Node.Mapping mapping)) {
            throw new InvalidInput(
                    root.location(),
                    "a migration must be an object, but this is " + root.kind() + ".",
                    "Begin the file with \"operations:\" and list the operations below it.");
        }
        collect(() -> checkOldName(mapping));
        Fields fields = new Fields("", withoutOldName(mapping));
        Node list = fields.node("operations");
        AtomicReference<@Nullable String> versionSchema = new AtomicReference<>();
        collect(() -> versionSchema.set(versionSchema(fields)));
        boolean fieldsKnown = collect(fields::end);
        List<ParsedOperation> operations = new ArrayList<>();
        // A misspelt "operations" is one problem, not two.
        if (list != null || fieldsKnown) {
            collect(() -> readOperations(fields, list, operations));
        }
        String json = list == null ? "" : CanonicalJson.of(content(mapping.location(), versionSchema.get(), list));
        return new ParsedMigration(
                name,
                path,
                Objects.requireNonNullElse(versionSchema.get(), name),
                Checksum.of(json),
                null,
                json,
                operations);
    }

    private static Node content(Location at, @Nullable String versionSchema, Node operations) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        entries.put("operations", new Node.Entry(at, operations));
        if (versionSchema != null) {
            entries.put("version_schema", new Node.Entry(at, new Node.Scalar(at, Node.Type.TEXT, versionSchema)));
        }
        return new Node.Mapping(at, entries);
    }

    private static @Nullable String versionSchema(Fields fields) {
        String text = fields.optionalSql("version_schema");
        int bytes = text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES) {
            throw fields.invalid(
                    "version_schema",
                    "\"version_schema\" is " + bytes + " bytes long; at most " + MAX_NAME_BYTES + " are allowed.",
                    "Shorten it.");
        }
        if (text != null && text.chars().anyMatch(Character::isISOControl)) {
            throw fields.invalid(
                    "version_schema",
                    "\"version_schema\" has a line break or another control character, and is part of a schema's name.",
                    "Remove it.");
        }
        return text;
    }

    /** Older releases of pgroll wrote the name into the file as well. */
    private void checkOldName(Node.Mapping mapping) {
        Fields fields = new Fields("", mapping);
        String written = fields.optionalSql("name");
        if (written != null && !written.equals(name)) {
            throw fields.invalid(
                    "name",
                    "\"name\" is " + Node.brief(written) + ", but a migration is named after its file: \"" + name
                            + "\".",
                    "Remove the line.");
        }
    }

    private static Node.Mapping withoutOldName(Node.Mapping mapping) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(mapping.entries());
        entries.keySet().removeIf("name"::equalsIgnoreCase);
        return new Node.Mapping(mapping.location(), entries);
    }

    private void readOperations(Fields fields, @Nullable Node list, List<ParsedOperation> into) {
        if (list == null) {
            throw fields.invalid(
                    "\"operations\" is missing.", "Add it; \"operations: []\" is a migration without operations.");
        }
        if (!(list instanceof Node.Sequence sequence)) {
            throw fields.invalid(
                    "operations",
                    "\"operations\" must be a list, but is " + list.kind() + ".",
                    "Write each operation below it, after \"- \"; \"operations: []\" is a migration without operations.");
        }
        for (Node entry : sequence.entries()) {
            collect(() -> into.add(operation(entry)));
        }
    }

    private static ParsedOperation operation(Node entry) {
        if (!(entry instanceof Node.Mapping mapping)) {
            throw new InvalidInput(
                    entry.location(),
                    "an operation must be an object, but this is " + entry.kind() + ".",
                    "Write it as \"- drop_table:\" with its fields below, indented.");
        }
        List<String> names = List.copyOf(mapping.entries().keySet());
        if (names.size() != 1) {
            throw new InvalidInput(
                    entry.location(),
                    names.isEmpty()
                            ? "an operation is empty."
                            : "an entry of \"operations\" must be one operation, but this one has "
                                    + String.join(", ", names) + ".",
                    names.isEmpty()
                            ? "Remove it, or write the operation's name and its fields."
                            : "Begin each operation with \"- \", and indent its fields below its name.");
        }
        Node.Entry value = mapping.entries().get(names.get(0));
        if (!(value.value() instanceof Node.Mapping fields)) {
            throw new InvalidInput(
                    value.location(),
                    names.get(0) + ": the operation must have fields, but it is "
                            + value.value().kind() + ".",
                    "Write its fields below its name, indented.");
        }
        return new ParsedOperation(names.get(0), new Fields(names.get(0), fields), value.location());
    }

    private boolean collect(Runnable read) {
        try {
            read.run();
            return true;
        } catch (InvalidInput e) {
            problems.add(e);
            return false;
        }
    }

    private Location start() {
        return new Location(path, 1, 1);
    }

    private void problem(Location at, String problem, String remedy) {
        problems.add(new InvalidInput(at, problem, remedy));
    }
}
