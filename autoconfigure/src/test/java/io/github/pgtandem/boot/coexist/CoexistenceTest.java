package io.github.pgtandem.boot.coexist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.boot.Build;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.DefaultConfigurationCustomizer;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(DatabaseExtension.class)
class CoexistenceTest {

    @Test
    void flywayMigratesTheBaseSchemaBeforeTheExpand(Database database) {
        flyway(database).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT current_schema()", String.class))
                    .isEqualTo("public_0001_customers");
            assertThat(context.getBeanFactory()
                            .getBeanDefinition("pgtandemInitializer")
                            .getDependsOn())
                    .contains("flywayInitializer");
        });
        assertThat(schemaOf("flyway_schema_history", database)).isEqualTo("public");
        assertThat(schemaOf("by_flyway", database)).isEqualTo("public");
        flyway(database).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void flywayGoesWhereTheUrlOfTheApplicationPoints(Database database) {
        database.execute("CREATE SCHEMA app");
        flyway(database)
                .withPropertyValues("spring.datasource.url=" + database.jdbcUrl() + "?currentSchema=app")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(schemaOf("by_flyway", database)).isEqualTo("app");
    }

    @Test
    void liquibaseMigratesTheBaseSchema(Database database) {
        Build.of("one", database)
                .withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
                .withPropertyValues(
                        "spring.liquibase.change-log=classpath:other/changelog.sql", "pgtandem.baseline=0000_liquibase")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(schemaOf("databasechangelog", database)).isEqualTo("public");
        assertThat(schemaOf("by_liquibase", database)).isEqualTo("public");
    }

    @Test
    void hibernateValidatesThroughThePinnedPath(Database database) {
        Build.of("one", database).run(context -> assertThat(context).hasNotFailed());
        hibernate(database, "two", "spring.jpa.hibernate.ddl-auto=validate").run(context -> {
            assertThat(context).hasNotFailed();
            EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
            Person person = new Person();
            person.fullName = "Ann";
            factory.runInTransaction(entities -> entities.persist(person));
            assertThat(database.jdbc().queryForObject("SELECT count(*) FROM customers", Integer.class))
                    .isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "spring.jpa.hibernate.ddl-auto=update, spring.jpa.hibernate.ddl-auto=update has",
        "spring.jpa.generate-ddl=true, spring.jpa.hibernate.ddl-auto=update has",
        "spring.jpa.properties.hibernate.default_schema=public, hibernate.default_schema=public has"
    })
    void aHibernateThatChangesOrGoesRoundTheSchemaIsRefused(String property, String problem, Database database) {
        hibernate(database, "one", property)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageStartingWith(problem));
    }

    @Test
    void jooqDoesNotNameTheSchema(Database database) {
        Build.of("one", database).run(context -> {
            DefaultConfiguration configuration = new DefaultConfiguration();
            context.getBean(DefaultConfigurationCustomizer.class).customize(configuration);
            assertThat(configuration.settings().isRenderSchema()).isFalse();
        });
    }

    private static ApplicationContextRunner flyway(Database database) {
        return Build.of("one", database)
                .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
                .withPropertyValues(
                        "spring.flyway.locations=classpath:other/flyway",
                        "spring.flyway.baseline-on-migrate=true",
                        "pgtandem.baseline=0000_flyway");
    }

    private static ApplicationContextRunner hibernate(Database database, String release, String... properties) {
        return Build.of(release, database)
                .withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
                .withUserConfiguration(Entities.class)
                .withPropertyValues(properties);
    }

    private static String schemaOf(String table, Database database) {
        return database.jdbc()
                .queryForObject("SELECT schemaname FROM pg_tables WHERE tablename = ?", String.class, table);
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = CoexistenceTest.class)
    static class Entities {}

    @Entity
    @Table(name = "customers")
    static class Person {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        private Long id;

        private String fullName;
        private Integer nameLength = 0;
    }

    @Entity
    @Table(name = "countries")
    static class Country {

        @Id
        private String code;
    }
}
