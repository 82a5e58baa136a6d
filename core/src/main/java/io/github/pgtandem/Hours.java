package io.github.pgtandem;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of every day, which may go over midnight.
 *
 * @param from its first moment
 * @param until the moment behind its last
 * @param zone where it is that time
 */
public record Hours(LocalTime from, LocalTime until, ZoneId zone) {

    private static final Pattern TEXT = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)(?: (\\S+))?");

    /** @throws IllegalArgumentException where it would be empty */
    public Hours {
        if (from.equals(until)) {
            throw new IllegalArgumentException(
                    "hours from %s to %s are none. Leave them out for the whole day.".formatted(from, until));
        }
    }

    /**
     * Reads {@code 22:00-06:00} or {@code 22:00-06:00 Europe/Berlin}; without a zone it is that of this JVM.
     *
     * @throws IllegalArgumentException for another text
     */
    public static Hours parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            try {
                return new Hours(
                        LocalTime.parse(matcher.group(1)),
                        LocalTime.parse(matcher.group(2)),
                        matcher.group(3) == null ? ZoneId.systemDefault() : ZoneId.of(matcher.group(3)));
            } catch (DateTimeException e) {
                // Told below.
            }
        }
        throw new IllegalArgumentException(
                "hours must be like \"22:00-06:00\" or \"22:00-06:00 Europe/Berlin\", not \"" + text + "\".");
    }

    /** Whether a moment is in it. */
    public boolean contains(Instant moment) {
        LocalTime time = LocalTime.ofInstant(moment, zone);
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(until);
        return from.isBefore(until) ? begun && !over : begun || !over;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return from + "-" + until + " " + zone;
    }
}
