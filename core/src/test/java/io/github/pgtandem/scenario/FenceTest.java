package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.GateShutException;
import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.VersionRetiredException;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * P8: whoever registers while a version is being closed, at whatever moment of the one or the other, is either refused,
 * or is there and shuts the gate.
 */
@ExtendWith(DatabaseExtension.class)
class FenceTest {

    private static final String NEW = "0001_price";
    private static final Consumer<PgTandem> COMPLETE = engine -> engine.complete(null, false, Fleet.TEST);
    private static final Consumer<PgTandem> ROLLBACK = engine -> engine.rollback(null, false, Fleet.TEST);

    private static Fleet fleet(Database database) {
        return Fleet.unstarted(database)
                .with(
                        NEW,
                        "\n  - alter_column: {table: items, column: price, type: int, up: price::int, down: price::text}");
    }

    private static void live(Database database) {
        database.execute("CREATE TABLE items (id bigint PRIMARY KEY, price text NOT NULL)");
        fleet(database).live(Fleet.BASE).live(NEW);
    }

    @Test
    void whoeverRegistersAtAnyMomentOfAComplete(Database database) {
        live(database);
        during(database, Fleet.BASE, COMPLETE);
    }

    @Test
    void whoeverRegistersAtAnyMomentOfARollback(Database database) {
        live(database);
        during(database, NEW, ROLLBACK);
    }

    @Test
    void aCompleteAtAnyMomentOfARegistration(Database database) {
        live(database);
        within(database, Fleet.BASE, COMPLETE);
    }

    @Test
    void aRollbackAtAnyMomentOfARegistration(Database database) {
        live(database);
        within(database, NEW, ROLLBACK);
    }

    private static void during(Database database, String closing, Consumer<PgTandem> act) {
        race(
                database,
                (copy, source) -> () -> act.accept(engine(copy, NEW, source)),
                copy -> engine(copy, closing, copy.dataSource()).register("shop", "host-7"));
    }

    private static void within(Database database, String closing, Consumer<PgTandem> act) {
        List<InstanceRegistration> registered = new ArrayList<>();
        race(
                database,
                (copy, source) ->
                        () -> registered.add(engine(copy, closing, source).register("shop", "host-7")),
                copy -> {
                    act.accept(engine(copy, NEW, copy.dataSource()));
                    return null;
                });
        registered.forEach(InstanceRegistration::close);
    }

    private static PgTandem engine(Database database, String version, DataSource source) {
        return fleet(database).build(version, Fleet.SETTINGS, source);
    }

    /** Has the second happen before each statement of the first: one of them is refused, and never both or none. */
    private static void race(
            Database database,
            BiFunction<Database, DataSource, Runnable> first,
            Function<Database, @Nullable InstanceRegistration> second) {
        int refusedFirst = 0;
        int refusedSecond = 0;
        for (int moment = 1; ; moment++) {
            try (Database copy = database.copy()) {
                Second other = new Second(copy, second, moment);
                RuntimeException refusal = attempt(first.apply(copy, other.source()));
                if (!other.happened) {
                    break;
                }
                assertThat(refusal == null ^ other.refusal == null)
                        .as("before statement %d, %s: %s, %s", moment, other.statement, refusal, other.refusal)
                        .isTrue();
                refusedFirst += refusal == null ? 0 : 1;
                refusedSecond += other.refusal == null ? 0 : 1;
                if (other.registration != null) {
                    other.registration.close();
                }
            }
        }
        assertThat(refusedFirst).isPositive();
        assertThat(refusedSecond).isPositive();
    }

    private static @Nullable RuntimeException attempt(Runnable work) {
        try {
            work.run();
            return null;
        } catch (GateShutException | VersionRetiredException e) {
            assertThat(e.getMessage()).contains(e instanceof GateShutException ? "shop on host-7" : "closed");
            return e;
        }
    }

    /** What happens before one statement of something else. */
    private static final class Second {

        private final Database database;
        private final Function<Database, @Nullable InstanceRegistration> work;
        private final int moment;
        private int sent;
        private boolean happened;
        private String statement = "";
        private @Nullable RuntimeException refusal;
        private @Nullable InstanceRegistration registration;

        Second(Database database, Function<Database, @Nullable InstanceRegistration> work, int moment) {
            this.database = database;
            this.work = work;
            this.moment = moment;
        }

        DataSource source() {
            return Between.statements(database, (connection, sql, alone) -> {
                if (++sent == moment) {
                    happened = true;
                    statement = sql;
                    refusal = attempt(() -> registration = work.apply(database));
                }
            });
        }
    }
}
