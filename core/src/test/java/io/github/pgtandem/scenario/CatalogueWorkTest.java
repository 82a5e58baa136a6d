package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.catalog.CatalogReader;
import io.github.pgtandem.catalog.Reach;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P9: the work of an act grows with the change, not with the number of tables or of migrations. */
@ExtendWith(DatabaseExtension.class)
class CatalogueWorkTest {

    private static final String NEW = "0001_new";

    private static Fleet fleet(Database database, int tables) {
        return Fleet.on(
                        database,
                        "CREATE TABLE changed (id bigint PRIMARY KEY, price text NOT NULL)",
                        "CREATE INDEX changed_price ON changed (price)",
                        "CREATE TABLE line (id bigint PRIMARY KEY, changed_id bigint REFERENCES changed)",
                        """
                        DO $$ BEGIN
                            FOR i IN 1..%d LOOP
                                EXECUTE format('CREATE TABLE beside_%%s (id bigint PRIMARY KEY, note text,'
                                    || ' line_id bigint REFERENCES line)', i);
                            END LOOP;
                        END $$
                        """.formatted(tables))
                // Without a backfill, whose statements depend on time.
                .with(NEW, "[{rename_column: {table: changed, from: price, to: cost}}]");
    }

    /** Statements of expand, rollback, expand again and complete, and how much of the state schema they have filled. */
    private static List<Long> work(Database database, int tables) {
        Fleet fleet = fleet(database, tables);
        List<Long> work = new ArrayList<>();
        for (String act : List.of("expand", "rollback", "expand", "complete")) {
            List<String> statements = new ArrayList<>();
            act(fleet, act, Between.statements(database, (connection, sql, alone) -> statements.add(sql)));
            work.add((long) statements.size());
        }
        work.add(database.jdbc().queryForObject("""
                SELECT (SELECT sum(length(body::text)) FROM pgtandem.model)
                       + (SELECT sum(length(after::text)) FROM pgtandem.act)
                       + (SELECT sum(length(body::text)) FROM pgtandem.step)
                """, Long.class));
        return work;
    }

    private static void act(Fleet fleet, String act, DataSource source) {
        PgTandem build = fleet.build(NEW, Fleet.SETTINGS, source);
        switch (act) {
            case "expand" -> build.start(Fleet.TEST);
            case "rollback" -> build.rollback(null, false, Fleet.TEST);
            default -> build.complete(null, false, Fleet.TEST);
        }
    }

    @Test
    void anActSendsAndWritesNoMoreWhereThereAreManyTables(Database few, Database many) {
        assertThat(work(many, 300)).isEqualTo(work(few, 10));
    }

    @Test
    void onlyTablesThatAChangeReachesAreRead(Database database) {
        fleet(database, 10);

        assertThat(read(database, Reach.NOTHING)).isEmpty();
        assertThat(read(database, Reach.NOTHING.plus(Set.of("changed"), Set.of())))
                .containsExactlyInAnyOrder("changed", "line");
        assertThat(read(database, Reach.NOTHING.plus(Set.of("changed_price"), Set.of("beside_7", "nothing"))))
                .containsExactlyInAnyOrder("changed", "line", "beside_7");
        assertThat(read(database, Reach.EVERYTHING)).hasSize(12);
        assertThat(new CatalogReader(database.jdbc())
                        .read("public", Reach.NOTHING)
                        .isTaken("beside_7_pkey"))
                .isTrue();
    }

    @Test
    void aBootWithNothingToDoSendsNoMoreThanTwelveStatements(Database database) {
        Fleet fleet = Fleet.unstarted(database);
        List<String> versions = Stream.iterate(1, n -> n + 1)
                .limit(50)
                .map("%04d_next"::formatted)
                .toList();
        versions.forEach(v -> fleet.with(v, "[]"));
        String last = versions.get(versions.size() - 1);
        fleet.live(last);
        List<String> statements = new ArrayList<>();
        PgTandem build = fleet.build(
                last, Fleet.SETTINGS, Between.statements(database, (connection, sql, alone) -> statements.add(sql)));

        build.start(Fleet.TEST);
        try (InstanceRegistration registered = build.register("shop", "here")) {
            assertThat(registered.id()).isNotEmpty();
            assertThat(statements).hasSizeLessThanOrEqualTo(12);
        }
    }

    private static Set<String> read(Database database, Reach reach) {
        return database.onOneConnection(jdbc -> {
            jdbc.execute("SET pgtandem.own_schemas = ''");
            jdbc.execute("SET pgtandem.others = ''");
            return new CatalogReader(jdbc).read("public", reach).tables().keySet();
        });
    }
}
