package io.github.pgtandem.sample.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The demo's PostgreSQL: a JVM of its own, because a server must be stopped even when the demo is killed. */
public final class DatabaseServer {

    private DatabaseServer() {}

    /** Starts the server on the port that the first argument names. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setPort(Integer.parseInt(arguments[0]))
                .setOutputRedirector(Redirect.INHERIT)
                .setErrorRedirector(Redirect.INHERIT)
                .start();
        // Until the leash ends this JVM, whose shutdown hook then stops the server.
        new CountDownLatch(1).await();
    }
}
