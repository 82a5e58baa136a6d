package io.github.pgtandem.sample.demo;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The acts: release 1 serves, release 2 joins it, each reads what the other writes. */
final class Story {

    private static final int REQUESTS_BEFORE = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Screen screen;
    private final Stage stage;
    private final Ports ports;
    private final boolean unattended;

    Story(Screen screen, Stage stage, Ports ports, boolean unattended) {
        this.screen = screen;
        this.stage = stage;
        this.ports = ports;
        this.unattended = unattended;
    }

    void play() {
        screen.plain("A rolling deploy of a small shop, from release 1 to release 2, while people shop in it.");
        screen.plain("Logs are in " + Installation.target());

        screen.act("A PostgreSQL");
        Database database = stage.database();
        screen.say("PostgreSQL %s, %s", database.version(), database.url());

        Release old = release1(database);
        Board board = new Board(Seed.through(old.shop(), database));
        screen.say("%,d customers, %,d products, %,d orders", Seed.CUSTOMERS, Seed.PRODUCTS, Seed.ORDERS);
        Traffic oldTraffic = stage.traffic(old, board);
        oldTraffic.awaitRequests(REQUESTS_BEFORE, PATIENCE);
        screen.say("%d people read, write and check every answer: %s", Traffic.USERS, oldTraffic.counts());

        Release fresh = release2(database, oldTraffic);
        Traffic freshTraffic = stage.traffic(fresh, board);

        screen.act("Both serve, and each reads what the other writes");
        new Exchange(screen, old.shop(), fresh.shop()).show();
        showState(fresh);

        if (unattended) {
            new Ending(screen, old, fresh, oldTraffic, freshTraffic, board).play();
        } else {
            new Vigil(screen, old, fresh, oldTraffic, freshTraffic).keep();
        }
    }

    private Release release1(Database database) {
        screen.act("Release 1 serves");
        long start = System.nanoTime();
        Release release = stage.release(1, ports.release1(), database);
        screen.say("%s after %s, schema version %s", release.http().base(), since(start), release.version());
        return release;
    }

    private Release release2(Database database, Traffic oldTraffic) {
        screen.act("Release 2 boots beside it and expands the schema");
        int before = oldTraffic.requests();
        long start = System.nanoTime();
        Release release = stage.release(2, ports.release2(), database);
        screen.say("%s after %s, schema version %s", release.http().base(), since(start), release.version());
        for (JsonNode backfill : release.status().required("backfills")) {
            screen.say(
                    "backfilled %s: %,d rows",
                    backfill.required("table").stringValue(),
                    backfill.required("rowsDone").longValue());
        }
        oldTraffic.requireUnharmed();
        screen.say("release 1 answered %,d requests meanwhile, failed: 0", oldTraffic.requests() - before);
        return release;
    }

    private void showState(Release release) {
        screen.act("What the database knows: GET " + release.http().base() + "/actuator/pgtandem");
        release.describe().forEach(line -> screen.say("%s", line));
    }

    private static String since(long startNanos) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startNanos) / 1e9);
    }
}
