package io.github.pgtandem.schema;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quoting, and the one place where generated names are made. */
public final class Identifiers {

    /** PostgreSQL cuts longer names, which makes two of them one. */
    public static final int MAX_BYTES = 63;

    /** Everything generated inside a base schema begins with this. */
    public static final String PREFIX = "_pgtandem_";

    /** What is left of an application's name beside a version's that is very long. */
    private static final int LEAST_OF_APPLICATION = 8;

    private static final Pattern ESCAPED = Pattern.compile("\\\\x[0-9a-f]{2}");

    private Identifiers() {}

    /** Quotes an identifier. */
    public static String id(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Quotes a qualified identifier. */
    public static String id(String schema, String name) {
        return id(schema) + "." + id(name);
    }

    /** Quotes identifiers, for a list of columns. */
    public static String ids(Collection<String> names) {
        return names.stream().map(Identifiers::id).collect(Collectors.joining(", "));
    }

    /** A string literal that means the same whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /** The body of a function or a block, whatever names and literals are in it. */
    public static String dollarQuoted(String body) {
        String tag = "$pgtandem$";
        for (int n = 2; body.contains(tag); n++) {
            tag = "$pgtandem" + n + "$";
        }
        return tag + body + tag;
    }

    /** A generated name for something called {@code base}, free according to {@code taken}. */
    public static String generated(String base, Predicate<String> taken) {
        String name = fit(PREFIX + base, "");
        for (int n = 2; taken.test(name); n++) {
            name = fit(PREFIX + base, "_" + n);
        }
        return name;
    }

    /** The name itself where it is free, else a generated one. */
    public static String freeOr(String name, Predicate<String> taken) {
        return taken.test(name) ? generated(name, taken) : name;
    }

    /**
     * The version schema of a version.
     *
     * @param last the version's name, or what its migration says instead
     */
    public static String versionSchema(String baseSchema, String last) {
        return fit(baseSchema + "_" + last, "");
    }

    /** {@code name + suffix}, shortened with a hash of the whole where it would be longer than PostgreSQL takes. */
    public static String fit(String name, String suffix) {
        if (bytes(name + suffix) <= MAX_BYTES) {
            return name + suffix;
        }
        String tail = "_" + String.format("%08x", name.hashCode()) + suffix;
        int end = name.length();
        while (bytes(name.substring(0, end)) + bytes(tail) > MAX_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end) + tail;
    }

    /**
     * The name that a session shows to others, {@code <application>@<version>}. PostgreSQL cuts the end of a long one
     * off, which would be the version.
     */
    public static String sessionName(String application, String version) {
        String start = shown(application);
        String end = "@" + shown(version);
        int room = Math.max(LEAST_OF_APPLICATION, MAX_BYTES - end.length());
        String name = start.substring(0, Math.min(start.length(), room)) + end;
        return name.substring(0, Math.min(name.length(), MAX_BYTES));
    }

    /**
     * A session's name in a form that does not depend on who shows it: of bytes that are not printable ASCII
     * PostgreSQL 15 shows question marks, a newer one four characters each. Two names may become the same.
     */
    public static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            shown.append(b < ' ' || b > '~' ? '?' : (char) b);
        }
        return ESCAPED.matcher(shown).replaceAll("?");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
