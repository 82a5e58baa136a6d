package io.github.pgtandem.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a benchmark found: a table in Markdown, with what is required beside it. */
final class Report {

    private final String title;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(String title, String... columns) {
        this.title = title;
        rows.add(List.of(columns));
        rows.add(Arrays.stream(columns).map(column -> "---").toList());
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A sentence below the table. */
    void note(String sentence) {
        notes.add(sentence);
    }

    String markdown(String machine, long seconds) {
        StringBuilder text = new StringBuilder("## " + title + "\n\n");
        for (List<String> row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
        }
        text.append('\n');
        for (String note : notes) {
            text.append("- ").append(note).append('\n');
        }
        return text.append("- ")
                .append(machine)
                .append("; took ")
                .append(seconds)
                .append(" s.\n")
                .toString();
    }

    /** A ratio as printed. */
    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
    }

    /** A whole number. */
    static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /** {@code <= 1.25}, and whether that holds. */
    static String atMost(double required, double value) {
        return "≤ " + plain(required) + (value <= required ? " ✓" : " ✗");
    }

    /** {@code >= 0.65}, and whether that holds. */
    static String atLeast(double required, double value) {
        return "≥ " + plain(required) + (value >= required ? " ✓" : " ✗");
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
