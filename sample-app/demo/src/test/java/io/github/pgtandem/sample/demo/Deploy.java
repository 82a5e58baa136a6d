package io.github.pgtandem.sample.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A PostgreSQL of its own, and on it the releases as child processes, from this build's classes. */
final class Deploy implements AutoCloseable {

    private static final String MAIN_CLASS = "io.github.pgtandem.sample.shop.ShopApplication";

    private final Database database = Database.start().awaitReady();
    private final List<Release> releases = new ArrayList<>();

    Database database() {
        return database;
    }

    Release release(int number) {
        Release release = Release.start(number, freePort(), database.url(), classPath(number), MAIN_CLASS);
        releases.add(release);
        return release.awaitReady();
    }

    @Override
    public void close() {
        releases.forEach(Release::close);
        database.close();
    }

    /** Both releases are on the class path of the tests; each child gets only its own one. */
    private static List<Path> classPath(int number) {
        Path other = home(3 - number);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.toAbsolutePath().equals(other))
                .toList();
    }

    private static Path home(int number) {
        String name = MAIN_CLASS.replace('.', '/') + ".class";
        try {
            for (URL url : Collections.list(Deploy.class.getClassLoader().getResources(name))) {
                Path home = home(url, name);
                if (home.toString().contains("release-" + number)) {
                    return home;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("Release " + number + " is not on the class path");
    }

    /** The directory or the jar, from {@code file:/…/classes/…} or {@code jar:file:/…/x.jar!/…}. */
    private static Path home(URL url, String name) {
        String text = url.toString();
        String home = text.substring(0, text.length() - name.length());
        return Path.of(URI.create(home.replaceFirst("^jar:", "").replaceFirst("!/$", "")));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
