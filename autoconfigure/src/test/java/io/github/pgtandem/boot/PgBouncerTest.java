package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.Actor;
import io.github.pgtandem.GateShutException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.boot.pin.UnpinnedDataSources;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** P1, P2, P8 behind a pooler that gives a connection to another client after each transaction. */
@ExtendWith(DatabaseExtension.class)
class PgBouncerTest {

    private static final Actor TEST = new Actor("test", "test");
    private static final String OLD_SCHEMA = "public_0001_customers";
    private static final String NEW_SCHEMA = "public_0003_name_length";

    /** A build whose application goes through the pooler, and whose migrations do not. */
    private static ApplicationContextRunner build(String release, Database database, PgBouncer pooler, String role) {
        return Build.of(release, database)
                .withPropertyValues(
                        "spring.datasource.url=" + pooler.jdbcUrl(),
                        "spring.datasource.username=" + role,
                        "spring.datasource.hikari.connection-timeout=5000",
                        "pgtandem.url=" + database.jdbcUrl(),
                        "pgtandem.user=" + database.user());
    }

    private static ApplicationContextRunner byRole(String release, Database database, PgBouncer pooler, String role) {
        // A pool that is still filling up would bring the pooler's sessions back behind the back of a test.
        return build(release, database, pooler, role)
                .withPropertyValues("pgtandem.pin=role", "spring.datasource.hikari.minimum-idle=1");
    }

    private static void allowAll(Database database, String... roles) {
        for (String role : roles) {
            database.role(role);
        }
        database.execute(
                "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC",
                "ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO PUBLIC");
    }

    private static void fails(ApplicationContextRunner build, String message) {
        build.run(context -> assertThat(context).getFailure().rootCause().hasMessage(message));
    }

    @Test
    void aPoolerThatDoesNotKnowThePathIsRefused(Database database) throws IOException {
        try (PgBouncer pooler = PgBouncer.start(database, List.of())) {
            build("one", database, pooler, database.user())
                    .run(context -> assertThat(context).getFailure().hasStackTraceContaining("""
                            DataSource 'dataSource' cannot connect: FATAL: unsupported startup parameter: search_path
                            A pooler between does not pass the startup parameter search_path. Connect to PostgreSQL itself, \
                            or set pgtandem.pin=role, have each version log in as a role of its own \
                            (spring.datasource.username), and give migrations a direct connection (pgtandem.url, \
                            pgtandem.user, pgtandem.password)."""));
        }
    }

    @Test
    void aPoolerThatDropsThePathIsRefused(Database database) throws IOException {
        try (PgBouncer pooler =
                PgBouncer.start(database, List.of(), "ignore_startup_parameters = extra_float_digits, search_path")) {
            fails(build("one", database, pooler, database.user()), """
                    DataSource 'dataSource' must be on schema "public_0001_customers", but its connections are on schema \
                    "public": their search_path is "$user", public.
                    Take out what sets search_path on new connections (the pool's initialization SQL, a wrapper). If \
                    there is a pooler such as PgBouncer between, which drops the startup parameter search_path, set \
                    pgtandem.pin=role, have each version log in as a role of its own (spring.datasource.username), and \
                    give migrations a direct connection (pgtandem.url, pgtandem.user, pgtandem.password).""");
        }
    }

