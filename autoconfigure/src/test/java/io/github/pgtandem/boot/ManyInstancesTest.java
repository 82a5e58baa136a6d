package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** P7, P8: a whole deployment starts at the same moment. */
@ExtendWith(DatabaseExtension.class)
class ManyInstancesTest {

    private static final int INSTANCES = 20;
    private static final String LAST = "0003_name_length";

    @Test
    void oneExpandsAndTheOthersFindItsVersion(Database database) throws Exception {
        Build.of("one", database).run(old -> {
            old.getBean(JdbcTemplate.class).update("INSERT INTO customers (name) VALUES ('Ann')");
            startTogether(database);
            assertThat(old.getBean(JdbcTemplate.class).queryForObject("SELECT name FROM customers", String.class))
                    .isEqualTo("Ann");
        });

        assertThat(expands(database)).isEqualTo(2);
    }

    @Test
    void oneInstallsAnEmptyDatabase(Database database) throws Exception {
        startTogether(database);

        assertThat(expands(database)).isEqualTo(1);
    }

    private static void startTogether(Database database) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(INSTANCES);
        CyclicBarrier begin = new CyclicBarrier(INSTANCES);
        CyclicBarrier serving = new CyclicBarrier(INSTANCES);
        ApplicationContextRunner build = Build.of("two", database)
                .withPropertyValues("spring.datasource.hikari.maximum-pool-size=2", "pgtandem.heartbeat=2s");
        try {
            List<Future<?>> instances = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                instances.add(executor.submit(() -> {
                    begin.await();
                    build.run(context -> serve(context, serving));
                    return null;
                }));
            }
            for (Future<?> instance : instances) {
                instance.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void serve(AssertableApplicationContext context, CyclicBarrier serving) throws Exception {
        assertThat(context).hasNotFailed();
        assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT current_schema()", String.class))
                .isEqualTo("public_" + LAST);
        serving.await(2, TimeUnit.MINUTES);
        assertThat(context.getBean(PgTandem.class).status().instances())
                .filteredOn(i -> i.version().equals(LAST))
                .extracting(Status.Instance::id)
                .hasSize(INSTANCES);
        serving.await(2, TimeUnit.MINUTES);
    }

    private static int expands(Database database) {
        return database.jdbc()
                .queryForObject(
                        "SELECT count(*)::int FROM pgtandem.act WHERE act = 'EXPAND' AND cardinality(migrations) > 0",
                        Integer.class);
    }
}
