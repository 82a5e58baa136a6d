package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase.Replace;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A slice of a user's test for JDBC is migrated and pinned like the application. */
@JdbcTest(
        properties = {
            "pgtandem.locations=classpath:releases/one",
            "spring.flyway.enabled=false",
            "spring.liquibase.enabled=false"
        })
@AutoConfigureTestDatabase(replace = Replace.NONE)
class JdbcTestSliceTest {

    private static final Database DATABASE = Postgres.current().database();

    @Autowired
    private JdbcTemplate jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::jdbcUrl);
        registry.add("spring.datasource.username", DATABASE::user);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void theSliceWorksOnTheVersionOfTheBuild() {
        jdbc.update("INSERT INTO customers (name) VALUES ('Ann')");

        assertThat(jdbc.queryForObject("SELECT current_schema()", String.class)).isEqualTo("public_0001_customers");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    static class Slice {}
}
