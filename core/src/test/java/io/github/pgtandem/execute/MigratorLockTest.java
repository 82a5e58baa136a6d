package io.github.pgtandem.execute;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.UnsupportedDatabaseException;
import org.junit.jupiter.api.Test;

class MigratorLockTest {

    @Test
    void aServerOlderThan15IsRefused() {
        assertThatThrownBy(() -> MigratorLock.checkVersion(140_011, "PostgreSQL 14.11 on x86_64-pc-linux-gnu"))
                .isInstanceOf(UnsupportedDatabaseException.class)
                .hasMessage("""
                        the server is PostgreSQL 14.11, older than PostgreSQL 15.
                        Upgrade it to PostgreSQL 15 or newer: version schemas rely on views that check the caller's \
                        privileges, which older servers do not have.""");
    }

    @Test
    void aServerOf15IsTaken() {
        assertThatCode(() -> MigratorLock.checkVersion(150_000, "PostgreSQL 15.0"))
                .doesNotThrowAnyException();
    }
}
