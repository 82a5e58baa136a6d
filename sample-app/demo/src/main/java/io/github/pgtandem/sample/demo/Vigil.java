package io.github.pgtandem.sample.demo;

import java.util.List;
import java.util.Optional;

/** Stays up for an audience that wants to look, complete or roll back by hand. */
final class Vigil {

    private static final long MILLIS_BETWEEN_LOOKS = 500;
    private static final int LOOKS_BETWEEN_COUNTS = 20;

    private final Screen screen;
    private final Release old;
    private final Release fresh;
    private final List<Traffic> traffic;

    Vigil(Screen screen, Release old, Release fresh, Traffic oldTraffic, Traffic freshTraffic) {
        this.screen = screen;
        this.old = old;
        this.fresh = fresh;
        this.traffic = List.of(oldTraffic, freshTraffic);
    }

    void keep() {
        explain();
        for (int look = 1; ; look++) {
            Wait.sleep(MILLIS_BETWEEN_LOOKS);
            for (Traffic each : traffic) {
                Optional<String> ended = each.judge();
                ended.ifPresent(why -> told(each, why));
            }
            if (look % LOOKS_BETWEEN_COUNTS == 0) {
                screen.say("%s   %s", traffic.get(0).counts(), traffic.get(1).counts());
                traffic.forEach(this::firstFailure);
            }
        }
    }

    private void explain() {
        screen.act("Now you");
        screen.say("Look:      curl -s %s/actuator/pgtandem", fresh.http().base());
        screen.say(
                "Shop:      curl -s %s/customers    curl -s %s/customers",
                old.http().base(), fresh.http().base());
        screen.say("Complete:  %s", curl(fresh, "complete", "{}"));
        screen.say(
                "           It is refused while release 1 is alive: kill %d first,",
                old.child().pid());
        screen.say("           or cut release 1 off with -d '{\"force\": true}' and see what its clients are told.");
        screen.say("Roll back: %s", curl(old, "rollback", "{}"));
        screen.say(
                "           It is refused while release 2 is alive: kill %d first.",
                fresh.child().pid());
        screen.say("Stop:      Ctrl-C");
        screen.blank();
    }

    private static String curl(Release release, String act, String body) {
        return "curl -s -H 'Content-Type: application/json' -d '" + body + "' "
                + release.http().base() + "/actuator/pgtandem/" + act;
    }

    private void told(Traffic each, String why) {
        Release release = each.release();
        screen.say("%s %s; its users are sent home", release.name(), why);
        if (release.child().isAlive()) {
            screen.say("it answers: %s", release.http().get("/customers").message());
        }
    }

    private void firstFailure(Traffic each) {
        if (each.failed() > 0) {
            screen.say("first failure of %s: %s", each.release().name(), each.firstFailure());
        }
    }
}
