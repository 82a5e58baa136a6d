package io.github.pgtandem.benchmark;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** One start of a Spring Boot application that has a migration tool, or none; prints nanoseconds, queries, connections. */
@EnableAutoConfiguration
class BootOnce {

    /** Who looks after the schema. */
    enum Tool {
        NONE("none"),
        FLYWAY("Flyway"),
        PGTANDEM("pgtandem");

        final String title;

        Tool(String title) {
            this.title = title;
        }
    }

    /** Any application asks its database something, so the start of the pool is not the tool's. */
    @Bean
    CommandLineRunner firstQuery(JdbcTemplate jdbc) {
        return arguments -> jdbc.execute("SELECT 1");
    }

    /** @param arguments a tool, the database's URL, and the folder of its migrations */
    public static void main(String... arguments) {
        long began = System.nanoTime();
        run(Tool.valueOf(arguments[0]), arguments[1], Path.of(arguments[2]));
        long nanos = System.nanoTime() - began;
        System.out.println(nanos + " " + CountingDriver.statements() + " " + CountingDriver.connections());
        System.exit(0);
    }

    private static void run(Tool tool, String url, Path folder) {
        SpringApplication application = new SpringApplication(BootOnce.class);
        application.setDefaultProperties(Map.ofEntries(
                entry("spring.main.web-application-type", "none"),
                entry("spring.main.banner-mode", "off"),
                entry("spring.datasource.url", url),
                entry("spring.datasource.driver-class-name", CountingDriver.class.getName()),
                // So that connections are those that somebody has asked for.
                entry("spring.datasource.hikari.minimum-idle", 1),
                entry("spring.flyway.enabled", tool == Tool.FLYWAY),
                entry("spring.flyway.locations", "filesystem:" + folder),
                entry("pgtandem.enabled", tool == Tool.PGTANDEM),
                entry("pgtandem.locations", "file:" + folder + "/")));
        application.run();
    }
}
