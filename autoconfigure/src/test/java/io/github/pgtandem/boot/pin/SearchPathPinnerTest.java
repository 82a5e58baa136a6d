package io.github.pgtandem.boot.pin;

import static io.github.pgtandem.boot.pin.PinFixture.ask;
import static io.github.pgtandem.boot.pin.PinFixture.currentSchema;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.pgtandem.boot.PgTandemDataSource;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

@ExtendWith(DatabaseExtension.class)
class SearchPathPinnerTest {

    private static final String PINNED = "public_0002_b";

    @PostgresVersions
    void theApplicationsPoolIsPinnedAndARollbackKeepsThePin(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database, "spring.datasource.hikari.auto-commit=false")
                .run(context -> {
                    HikariDataSource pool = context.getBean(HikariDataSource.class);
                    try (Connection connection = pool.getConnection()) {
                        assertThat(ask(connection, "current_schema()")).containsExactly(PINNED);
                        connection.rollback();
                        assertThat(ask(connection, "current_schema()")).containsExactly(PINNED);
                        assertThat(ask(connection, "count(b) FROM t")).hasSize(1);
                    }
                });
    }

    @Test
    void thePinSurvivesWhatAPoolOrAnApplicationResets(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database).run(context -> {
            try (Connection connection = context.getBean(DataSource.class).getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("SET search_path = pg_catalog");
                statement.execute("DISCARD ALL");
                assertThat(ask(connection, "current_schema()")).containsExactly(PINNED);
            }
        });
    }

    @Test
    void sessionsShowTheApplicationAndItsVersionUnlessTheUserNamesThem(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .run(context -> assertThat(
                                ask(context.getBean(DataSource.class), "current_setting('application_name')"))
                        .containsExactly("shop@0002_b"));
        PinFixture.application(database, "spring.datasource.url=" + database.jdbcUrl() + "?ApplicationName=mine")
                .run(context -> assertThat(
                                ask(context.getBean(DataSource.class), "current_setting('application_name')"))
                        .containsExactly("mine"));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                HikariDataSource.class,
                BasicDataSource.class,
                org.apache.tomcat.jdbc.pool.DataSource.class,
                SimpleDriverDataSource.class,
                PGSimpleDataSource.class
            })
    void everyKindOfDataSourceTakesTheSchemaInTheUrlAsItsBaseSchema(Class<?> type, Database database) {
        PinFixture.prepare(database, "app");
        PinFixture.application(
                        database,
                        "spring.datasource.url=" + database.jdbcUrl() + "?currentSchema=app,public",
                        "spring.datasource.type=" + type.getName())
                .run(context -> {
                    DataSource dataSource = context.getBean(DataSource.class);
                    assertThat(dataSource).isInstanceOf(type);
                    assertThat(ask(dataSource, "current_schema()", "current_setting('search_path')"))
                            .containsExactly("app_0002_b", "\"app_0002_b\", \"app\", \"public\"");
                    assertThat(context.getBean(BaseSchema.class).name()).isEqualTo("app");
                    assertThat(context.getBean(BaseSchema.class).assumed()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.datasource.hikari.schema=Odd One",
                "spring.datasource.hikari.data-source-properties.currentSchema=\"Odd One\"",
                "pgtandem.schema=Odd One"
            })
    void otherWaysToNameTheBaseSchemaCountToo(String property, Database database) {
        PinFixture.prepare(database, "Odd One");
        PinFixture.application(database, property)
                .run(context -> assertThat(currentSchema(context.getBean(DataSource.class)))
                        .isEqualTo("Odd One_0002_b"));
    }

    @Test
    void aPoolMadeByClassNameIsPinned(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("mine", DataSource.class, () -> {
                    HikariDataSource pool = new HikariDataSource();
                    pool.setDataSourceClassName("org.postgresql.ds.PGSimpleDataSource");
                    pool.addDataSourceProperty("url", database.jdbcUrl() + "?currentSchema=public");
                    pool.setUsername(database.user());
                    return pool;
                })
                .run(context -> assertThat(currentSchema(context.getBean(DataSource.class)))
                        .isEqualTo(PINNED));
    }

    @Test
    void aPoolOverAnInstanceIsPinnedThroughTheInstance(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("mine", DataSource.class, () -> {
                    HikariDataSource pool = new HikariDataSource();
                    pool.setDataSource(database.dataSource());
                    return pool;
                })
                .run(context -> {
                    assertThat(context.getBean(DataSource.class)).isExactlyInstanceOf(HikariDataSource.class);
                    assertThat(currentSchema(context.getBean(DataSource.class))).isEqualTo(PINNED);
                });
    }

    @Test
    void theDataSourcesOfToolsAreLeftAlone(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("application", DataSource.class, () -> pool(database))
                .withUserConfiguration(Tools.class)
                .withBean(Database.class, () -> database, bean -> bean.setDestroyMethodName(""))
                .run(context -> {
                    assertThat(currentSchema(context.getBean("application", DataSource.class)))
                            .isEqualTo(PINNED);
                    assertThat(currentSchema(context.getBean("migrations", DataSource.class)))
                            .isEqualTo("public");
                    assertThat(currentSchema(context.getBean("flyway", DataSource.class)))
                            .isEqualTo("public");
                });
    }

    @Test
    void ofSeveralThePrimaryOneIsPinned(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("first", DataSource.class, () -> pool(database), bean -> bean.setPrimary(true))
                .withBean("second", DataSource.class, () -> pool(database))
                .run(context -> {
                    assertThat(currentSchema(context.getBean("first", DataSource.class)))
                            .isEqualTo(PINNED);
                    assertThat(currentSchema(context.getBean("second", DataSource.class)))
                            .isEqualTo("public");
                });
    }

    @Test
    void ofSeveralThoseThatAreNamedArePinned(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database, "pgtandem.data-sources=first,second")
                .withBean("first", DataSource.class, () -> pool(database))
                .withBean("second", DataSource.class, () -> pool(database))
                .withBean("third", DataSource.class, () -> pool(database))
                .run(context -> {
                    assertThat(currentSchema(context.getBean("first", DataSource.class)))
                            .isEqualTo(PINNED);
                    assertThat(currentSchema(context.getBean("second", DataSource.class)))
                            .isEqualTo(PINNED);
                    assertThat(currentSchema(context.getBean("third", DataSource.class)))
                            .isEqualTo("public");
                });
    }

    static HikariDataSource pool(Database database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setMaximumPoolSize(2);
        return pool;
    }

    @Configuration(proxyBeanMethods = false)
    static class Tools {

        @Bean
        @PgTandemDataSource
        DataSource migrations(Database database) throws SQLException {
            return pool(database);
        }

        @Bean
        @FlywayDataSource
        DataSource flyway(Database database) {
            return pool(database);
        }
    }
}
