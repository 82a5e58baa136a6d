package io.github.pgtandem.boot.pin;

/** The name that a session shows to the database: {@code <application>@<version>}, in what PostgreSQL keeps of it. */
final class SessionName {

    private static final int MAX = 63;
    private static final int MIN_APPLICATION = 8;

    private SessionName() {}

    static String of(String application, String version) {
        // PostgreSQL cuts the end off, which would be the version, and shows what is not ASCII as question marks.
        int room = Math.max(MIN_APPLICATION, MAX - version.length() - 1);
        String start = application.length() > room ? application.substring(0, room) : application;
        return start + "@" + version;
    }
}
