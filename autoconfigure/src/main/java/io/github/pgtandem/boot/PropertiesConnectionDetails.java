package io.github.pgtandem.boot;

import org.jspecify.annotations.Nullable;

/** What {@code pgtandem.url}, {@code pgtandem.user} and {@code pgtandem.password} say. */
record PropertiesConnectionDetails(PgTandemProperties properties) implements PgTandemConnectionDetails {

    @Override
    public @Nullable String getJdbcUrl() {
        return properties.url();
    }

    @Override
    public @Nullable String getUsername() {
        return properties.user();
    }

    @Override
    public @Nullable String getPassword() {
        return properties.password();
    }
}
