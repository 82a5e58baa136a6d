package io.github.pgtandem.scenario;

import static io.github.pgtandem.scenario.OthersObjectsTest.whileWaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P12: what somebody makes on a table while an act waits for it, or lies cut short, is named before it would be lost. */
@ExtendWith(DatabaseExtension.class)
class MadeMeanwhileTest {

    private static final String A = "0001_a";
    private static final String B = "0002_b";
    private static final String C = "0003_c";

    private static String altered(String table) {
        return "\n  - alter_column: {table: " + table
                + ", column: price, type: int, up: price::int, down: price::text}";
    }

    private static Fleet tables(Database database) {
        return Fleet.on(
                database,
                "CREATE TABLE items (id bigint PRIMARY KEY, price text, name text)",
                "CREATE INDEX by_price ON items (price)",
                "CREATE TABLE others (id bigint PRIMARY KEY, price text CHECK (price IS NOT NULL))");
    }

    private static List<String> indexes(Database database) {
        return database.jdbc()
                .queryForList("SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1", String.class);
    }

    private static void calledOff(Database database, Consumer<PgTandem> act, String column, String problem) {
        PgTandem engine = tables(database).with(A, altered("others")).live(A).build(A);

        assertThatThrownBy(() -> whileWaiting(
                        database,
                        "others",
                        () -> act.accept(engine),
                        "CREATE INDEX mine ON others (id, " + column + ")"))
                .isInstanceOf(ActFailedException.class)
                .hasMessage(problem + " of [0001_a] failed: what it drops was used by hand meanwhile: index mine uses"
                        + " \"public\".\"others\".\"" + column + "\".\n"
                        + "Nothing has changed. Drop it and try again. Make it again when it is done.");

        assertThat(indexes(database)).contains("mine");
        assertThat(engine.status().versions()).extracting(Status.Version::state).doesNotContain(VersionState.RETIRED);
        database.execute("DROP INDEX mine");
        act.accept(engine);
        assertThat(indexes(database)).containsExactly("by_price", "items_pkey", "others_pkey");
    }

    @Test
    void aCompleteThatWaitsIsCalledOff(Database database) {
        calledOff(database, e -> e.complete(null, false, Fleet.TEST), "price", "complete");
    }

    @Test
    void aRollbackThatWaitsIsCalledOff(Database database) {
        calledOff(database, e -> e.rollback(null, false, Fleet.TEST), "_pgtandem_price", "rollback");
    }

    @Test
    void anActThatIsHalfWayStopsAndGoesOnOnceItIsGone(Database database) {
        PgTandem engine = tables(database)
                .with(A, altered("items") + altered("others"))
                .live(A)
                .build(A);
        String stopped = """
                complete of [0001_a] failed: what it drops was used by hand meanwhile: \
                statistics mine uses "public"."others"."price".
                Some of its steps are done, and it goes on from there. Drop it and try again. Make it again when it is \
                done.""";

        assertThatThrownBy(() -> whileWaiting(
                        database,
                        "others",
                        () -> engine.complete(null, false, Fleet.TEST),
                        "CREATE STATISTICS mine ON id, price FROM others"))
                .hasMessage(stopped);
        assertThatThrownBy(() -> engine.complete(null, false, Fleet.TEST)).hasMessage(stopped);

        engine.start(Fleet.TEST);
        database.execute("DROP STATISTICS mine");
        assertThat(engine.complete(null, false, Fleet.TEST).version()).isEqualTo(A);
        assertThat(indexes(database)).containsExactly("by_price", "items_pkey", "others_pkey");
    }

    /** Each part of a complete finds other names in storage than the one before. */
    @Test
    void nothingOfOursIsInTheWayOfALaterPart(Database database) {
        Fleet fleet = tables(database)
                .with(A, altered("items") + "\n  - rename_table: {from: items, to: goods}")
                .with(B, "\n  - sql: {up: 'CREATE INDEX by_name ON goods (name, price)', onComplete: true}")
                .with(C, """
                          - drop_column: {table: goods, column: name}
                          - alter_column: {table: goods, column: price, type: bigint, up: price, down: price}
                        """)
                .live(C);

        fleet.build(C).complete(null, false, Fleet.TEST);

        assertThat(indexes(database)).containsExactly("by_price", "items_pkey", "others_pkey");
    }

    @Test
    void whatSqlLeavesBehindIsNotInTheWayOfARollback(Database database) {
        Fleet fleet = tables(database)
                .with(A, "\n  - add_column: {table: items, column: {name: colour, type: text, nullable: true}}")
                .with(B, "\n  - sql: {up: 'CREATE INDEX ON items (colour)', down: SELECT 1}")
                .live(A)
                .live(B);

        fleet.build(B).rollback(null, false, Fleet.TEST);

        assertThat(indexes(database)).containsExactly("by_price", "items_pkey", "others_pkey");
    }
}
