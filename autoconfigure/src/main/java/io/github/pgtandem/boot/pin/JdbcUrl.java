package io.github.pgtandem.boot.pin;

import io.github.pgtandem.UnsupportedDatabaseException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC address with its parameters. Read as text, not by the driver, as drivers that wrap the one of PostgreSQL put
 * their own prefix before it.
 */
record JdbcUrl(String base, List<String> parameters) {

    static JdbcUrl parse(String url) {
        int question = url.indexOf('?');
        return question < 0
                ? new JdbcUrl(url, List.of())
                : new JdbcUrl(
                        url.substring(0, question),
                        List.of(url.substring(question + 1).split("&")));
    }

    /** Refuses the address of another database. One of PostgreSQL may have another driver's prefix before it. */
    static void refuseOthers(String dataSource, @Nullable String url) {
        if (url != null && !url.contains("postgresql:")) {
            throw new UnsupportedDatabaseException(
                    "DataSource '%s' leads to %s, which is not PostgreSQL."
                            .formatted(dataSource, parse(url).shown()),
                    "Use a PostgreSQL database, or set pgtandem.enabled=false where there is none, for example in a"
                            + " test on another database.");
        }
    }

    /** The decoded value of a parameter, or null. As for the driver, the last one counts. */
    @Nullable
    String parameter(String name) {
        String value = null;
        for (String parameter : parameters) {
            if (nameOf(parameter).equals(name)) {
                value = URLDecoder.decode(
                        parameter.substring(Math.min(parameter.length(), name.length() + 1)), StandardCharsets.UTF_8);
            }
        }
        return value;
    }

    JdbcUrl without(String name) {
        return new JdbcUrl(
                base,
                parameters.stream()
                        .filter(parameter -> !nameOf(parameter).equals(name))
                        .toList());
    }

    JdbcUrl with(String name, String value) {
        List<String> more = new ArrayList<>(without(name).parameters);
        more.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        return new JdbcUrl(base, more);
    }

    /** What may be shown: no parameter, as one may be a password. */
    String shown() {
        return base.replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return parameters.isEmpty() ? base : base + "?" + String.join("&", parameters);
    }

    private static String nameOf(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }
}
