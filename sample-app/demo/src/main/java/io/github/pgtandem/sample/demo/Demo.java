package io.github.pgtandem.sample.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs the story until somebody stops it, or, with {@code DEMO_UNATTENDED=true}, to its end. */
public final class Demo {

    private static final long MILLIS_FOR_A_SIGNAL = 500;

    private Demo() {}

    public static void main(String[] arguments) {
        // An idle connection is closed here before the server closes it: otherwise a request could meet a closing one.
        System.setProperty("jdk.httpclient.keepalive.timeout", "10");
        Screen screen =
                new Screen(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        Stage stage = new Stage(screen);
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "curtain"));
        System.exit(play(screen, stage));
    }

    private static int play(Screen screen, Stage stage) {
        try {
            boolean unattended = Boolean.parseBoolean(System.getenv("DEMO_UNATTENDED"));
            new Story(screen, stage, Ports.from(System.getenv()), unattended).play();
            return 0;
        } catch (RuntimeException e) {
            // Ctrl-C reaches the children, too: what fails then is no news.
            Wait.sleep(MILLIS_FOR_A_SIGNAL);
            if (!stage.isClosing()) {
                screen.blank();
                screen.plain(e instanceof DemoFailed ? "FAILED: " + e.getMessage() : "FAILED: " + e);
            }
            return 1;
        }
    }
}
