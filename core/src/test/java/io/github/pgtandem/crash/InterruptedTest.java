package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.cases.Case;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * P6 for connections: the migrator's one dies right before a statement, and another instance takes over.
 *
 * <p>Each act of a few cases is cut before each of its statements, behind which something may have changed. Each act of
 * every case is carried out by a relay of instances, of which each does one lasting thing and dies before it commits the
 * next. With {@code -Dpgtandem.test.cuts=all} each act of every case is cut before each of its statements, on each
 * PostgreSQL version; that takes half an hour.
 */
class InterruptedTest {

    private static final boolean ALL = "all".equals(System.getProperty("pgtandem.test.cuts"));
    private static final Set<String> FEW = Set.of(
            "add_column/computed_not_null",
            "alter_column/type_of_indexed",
            "alter_column/twice",
            "create_table/with_foreign_key",
            "release/everything_at_once",
            "sql/plain");
    private static final int MOST_INSTANCES = 200;
    private static final AtomicInteger CUTS = new AtomicInteger();
    private static final AtomicInteger HANDOVERS = new AtomicInteger();

    @AfterAll
    static void tell() {
        System.out.printf("InterruptedTest: %d cuts, %d handovers in relays%n", CUTS.get(), HANDOVERS.get());
    }

    @TestFactory
    Stream<DynamicTest> whereverAnActIsCutTheNextInstanceFinishesIt() {
        return servers()
                .flatMap(postgres -> Case.all().stream()
                        .filter(each -> ALL || FEW.contains(each.name()))
                        .flatMap(each -> Stream.of(Deed.values())
                                .map(deed -> dynamicTest(
                                        deed + " of " + each + " on " + postgres, () -> cut(postgres, each, deed)))));
    }

    @TestFactory
    Stream<DynamicTest> anActWhoseEveryStepIsDoneByAnotherInstanceEndsTheSame() {
        return servers()
                .flatMap(postgres -> Case.all().stream()
                        .flatMap(each -> Stream.of(Deed.values())
                                .map(deed -> dynamicTest(
                                        deed + " of " + each + " on " + postgres, () -> relay(postgres, each, deed)))));
    }

    private static Stream<Postgres> servers() {
        return ALL ? Postgres.versions().stream().map(Postgres::version) : Stream.of(Postgres.current());
    }

    private static void cut(Postgres postgres, Case each, Deed deed) {
        try (Database before = deed.prepared(postgres, each)) {
            Run whole = whole(before, each, deed);
            for (int n = 1; n <= whole.sent.size(); n++) {
                if (n == 1 || ALL || !whole.sent.get(n - 2).reads()) {
                    int last = n;
                    try (Database database = before.copy()) {
                        CutDataSource source = new CutDataSource(database, sent -> sent.size() == last);
                        assertThatThrownBy(() -> deed.on(each, source))
                                .as("%d: %s", n, whole.sent.get(n - 1))
                                .isInstanceOf(RuntimeException.class);
                        deed.on(each, database.dataSource());
                        CUTS.incrementAndGet();
                        Condition.of(database)
                                .assertEquals(whole.after, "before statement " + n + ", " + whole.sent.get(n - 1));
                    }
                }
            }
        }
    }

    private static void relay(Postgres postgres, Case each, Deed deed) {
        try (Database before = deed.prepared(postgres, each);
                Database database = before.copy()) {
            Run whole = whole(before, each, deed);
            List<String> cuts = new ArrayList<>();
            int lasting = 1;
            String journal = "";
            while (true) {
                int most = lasting;
                CutDataSource source = new CutDataSource(
                        database, sent -> sent.stream().filter(Sent::lasts).count() > most);
                try {
                    deed.on(each, source);
                    break;
                } catch (RuntimeException e) {
                    if (!source.isCut()) {
                        throw e;
                    }
                }
                cuts.add(source.sent().get(source.sent().size() - 1).toString());
                if (cuts.size() > MOST_INSTANCES) {
                    fail("no end after %s", cuts);
                }
                String now = journal(database);
                // What an instance does again, such as saying what it begins, is no progress.
                lasting = now.equals(journal) ? lasting + 1 : 1;
                journal = now;
            }
            HANDOVERS.addAndGet(cuts.size());
            Condition.of(database).assertEquals(whole.after, "before each of " + cuts);
        }
    }

    private static String journal(Database database) {
        String there = "SELECT to_regclass('pgtandem.instance') IS NOT NULL";
        if (!Boolean.TRUE.equals(database.jdbc().queryForObject(there, Boolean.class))) {
            return "";
        }
        return String.valueOf(database.jdbc().queryForObject("""
                SELECT concat_ws(' ', (SELECT count(*) FROM pgtandem.migration),
                                 (SELECT string_agg(concat(id, state), ' ' ORDER BY id) FROM pgtandem.act),
                                 (SELECT count(*) FROM pgtandem.step WHERE done_at IS NOT NULL),
                                 (SELECT string_agg(concat(page, '.', stripe, sweeping, done), ' ') FROM pgtandem.backfill))
                """, String.class));
    }

    /** What the act sends when nothing interrupts it, and what it leaves. */
    private record Run(List<Sent> sent, Condition after) {}

    private static Run whole(Database before, Case each, Deed deed) {
        try (Database database = before.copy()) {
            CutDataSource source = CutDataSource.never(database);
            deed.on(each, source);
            deed.assertDone(each, database);
            return new Run(source.sent(), Condition.of(database));
        }
    }
}
