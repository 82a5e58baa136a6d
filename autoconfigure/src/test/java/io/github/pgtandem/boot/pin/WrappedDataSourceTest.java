package io.github.pgtandem.boot.pin;

import static io.github.pgtandem.boot.pin.PinFixture.ask;
import static io.github.pgtandem.boot.pin.PinFixture.currentSchema;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.Postgres;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@ExtendWith(DatabaseExtension.class)
class WrappedDataSourceTest {

    private static final String PINNED = "public_0002_b";

    @PostgresVersions
    void aStartedPoolIsPinnedAndARollbackKeepsThePin(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("mine", DataSource.class, () -> started(database))
                .run(context -> {
                    DataSource dataSource = context.getBean(DataSource.class);
                    for (int borrowed = 0; borrowed < 3; borrowed++) {
                        try (Connection connection = dataSource.getConnection()) {
                            connection.rollback();
                            assertThat(ask(connection, "current_schema()")).containsExactly(PINNED);
                            connection.rollback();
                        }
                    }
                    assertThat(dataSource.unwrap(HikariDataSource.class)).isNotNull();
                });
    }

    @PostgresVersions
    void aChangedPathIsPinnedAgainWherePostgresTellsIt(Database database, Postgres postgres) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("mine", DataSource.class, () -> started(database))
                .run(context -> {
                    DataSource dataSource = context.getBean(DataSource.class);
                    try (Connection connection = dataSource.getConnection();
                            var statement = connection.createStatement()) {
                        statement.execute("SET search_path = public");
                        connection.commit();
                    }
                    assertThat(currentSchema(dataSource)).isEqualTo(postgres.version() >= 18 ? PINNED : "public");
                });
    }

    @ParameterizedTest
    @ValueSource(classes = {BasicDataSource.class, org.apache.tomcat.jdbc.pool.DataSource.class})
    void otherPoolsThatHaveConnectionsAreWrapped(Class<? extends DataSource> type, Database database)
            throws SQLException {
        PinFixture.prepare(database, "public");
        DataSource used = DataSourceBuilder.create()
                .type(type)
                .url(database.jdbcUrl())
                .username(database.user())
                .password("")
                .driverClassName("org.postgresql.Driver")
                .build();
        assertThat(currentSchema(used)).isEqualTo("public");
        PinFixture.application(database)
                .withBean("mine", DataSource.class, () -> used)
                .run(context -> {
                    for (int borrowed = 0; borrowed < 3; borrowed++) {
                        assertThat(currentSchema(context.getBean(DataSource.class)))
                                .isEqualTo(PINNED);
                    }
                });
    }

    @Test
    void aDataSourceOfAnUnknownKindIsWrapped(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("mine", DataSource.class, () -> new Unknown(database.dataSource()))
                .run(context -> assertThat(currentSchema(context.getBean(DataSource.class)))
                        .isEqualTo(PINNED));
    }

    @Test
    void oneSharedConnectionIsPinned(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean(
                        "mine",
                        DataSource.class,
                        () -> new SingleConnectionDataSource(database.jdbcUrl(), database.user(), "", true))
                .run(context -> assertThat(currentSchema(context.getBean(DataSource.class)))
                        .isEqualTo(PINNED));
    }

    @Test
    void theProductOfAFactoryIsPinned(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("mine", Factory.class, () -> new Factory(database.dataSource()))
                .run(context -> assertThat(currentSchema(context.getBean(DataSource.class)))
                        .isEqualTo(PINNED));
    }

    @Test
    void aPoolFromJndiIsNotChangedAsOthersMayShareIt(Database database) throws SQLException {
        PinFixture.prepare(database, "public");
        try (HikariDataSource shared = SearchPathPinnerTest.pool(database)) {
            PinFixture.application(database, "spring.datasource.jndi-name=jdbc/shop")
                    .withBean("dataSource", DataSource.class, () -> shared, bean -> bean.setDestroyMethodName(""))
                    .run(context -> assertThat(currentSchema(context.getBean(DataSource.class)))
                            .isEqualTo(PINNED));
            assertThat(shared.getDataSourceProperties()).isEmpty();
        }
    }

    @Test
    void aLazyPoolOfBootIsPinned(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database, "spring.datasource.connection-fetch=lazy")
                .run(context -> {
                    DataSource dataSource = context.getBean(DataSource.class);
                    assertThat(dataSource).isInstanceOf(LazyConnectionDataSourceProxy.class);
                    assertThat(currentSchema(dataSource)).isEqualTo(PINNED);
                    context.getBean(PinCheck.class).run();
                });
    }

    @Test
    void aLazyProxyOverAStartedPoolIsPinnedInside(Database database) {
        PinFixture.prepare(database, "public");
        PinFixture.application(database)
                .withBean("mine", DataSource.class, () -> new LazyConnectionDataSourceProxy(started(database)))
                .run(context -> {
                    DataSource dataSource = context.getBean(DataSource.class);
                    assertThat(dataSource).isExactlyInstanceOf(LazyConnectionDataSourceProxy.class);
                    assertThat(currentSchema(dataSource)).isEqualTo(PINNED);
                });
    }

    static HikariDataSource started(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(2);
        config.setPoolName("started");
        return new HikariDataSource(config);
    }

    /** Hides what it is. */
    static final class Unknown extends AbstractDataSource {

        private final DataSource hidden;

        Unknown(DataSource hidden) {
            this.hidden = hidden;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return hidden.getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return hidden.getConnection(user, password);
        }
    }

    record Factory(DataSource product) implements FactoryBean<DataSource> {

        @Override
        public DataSource getObject() {
            return new Unknown(product);
        }

        @Override
        public Class<?> getObjectType() {
            return DataSource.class;
        }
    }
}
