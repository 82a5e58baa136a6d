package io.github.pgtandem;

import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that an operator has given by name, each read as what it stands for. */
final class Knobs {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(MB|GB|TB)");
    private static final Map<String, Integer> SHIFTS = Map.of("MB", 20, "GB", 30, "TB", 40);

    private final Map<String, String> values;
    private final TreeSet<String> asked = new TreeSet<>();

    Knobs(Map<String, String> values) {
        this.values = values;
    }

    int number(String name, int otherwise, int least, int most) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new IllegalArgumentException(
                name + " must be a number from " + least + " to " + most + ", not \"" + value + "\".");
    }

    double decimal(String name, double otherwise, int most) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new IllegalArgumentException(name + " must be a number from 0 to " + most + ", not \"" + value + "\".");
    }

    Duration duration(String name, Duration otherwise) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        Matcher matcher = DURATION.matcher(value);
        if (matcher.matches()) {
            return Duration.ofMillis(Long.parseLong(matcher.group(1)) * MILLIS.get(matcher.group(2)));
        }
        if (value.equals("0")) {
            return Duration.ZERO;
        }
        throw new IllegalArgumentException(name + " must be a time such as 1500ms, 10s or 1h, not \"" + value + "\".");
    }

    long bytes(String name, long otherwise) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        Matcher matcher = BYTES.matcher(value);
        if (matcher.matches() && Long.parseLong(matcher.group(1)) <= Long.MAX_VALUE >> SHIFTS.get(matcher.group(2))) {
            return Long.parseLong(matcher.group(1)) << SHIFTS.get(matcher.group(2));
        }
        if (value.equals("0")) {
            return 0;
        }
        throw new IllegalArgumentException(name + " must be a size such as 500MB or 4GB, not \"" + value + "\".");
    }

    boolean flag(String name, boolean otherwise) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw new IllegalArgumentException(name + " must be true or false, not \"" + value + "\".");
    }

    /** To be called when every known one has been asked for. */
    void refuseOthers() {
        for (String name : values.keySet()) {
            if (!asked.contains(name)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is not a knob. Knobs: " + String.join(", ", asked) + ".");
            }
        }
    }

    private @Nullable String value(String name) {
        asked.add(name);
        String value = values.get(name);
        return value == null ? null : value.strip();
    }
}
