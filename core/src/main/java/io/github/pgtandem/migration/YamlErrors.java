package io.github.pgtandem.migration;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns the YAML library's errors into a place, a problem and a remedy that need no knowledge of its scanner. */
final class YamlErrors {

    private YamlErrors() {}

    static InvalidInput located(String path, String content, YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked) {
            return marked(path, marked);
        }
        if (e instanceof ReaderException unreadable) {
            return invalid(
                    at(path, content, unreadable.getPosition()),
                    String.format("the character U+%04X is not allowed", unreadable.getCodePoint()),
                    "Remove the character, or write it as an escape in double quotes.");
        }
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
        return invalid(new Location(path, 1, 1), reason, "Correct the file.");
    }

    private static InvalidInput marked(String path, MarkedYamlEngineException e) {
        Location at = e.getProblemMark().map(mark -> location(path, mark)).orElseGet(() -> new Location(path, 1, 1));
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("(TAB)")) {
            return invalid(at, "a tab is used for indentation", "Indent with spaces.");
        }
        if (problem.contains("that cannot start any token")) {
            String character = problem.replaceFirst("^found character ('.*') that .*$", "$1");
            return invalid(at, "a text cannot begin with " + character, "Put the text into quotes.");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return invalid(
                    at,
                    "a second \": \" in one line",
                    "Put a text that contains \": \" into quotes, or check the indentation.");
        }
        if (problem.startsWith("expected <block end>")) {
            return invalid(
                    at,
                    "this does not belong to what stands before it",
                    "Check the indentation, and the quotes around the text before it.");
        }
        return invalid(at, problem, "Correct it at this place.");
    }

    private static InvalidInput invalid(Location at, String reason, String remedy) {
        return new InvalidInput(at, "the file is not valid YAML: " + reason + ".", remedy);
    }

    private static Location location(String path, Mark mark) {
        return new Location(path, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Location at(String path, String content, int position) {
        String before = content.substring(0, Math.min(position, content.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Location(path, line, before.length() - before.lastIndexOf('\n'));
    }
}
