package io.github.pgtandem.sample.demo;

import java.util.List;

/** Why the demo does not go on, in words for its audience. */
final class DemoFailed extends RuntimeException {

    private static final int TAIL = 25;

    DemoFailed(String message) {
        super(message);
    }

    /** With the end of the log of the process that failed. */
    static DemoFailed of(String message, Child child) {
        List<String> tail = child.tail(TAIL);
        return new DemoFailed(
                message + "\nThe end of its log, " + child.log() + ":\n  | " + String.join("\n  | ", tail));
    }
}
