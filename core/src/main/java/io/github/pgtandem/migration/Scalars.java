package io.github.pgtandem.migration;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What holds for texts and keys whichever syntax they come from. */
final class Scalars {

    private Scalars() {}

    /** PostgreSQL can store neither, and would say so only in the middle of an expand. */
    static String checked(Location at, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidInput(
                    at, "a text holds the character NUL, which PostgreSQL cannot store.", "Remove the character.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidInput(
                    at, "a text holds half a surrogate pair, which is no character.", "Write the whole character.");
        }
        return text;
    }

    static void put(Map<String, Node.Entry> entries, String key, Node.Entry entry) {
        Node.Entry first = entries.putIfAbsent(key, entry);
        if (first != null) {
            throw new InvalidInput(
                    entry.location(),
                    "\"" + key + "\" is there twice, first in line "
                            + first.location().line() + ".",
                    "Keep one of the two.");
        }
    }

    static InvalidInput secondDocument(Location at) {
        return new InvalidInput(
                at, "a second document begins here; a file holds one migration.", "Move it into a file of its own.");
    }
}
