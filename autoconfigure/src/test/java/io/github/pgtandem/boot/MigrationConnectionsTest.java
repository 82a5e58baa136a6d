package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which connections migrate. */
@ExtendWith(DatabaseExtension.class)
class MigrationConnectionsTest {

    @Test
    void anAddressForMigrationsIsEnough(Database database) {
        Build.withoutDatabase()
                .withClassLoader(new FilteredClassLoader(
                        "com.zaxxer.hikari", "org.apache.tomcat.jdbc", "org.apache.commons.dbcp2"))
                .withPropertyValues(
                        "pgtandem.locations=classpath:releases/one",
                        "pgtandem.url=" + database.jdbcUrl(),
                        "pgtandem.user=" + database.user())
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(PgTandem.class));
        assertThat(database.jdbc().queryForObject("SELECT to_regclass('customers') IS NOT NULL", Boolean.class))
                .isTrue();
    }

    @Test
    void migrationsUseTheirOwnCredentials(Database database) {
        database.role("migrator");
        database.role("weak");
        database.execute(
                "GRANT CREATE ON DATABASE " + database.name() + " TO migrator",
                "GRANT USAGE, CREATE ON SCHEMA public TO migrator");
        Build.of("one", database)
                .withPropertyValues("spring.datasource.username=weak", "pgtandem.user=migrator")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT current_user", String.class))
                            .isEqualTo("weak");
                });
        assertThat(database.jdbc()
                        .queryForObject("SELECT tableowner FROM pg_tables WHERE tablename = 'customers'", String.class))
                .isEqualTo("migrator");
    }

    @Test
    void aDataSourceForMigrationsIsUsedAndNotPinned(Database database) {
        database.role("migrator");
        database.execute(
                "GRANT CREATE ON DATABASE " + database.name() + " TO migrator",
                "GRANT USAGE, CREATE ON SCHEMA public TO migrator");
        Build.of("one", database)
                .withUserConfiguration(OwnMigrations.class)
                .withBean(Database.class, () -> database, bean -> bean.setDestroyMethodName(""))
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(database.jdbc()
                        .queryForObject("SELECT tableowner FROM pg_tables WHERE tablename = 'customers'", String.class))
                .isEqualTo("migrator");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMigrations {

        @Bean(defaultCandidate = false)
        @PgTandemDataSource
        DataSource migrations(Database database) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(database.jdbcUrl());
            source.setUser("migrator");
            return source;
        }
    }
}
