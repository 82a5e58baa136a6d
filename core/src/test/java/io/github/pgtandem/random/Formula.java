package io.github.pgtandem.random;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A computation as SQL and as Java.
 *
 * @param sql with a {@code %s} for each column that it reads, as a bigint
 * @param java of their values; the result may be null
 */
record Formula(String sql, int columns, Function<List<@Nullable Long>, @Nullable Long> java) {

    static Formula same() {
        return new Formula("%s", 1, v -> v.get(0));
    }

    static Formula constant(long value) {
        return new Formula("(" + value + ")", 0, v -> value);
    }

    static Formula plus(long addend) {
        return new Formula("%s + (" + addend + ")", 1, v -> v.get(0) == null ? null : v.get(0) + addend);
    }

    static Formula times(long factor) {
        return new Formula("%s * " + factor, 1, v -> v.get(0) == null ? null : v.get(0) * factor);
    }

    /** Loses what remains, so that there and back is not the same. */
    static Formula divided(long divisor) {
        return new Formula("%s / " + divisor, 1, v -> v.get(0) == null ? null : v.get(0) / divisor);
    }

    static Formula sum() {
        return new Formula("coalesce(%s, 0) + coalesce(%s, 0)", 2, v -> orZero(v.get(0)) + orZero(v.get(1)));
    }

    /** The same, never null. */
    Formula or(long otherwise) {
        return new Formula("coalesce(" + sql + ", " + otherwise + ")", columns, v -> {
            Long value = java.apply(v);
            return value == null ? Long.valueOf(otherwise) : value;
        });
    }

    String sql(List<String> names, Kind result) {
        Object[] read = names.stream()
                .map(n -> "(" + n + ")::bigint")
                .collect(Collectors.toList())
                .toArray();
        return "(" + sql.formatted(read) + ")::" + result.sql();
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
