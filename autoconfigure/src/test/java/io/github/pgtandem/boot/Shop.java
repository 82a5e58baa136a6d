package io.github.pgtandem.boot;

import io.github.pgtandem.fixture.Database;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running instance of an application, spoken to over HTTP. */
public final class Shop implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the build whose migrations lie in {@code releases/<release>}. */
    public static Shop start(String release, Database database, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "spring.application.name=shop",
                "spring.datasource.url=" + database.jdbcUrl(),
                "spring.datasource.username=" + database.user(),
                "spring.datasource.hikari.maximum-pool-size=3",
                "spring.flyway.enabled=false",
                "spring.liquibase.enabled=false",
                "spring.main.banner-mode=off",
                "spring.jpa.open-in-view=false",
                "pgtandem.locations=classpath:releases/" + release,
                "pgtandem.heartbeat=200ms",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always"));
        all.addAll(List.of(properties));
        if (all.stream().noneMatch(property -> property.startsWith("management.endpoint.pgtandem.access"))) {
            all.add("management.endpoint.pgtandem.access=unrestricted");
        }
        return new Shop(new SpringApplicationBuilder(Application.class)
                .properties("spring.config.location=optional:classpath:/none/")
                .run(all.stream().map(property -> "--" + property).toArray(String[]::new)));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcTemplate jdbc() {
        return bean(JdbcTemplate.class);
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public Answer post(String path, String json) {
        return post(path, "application/json", json);
    }

    public Answer postAs(String user, String path, String json) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("X-User", user)
                .POST(BodyPublishers.ofString(json)));
    }

    public Answer post(String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
        context.close();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:%s/actuator/%s"
                .formatted(context.getEnvironment().getProperty("local.server.port"), path));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What was answered. */
    public record Answer(int code, String body) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {BatchJdbcAutoConfiguration.class, QuartzAutoConfiguration.class})
    static class Application {

        /** Stands for a login. */
        @Bean
        Filter login() {
            return (request, response, chain) -> chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                        @Override
                        public Principal getUserPrincipal() {
                            String user = getHeader("X-User");
                            return user == null ? null : () -> user;
                        }
                    },
                    response);
        }
    }
}
