package io.github.pgtandem.cases;

import io.github.pgtandem.MigrationFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of {@code bad}, in parts that each begin with {@code ==== }:
 *
 * <ul>
 *   <li>{@code before}: SQL besides that of {@code before.sql}
 *   <li>{@code applied <file>}: a migration that is expanded before; {@code completed}: those are completed
 *   <li>{@code file <file>}: a migration of the build that is refused
 *   <li>{@code no history}: the database has not been told a baseline; {@code baseline <name>}: another one is given
 *   <li>{@code schema <name>}: another base schema
 *   <li>{@code role}: SQL that gives the role {@value #ROLE} what it has, and makes it the migrations' role
 *   <li>{@code fails}: the input is found bad by what the rows hold, so expand begins and rolls itself back
 *   <li>{@code message}: the whole message
 * </ul>
 *
 * @param name folder and file
 */
record BadInput(String name, Path path, List<Part> parts) {

    static final String ROLE = "bad_input";

    private static final Path FOLDER = Path.of("src/test/resources/bad");
    private static final String MARK = "==== ";
    private static final String MESSAGE = "message";

    /** One part: the word it begins with, what follows it in the line, and the lines below. */
    record Part(String word, String argument, String text) {}

    static List<BadInput> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".txt"))
                    .sorted()
                    .map(BadInput::read)
                    .filter(b -> Case.isAsked(b.name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BadInput read(Path path) {
        List<Part> parts = new ArrayList<>();
        for (String part : ("\n" + content(path)).split("\n" + MARK)) {
            if (!part.isBlank()) {
                String[] head = part.lines().findFirst().orElse("").split(" ", 2);
                String text = part.contains("\n") ? part.substring(part.indexOf('\n') + 1) : "";
                parts.add(new Part(head[0], head.length > 1 ? head[1] : "", text.stripTrailing()));
            }
        }
        String file = FOLDER.relativize(path).toString();
        return new BadInput(file.substring(0, file.length() - ".txt".length()), path, parts);
    }

    static String before() {
        return content(FOLDER.resolve("before.sql"));
    }

    /** Whether it needs nothing but a file and the tables of {@code before.sql}, and is refused before anything. */
    boolean isPlain() {
        return parts.stream().allMatch(p -> p.word.equals("file") || p.word.equals(MESSAGE));
    }

    boolean has(String word) {
        return parts.stream().anyMatch(p -> p.word.equals(word));
    }

    String text(String word) {
        return parts.stream()
                .filter(p -> p.word.equals(word))
                .map(Part::text)
                .findFirst()
                .orElse("");
    }

    String argument(String word, String otherwise) {
        return parts.stream()
                .filter(p -> p.word.equals(word))
                .map(Part::argument)
                .findFirst()
                .orElse(otherwise);
    }

    List<MigrationFile> files(String word) {
        return parts.stream()
                .filter(p -> p.word.equals(word))
                .map(p -> new MigrationFile("db/" + p.argument, p.text))
                .toList();
    }

    /** The message, as it stands in the file. */
    String message() {
        return text(MESSAGE);
    }

    /** Writes a new message into the file, for somebody to read. */
    void update(String message) {
        String mark = MARK + MESSAGE + "\n";
        String content = content(path);
        int at = content.indexOf(mark);
        String head = at < 0 ? content.stripTrailing() + "\n" : content.substring(0, at);
        try {
            Files.writeString(path, head + mark + message + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
