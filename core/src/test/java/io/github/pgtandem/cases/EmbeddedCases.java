package io.github.pgtandem.cases;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the places of a page that are marked {@code <!-- case: operation/kind -->} with the case's files. */
final class EmbeddedCases {

    private static final Pattern PLACE =
            Pattern.compile("(<!-- case: (\\S+) -->\n).*?(<!-- end of case -->)", Pattern.DOTALL);

    private EmbeddedCases() {}

    static String in(String page) {
        Matcher place = PLACE.matcher(page);
        StringBuilder filled = new StringBuilder();
        while (place.find()) {
            Case each = new Case(place.group(2), Path.of("src/test/resources/cases", place.group(2)));
            String content = place.group(1) + block("yaml", each.text("migration.yaml"))
                    + "\nWhat it does, as planned and tested on PostgreSQL 18:\n\n"
                    + block("sql", each.text("plan.sql"))
                    + place.group(3);
            place.appendReplacement(filled, Matcher.quoteReplacement(content));
        }
        return place.appendTail(filled).toString();
    }

    private static String block(String language, String text) {
        return "```" + language + "\n" + text.stripTrailing() + "\n```\n";
    }
}
