package io.github.pgtandem.random;

import org.jspecify.annotations.Nullable;

/** A type that holds whole numbers, so that a value is the same number in whatever type a version sees it. */
enum Kind {
    INT("integer"),
    BIGINT("bigint"),
    NUMERIC("numeric"),
    TEXT("text");

    private final String sql;

    Kind(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    String literal(@Nullable Long value) {
        if (value == null) {
            return "NULL";
        }
        return this == TEXT ? "'" + value + "'" : String.valueOf(value);
    }
}
