package io.github.pgtandem.sample.demo;

import io.github.pgtandem.sample.demo.Http.Answer;
import java.time.Duration;

/** Without an audience: complete over HTTP, and see who goes on. */
final class Ending {

    private static final int ENOUGH_REQUESTS = 2_000;
    private static final int REQUESTS_AFTER_COMPLETE = 400;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private final Screen screen;
    private final Release old;
    private final Release fresh;
    private final Traffic oldTraffic;
    private final Traffic freshTraffic;
    private final Board board;

    Ending(Screen screen, Release old, Release fresh, Traffic oldTraffic, Traffic freshTraffic, Board board) {
        this.screen = screen;
        this.old = old;
        this.fresh = fresh;
        this.oldTraffic = oldTraffic;
        this.freshTraffic = freshTraffic;
        this.board = board;
    }

    void play() {
        screen.act("At least " + ENOUGH_REQUESTS + " requests on each");
        freshTraffic.awaitRequests(ENOUGH_REQUESTS, PATIENCE);
        oldTraffic.awaitRequests(ENOUGH_REQUESTS, PATIENCE);
        showCounts();

        screen.act("Complete is refused while release 1 is alive");
        Answer refusal = fresh.act("complete", false);
        require(refusal, CONFLICT);
        screen.say("409: %s", refusal.message());

        screen.act("Complete by force");
        oldTraffic.stop();
        oldTraffic.requireUnharmed();
        int before = freshTraffic.requests();
        Answer completed = fresh.act("complete", true);
        require(completed, OK);
        fresh.describe().forEach(line -> screen.say("%s", line));

        screen.act("Release 1 is told that it is retired, release 2 goes on");
        Answer retired = old.http().get("/customers");
        if (retired.status() < 400) {
            throw new DemoFailed("Release 1 still answers " + retired.status() + " to GET /customers");
        }
        screen.say("GET %s/customers → %d: %s", old.http().base(), retired.status(), retired.message());
        freshTraffic.awaitRequests(before + REQUESTS_AFTER_COMPLETE, PATIENCE);
        freshTraffic.stop();
        freshTraffic.requireUnharmed();
        screen.say("release 2 answered %,d requests since complete, failed: 0", freshTraffic.requests() - before);
        balance();

        screen.act("The end");
        showCounts();
    }

    private void showCounts() {
        screen.say("%s", oldTraffic.counts());
        screen.say("%s", freshTraffic.counts());
        screen.say("%,d rows written through one release were read through the other, all the same", board.compared());
    }

    /** Both releases took from one product all the time: nothing may be lost. */
    private void balance() {
        int first = board.shared().stock();
        int left = fresh.shop().product(board.shared().id()).stock();
        if (first - board.taken() != left) {
            throw new DemoFailed("A write was lost: the stock of the shared product was " + first + ", " + board.taken()
                    + " were taken, " + left + " are left.");
        }
        screen.say("both took %,d of one product in turns: no write was lost", board.taken());
    }

    private static void require(Answer answer, int status) {
        if (answer.status() != status) {
            throw new DemoFailed(
                    "Complete answers " + answer.status() + " instead of " + status + ": " + answer.text());
        }
    }
}
