package io.github.pgtandem.boot.pin;

import static io.github.pgtandem.boot.pin.PinFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

@ExtendWith(DatabaseExtension.class)
class UnpinnedDataSourcesTest {

    private static final String PATH = "current_setting('search_path')";

    @ParameterizedTest
    @ValueSource(
            classes = {
                HikariDataSource.class,
                BasicDataSource.class,
                org.apache.tomcat.jdbc.pool.DataSource.class,
                SimpleDriverDataSource.class,
                PGSimpleDataSource.class
            })
    void migrationsAndToolsGetConnectionsThatAreNotPinned(Class<?> type, Database database) {
        PinFixture.prepare(database, "app");
        PinFixture.application(
                        database,
                        "spring.datasource.url=" + database.jdbcUrl() + "?currentSchema=app&socketTimeout=7",
                        "spring.datasource.type=" + type.getName())
                .run(context -> {
                    UnpinnedDataSources unpinned = context.getBean(UnpinnedDataSources.class);
                    DataSource pinned = context.getBean(DataSource.class);

                    DataSource forMigrations = unpinned.forMigrations(pinned, null, null);
                    assertThat(ask(forMigrations, PATH, "current_setting('application_name')"))
                            .containsExactly("\"$user\", public", "PostgreSQL JDBC Driver");
                    assertThat(((SimpleDriverDataSource) forMigrations).getUrl())
                            .doesNotContain("socketTimeout");

                    DataSource forTool = unpinned.forTool(pinned, "remedy");
                    assertThat(ask(forTool, PATH)).containsExactly("\"app\"");
                    assertThat(((SimpleDriverDataSource) forTool).getUrl()).contains("socketTimeout=7");
                });
    }

    @Test
    void whatTheDriverIsToldBesidesTheAddressIsKept(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(
                        database,
                        "spring.datasource.hikari.data-source-properties.sslmode=prefer",
                        "spring.datasource.hikari.data-source-properties.socketTimeout=7")
                .run(context -> {
                    SimpleDriverDataSource derived = (SimpleDriverDataSource) context.getBean(UnpinnedDataSources.class)
                            .forMigrations(context.getBean(DataSource.class), null, null);
                    assertThat(derived.getConnectionProperties())
                            .containsEntry("sslmode", "prefer")
                            .doesNotContainKey("socketTimeout");
                });
    }

    @Test
    void otherCredentialsAreTaken(Database database) {
        PinFixture.prepare(database, "public");
        database.role("migrator");
        PinFixture.application(database)
                .run(context -> assertThat(ask(
                                context.getBean(UnpinnedDataSources.class)
                                        .forMigrations(context.getBean(DataSource.class), "migrator", null),
                                "current_user"))
                        .containsExactly("migrator"));
    }

    @Test
    void whatBootHasDerivedItselfGoesWhereThePoolWentBefore(Database database) {
        PinFixture.prepare(database, "app");
        PinFixture.application(database, "spring.datasource.url=" + database.jdbcUrl() + "?currentSchema=app")
                .run(context -> {
                    DataSource derived = DataSourceBuilder.derivedFrom(context.getBean(DataSource.class))
                            .type(SimpleDriverDataSource.class)
                            .build();
                    assertThat(ask(context.getBean(UnpinnedDataSources.class).forTool(derived, "remedy"), PATH))
                            .containsExactly("\"app\"");
                });
    }

    @Test
    void aDataSourceWithoutAnAddressIsRefusedWithTheRemedy(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("mine", DataSource.class, () -> new WrappedDataSourceTest.Unknown(database.dataSource()))
                .run(
                        context -> assertThatThrownBy(() -> context.getBean(UnpinnedDataSources.class)
                                        .forMigrations(context.getBean(DataSource.class), null, null))
                                .hasMessageStartingWith(
                                        "Connections that are not pinned cannot be derived from the io.github.pgtandem.boot.pin.WrappedDataSourceTest$Unknown")
                                .hasMessageEndingWith(
                                        "Set pgtandem.url, pgtandem.user and pgtandem.password, or declare a DataSource bean annotated with @PgTandemDataSource."));
    }
}
