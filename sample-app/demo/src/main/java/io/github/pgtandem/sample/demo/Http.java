package io.github.pgtandem.sample.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP with one release. */
final class Http {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String base;

    Http(int port) {
        this.base = "http://localhost:" + port;
    }

    String base() {
        return base;
    }

    Answer get(String path) {
        return send("GET", path, null, TIMEOUT);
    }

    Answer post(String path, Object body) {
        return send("POST", path, body, TIMEOUT);
    }

    Answer put(String path, Object body) {
        return send("PUT", path, body, TIMEOUT);
    }

    /** For an act that may take its time. */
    Answer post(String path, Object body, Duration timeout) {
        return send("POST", path, body, timeout);
    }

    private Answer send(String method, String path, @Nullable Object body, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    record Answer(int status, String text) {

        JsonNode json() {
            return JSON.readTree(text);
        }

        /** The reason in an error body. */
        String message() {
            JsonNode body = json();
            for (String field : new String[] {"message", "reason", "detail", "error"}) {
                if (body.path(field).isString()) {
                    return body.path(field).stringValue();
                }
            }
            return text;
        }
    }
}