    @Test
    void aPoolerInTransactionModeIsRefusedAlsoWhereThePathIsRight(Database database) throws IOException {
        String path = "connect_query='SET search_path = \"%s\", public'".formatted(OLD_SCHEMA);
        try (PgBouncer pooler = PgBouncer.start(
                database,
                List.of(),
                "ignore_startup_parameters = extra_float_digits, search_path",
                "[databases]",
                "* = host=localhost port=%d %s".formatted(database.postgres().port(), path))) {
            fails(build("one", database, pooler, database.user()), """
                    DataSource 'dataSource' goes through a pooler in transaction mode, which executes for one version \
                    what another one has prepared.
                    Connect to PostgreSQL itself, or set pgtandem.pin=role, have each version log in as a role of its own \
                    (spring.datasource.username), and give migrations a direct connection (pgtandem.url, pgtandem.user, \
                    pgtandem.password).""");
        }
        try (PgBouncer pooler = PgBouncer.start(
                database,
                List.of(),
                "ignore_startup_parameters = extra_float_digits, search_path",
                "pool_mode = session",
                "default_pool_size = 20",
                "[databases]",
                "* = host=localhost port=%d %s".formatted(database.postgres().port(), path))) {
            build("one", database, pooler, database.user())
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Test
    void migrationsThroughAPoolerInTransactionModeAreRefused(Database database) throws IOException {
        try (PgBouncer pooler = PgBouncer.start(database, List.of())) {
            fails(Build.of("one", database).withPropertyValues("pgtandem.url=" + pooler.jdbcUrl()), """
                    the connection for migrations goes through a pooler in transaction mode, which hands it on to others \
                    between two statements, with its locks and settings.
                    Give migrations a direct connection with pgtandem.url, pgtandem.user and pgtandem.password.""");
        }
        assertThat(database.jdbc().queryForList("SELECT nspname FROM pg_namespace WHERE nspname = 'pgtandem'"))
                .isEmpty();
    }

    @Test
    void aRolePerVersionKeepsVersionsApart(Database database) throws IOException {
        allowAll(database, "shop_1", "shop_2");
        try (PgBouncer pooler = PgBouncer.start(database, List.of("shop_1", "shop_2"))) {
            byRole("one", database, pooler, "shop_1").run(old -> {
                assertThat(old).hasNotFailed();
                byRole("two", database, pooler, "shop_2").run(young -> {
                    assertThat(young).hasNotFailed();
                    JdbcTemplate older = old.getBean(JdbcTemplate.class);
                    JdbcTemplate newer = young.getBean(JdbcTemplate.class);
                    together(4, 100, n -> {
                        older.update("INSERT INTO customers (name) VALUES (?)", "o" + n);
                        newer.update("INSERT INTO customers (full_name, name_length) VALUES (?, ?)", "new" + n, n);
                        assertThat(older.queryForObject("SELECT current_schema()", String.class))
                                .isEqualTo(OLD_SCHEMA);
                        assertThat(newer.queryForObject("SELECT current_schema()", String.class))
                                .isEqualTo(NEW_SCHEMA);
                    });
                    assertThat(older.queryForObject(
                                    "SELECT count(*) FROM customers WHERE name LIKE 'new%'", Long.class))
                            .isEqualTo(400);
                    assertThat(newer.queryForObject(
                                    "SELECT count(*) FROM customers WHERE full_name LIKE 'o%'"
                                            + " AND name_length = length(full_name)",
                                    Long.class))
                            .isEqualTo(400);

                    assertThatThrownBy(() -> young.getBean(PgTandem.class).complete(null, false, TEST))
                            .isInstanceOf(GateShutException.class)
                            .hasMessageContaining("shop on ")
                            .hasMessageContaining("0001_customers");
                });
            });
            // Sessions that the pooler keeps are of a client that is gone, but nobody can tell.
            pooler.forget("shop_1");
            byRole("two", database, pooler, "shop_2").run(young -> {
                assertThat(young).hasNotFailed();
                assertThat(young.getBean(PgTandem.class)
                                .complete(null, false, TEST)
                                .version())
                        .isEqualTo("0003_name_length");
                assertThat(young.getBean(JdbcTemplate.class)
                                .queryForObject("SELECT count(*) FROM customers", Long.class))
                        .isEqualTo(800);
            });
        }
    }

    @Test
    void aRoleIsOneVersionsAsLongAsAnInstanceOfItIsAlive(Database database) throws IOException {
        allowAll(database, "shop");
        try (PgBouncer pooler = PgBouncer.start(database, List.of("shop"))) {
            byRole("one", database, pooler, "shop").run(old -> {
                assertThat(old).hasNotFailed();
                byRole("two", database, pooler, "shop")
                        .run(young -> assertThat(young).getFailure().rootCause().hasMessageMatching("""
                                role "shop" is in use with public_0001_customers, public: pid \\d+ \\(.*\\)\\.
                                Give each version a login role of its own\\. Or stop what is named here first .*"""));
                // An idle instance has no session of its own there.
                pooler.forget("shop");
                byRole("two", database, pooler, "shop")
                        .run(young -> assertThat(young)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining("public_0001_customers, public: shop on "));
                assertThat(old.getBean(JdbcTemplate.class).queryForObject("SELECT current_schema()", String.class))
                        .isEqualTo(OLD_SCHEMA);
            });
            pooler.forget("shop");
            byRole("two", database, pooler, "shop").run(young -> {
                assertThat(young).hasNotFailed();
                assertThat(young.getBean(JdbcTemplate.class).queryForObject("SELECT current_schema()", String.class))
                        .isEqualTo(NEW_SCHEMA);
            });
        }
    }

    @Test
    void whatCannotBeARolesPinIsToldWithItsRemedy(Database database) {
        ApplicationContextRunner build =
                Build.of("one", database).withPropertyValues("pgtandem.pin=role", "pgtandem.heartbeat=1s");
        fails(build, """
                pgtandem.pin=role, but migrations would log in as the application does.
                Set pgtandem.user and pgtandem.password to a login of their own, and pgtandem.url to PostgreSQL itself \
                where the application goes through a pooler.""");
        fails(build.withPropertyValues("pgtandem.user=" + database.user()), """
                the application logs in as "postgres", and so do migrations, so the role cannot have the search path of one \
                version.
                Set pgtandem.user and pgtandem.password (and pgtandem.url, where there is a pooler) to a login of their own.""");
        fails(
                build.withPropertyValues("pgtandem.user=" + database.user(), "spring.datasource.username=nobody_knows"),
                """
                there is no role "nobody_knows", which the application logs in as.
                Correct the name of the user of the application's DataSource. Through a pooler it must be the name in \
                PostgreSQL, too.""");

        allowAll(database, "shop", "migrator");
        database.execute("GRANT postgres TO migrator", "GRANT CREATE ON DATABASE " + database.name() + " TO migrator");
        ApplicationContextRunner weak =
                build.withPropertyValues("pgtandem.user=migrator", "spring.datasource.username=shop");
        weak.run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("permission denied"));
        String sql = "ALTER ROLE \"shop\" IN DATABASE \"" + database.name()
                + "\" SET search_path = \"public_0001_customers\", \"public\"";
        weak.run(context -> assertThat(context)
                .getFailure()
                .hasStackTraceContaining("the migration role may not set the search path of role \"shop\"")
                .hasStackTraceContaining("Let an administrator run this before the start:\n    " + sql + ";"));

        database.execute(sql);

        weak.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT current_schema()", String.class))
                    .isEqualTo(OLD_SCHEMA);
            DataSource tool = context.getBean(UnpinnedDataSources.class).forTool(context.getBean(DataSource.class), "");
            assertThat(new JdbcTemplate(tool)
                            .queryForObject("SELECT current_user || ' on ' || current_schema()", String.class))
                    .isEqualTo("shop on public");
        });
    }

    private static void together(int threads, int times, IntConsumer work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                all.add(executor.submit(() -> {
                    for (int n = 0; n < times; n++) {
                        work.accept(thread * times + n);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
