package io.github.pgtandem.sample.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that runs while the story is told: the database, the releases and their traffic. */
final class Stage implements AutoCloseable {

    private final Screen screen;
    private final List<Traffic> traffic = Collections.synchronizedList(new ArrayList<>());
    private final List<Release> releases = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable Database database;
    private volatile boolean closing;

    Stage(Screen screen) {
        this.screen = screen;
    }

    Database database() {
        Database started = Database.start();
        database = started;
        return started.awaitReady();
    }

    Release release(int number, int port, Database sharedDatabase) {
        Release release = Release.start(number, port, sharedDatabase.url());
        releases.add(release);
        return release.awaitReady();
    }

    Traffic traffic(Release release, Board board) {
        Traffic started = Traffic.start(release, board);
        traffic.add(started);
        return started;
    }

    List<Traffic> traffic() {
        return List.copyOf(traffic);
    }

    boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        closing = true;
        boolean anything = database != null;
        if (anything) {
            screen.blank();
            screen.plain("Stopping.");
        }
        traffic.forEach(Traffic::end);
        releases.forEach(release -> release.child().release());
        releases.forEach(Release::close);
        Database started = database;
        if (started != null) {
            started.close();
            screen.plain("Everything is stopped.");
        }
    }
}
