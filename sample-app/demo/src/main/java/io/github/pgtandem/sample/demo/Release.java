package io.github.pgtandem.sample.demo;

import io.github.pgtandem.sample.demo.Http.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One running instance of a release. */
final class Release implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration ACT = Duration.ofMinutes(3);
    private static final int OK = 200;

    private final int number;
    private final Child child;
    private final Http http;
    private final Shop shop;

    private Release(int number, Child child, int port) {
        this.number = number;
        this.child = child;
        this.http = new Http(port);
        this.shop = new Shop(http, number == 1 ? new OldShape() : new NewShape());
    }

    /** Starts the jar that the build made. */
    static Release start(int number, int port, String databaseUrl) {
        Path jar = Installation.jar(number);
        return start(number, port, databaseUrl, List.of(jar), "org.springframework.boot.loader.launch.JarLauncher");
    }

    static Release start(int number, int port, String databaseUrl, List<Path> classPath, String mainClass) {
        Path log = Installation.target().resolve("release-" + number + ".log");
        List<String> arguments = List.of(
                "--server.port=" + port,
                "--spring.datasource.url=" + databaseUrl,
                "--spring.main.banner-mode=off",
                "--spring.output.ansi.enabled=never");
        return new Release(number, Child.start(log, classPath, mainClass, arguments), port);
    }

    Release awaitReady() {
        Wait.until("release " + number + " to be ready", START, child, () -> answers("/actuator/health/readiness"));
        return this;
    }

    private boolean answers(String path) {
        try {
            return http.get(path).status() == OK;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    int number() {
        return number;
    }

    String name() {
        return "release " + number;
    }

    Child child() {
        return child;
    }

    Http http() {
        return http;
    }

    Shop shop() {
        return shop;
    }

    JsonNode status() {
        Answer answer = http.get("/actuator/pgtandem");
        if (answer.status() != OK) {
            throw new DemoFailed(
                    "GET " + http.base() + "/actuator/pgtandem answers " + answer.status() + ": " + answer.text());
        }
        return answer.json();
    }

    /** The version of the schema that it works with. */
    String version() {
        return status().required("pinned").required("version").stringValue();
    }

    /** Asks for complete or rollback. */
    Answer act(String act, boolean force) {
        Map<String, ?> body = force ? Map.of("force", true) : Map.of();
        return http.post("/actuator/pgtandem/" + act, body, ACT);
    }

    /** What the database holds of the migrations and versions, in lines to print. */
    List<String> describe() {
        JsonNode status = status();
        List<String> lines = new ArrayList<>();
        for (JsonNode version : status.required("versions")) {
            lines.add(String.format(
                    "version   %-36s %-9s instances %d",
                    version.required("name").stringValue(),
                    version.required("state").stringValue(),
                    version.required("instances").intValue()));
        }
        for (JsonNode instance : status.required("instances")) {
            lines.add(String.format(
                    "instance  %-36s %s on %s",
                    instance.required("id").stringValue(),
                    instance.required("version").stringValue(),
                    instance.required("host").stringValue()));
        }
        return lines;
    }

    /** Why it serves no longer; empty while it does. */
    Optional<String> ended() {
        if (!child.isAlive()) {
            return Optional.of("has ended");
        }
        try {
            JsonNode status = status();
            String version = status.required("pinned").required("version").stringValue();
            for (JsonNode known : status.required("versions")) {
                if (known.required("name").stringValue().equals(version)) {
                    String state = known.required("state").stringValue();
                    return state.equals("RETIRED") ? Optional.of("was retired") : Optional.empty();
                }
            }
            return Optional.of("lost its version");
        } catch (UncheckedIOException | DemoFailed e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
