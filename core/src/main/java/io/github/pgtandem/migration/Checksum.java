package io.github.pgtandem.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Checksums in hexadecimal. */
final class Checksum {

    private Checksum() {}

    /** SHA-256, which says what a migration is. */
    static String of(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * CRC-32 and CRC-32C, which tell at a start that a file is not edited. A JVM has them before it has compiled anything;
     * SHA-256 of 1,000 small files takes a new one five times as long.
     */
    static String ofFile(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits(value(new CRC32(), bytes) << 32 | value(new CRC32C(), bytes));
    }

    private static long value(java.util.zip.Checksum checksum, byte[] bytes) {
        checksum.update(bytes);
        return checksum.getValue();
    }
}
