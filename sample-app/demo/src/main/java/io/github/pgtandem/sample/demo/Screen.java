package io.github.pgtandem.sample.demo;

import java.io.PrintStream;
import java.util.Locale;

/** What the audience reads. */
final class Screen {

    private final PrintStream out;
    private int act;

    Screen(PrintStream out) {
        this.out = out;
    }

    synchronized void act(String title) {
        act++;
        out.printf("%n%d. %s%n", act, title);
    }

    synchronized void say(String format, Object... values) {
        out.println("   " + String.format(Locale.ROOT, format, values));
    }

    synchronized void blank() {
        out.println();
    }

    synchronized void plain(String text) {
        out.println(text);
    }
}
