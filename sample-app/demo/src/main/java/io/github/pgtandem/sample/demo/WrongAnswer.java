package io.github.pgtandem.sample.demo;

/** An answer with another status or content than the one that is right. */
final class WrongAnswer extends RuntimeException {

    WrongAnswer(String message) {
        super(message);
    }
}
