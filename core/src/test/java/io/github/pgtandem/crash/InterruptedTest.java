package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.cases.Case;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * P6 for connections: the migrator's one dies right before a statement, and another instance takes over. Every other
 * time an instance of the old build comes first, and every other pair of times they do all that before the one that has
 * lost its lock finds out.
 *
 * <p>Each act of a few cases is cut right before each statement whose effect outlives the connection, most of them
 * commits: a cut elsewhere leaves what one of these leaves. Each act of every other case is carried out by a relay of
 * instances, of which each does one lasting thing and dies as it is about to do the next; so is an expand of the few that
 * is opened before its rows are filled. With {@code -Dpgtandem.test.cuts=lasting} each act of every case is cut before each
 * lasting statement, and carried out by a relay; with {@code all} it is cut before each of its statements, on each PostgreSQL
 * version, which takes hours.
 */
class InterruptedTest {

    private static final String CUTS_ASKED = System.getProperty("pgtandem.test.cuts", "few");
    private static final boolean ALL = CUTS_ASKED.equals("all");
    private static final Set<String> FEW =
            Set.of("add_column/computed_not_null", "create_table/with_foreign_key", "release/everything_at_once");
    private static final AtomicInteger CUTS = new AtomicInteger();
    private static final AtomicInteger HANDOVERS = new AtomicInteger();

    @AfterAll
    static void tell() {
        System.out.printf("InterruptedTest: %d cuts, %d handovers in relays%n", CUTS.get(), HANDOVERS.get());
    }

    @TestFactory
    Stream<DynamicTest> whereverAnActIsCutTheNextInstanceFinishesIt() {
        return onEach(InterruptedTest::isAsked, InterruptedTest::cut);
    }

    private static boolean isAsked(Case each) {
        return !CUTS_ASKED.equals("few") || FEW.contains(each.name());
    }

    @TestFactory
    Stream<DynamicTest> anActWhoseEveryStepIsDoneByAnotherInstanceEndsTheSame() {
        List<Case> all = Case.all();
        return onEach(each -> isAsked(each) || all.indexOf(each) % 2 == 0, InterruptedTest::relay);
    }

    private static Stream<DynamicTest> onEach(Predicate<Case> which, BiConsumer<Case, Database> test) {
        Stream<Postgres> servers =
                ALL ? Postgres.versions().stream().map(Postgres::version) : Stream.of(Postgres.current());
        return servers.flatMap(postgres -> Case.all().stream()
                .filter(which)
                .map(each -> dynamicTest(each + " on " + postgres, () -> {
                    try (Database before = postgres.database()) {
                        before.execute(each.text("before.sql"));
                        test.accept(each, before);
                    }
                })));
    }

    private static void cut(Case each, Database before) {
        try (Database expanded = before.copy()) {
            Run expand = Run.of(each, Deed.EXPAND, expanded);
            everywhere(each, Deed.EXPAND, before, expand);
            for (Deed deed : List.of(Deed.COMPLETE, Deed.ROLLBACK)) {
                try (Database whole = expanded.copy()) {
                    Run run = Run.of(each, deed, whole);
                    deed.assertDone(each, whole);
                    everywhere(each, deed, expanded, run);
                }
            }
        }
    }

    private static void everywhere(Case each, Deed deed, Database before, Run whole) {
        for (int n : whole.moments()) {
            String when = deed + " before statement " + n + ", " + whole.sent.get(n - 1);
            try (Database database = before.copy()) {
                Runnable others = () -> {
                    if (n % 2 == 0) {
                        each.oldInstanceStarts(database);
                    }
                    deed.again(each, database.dataSource());
                };
                boolean unnoticed = n / 2 % 2 == 0;
                CutDataSource source =
                        new CutDataSource(database, sent -> sent.size() == n, unnoticed ? others : () -> {});
                assertThatThrownBy(() -> deed.on(each, source)).as(when).isInstanceOf(RuntimeException.class);
                if (!unnoticed) {
                    others.run();
                }
                compare(each, database, whole, when);
                CUTS.incrementAndGet();
            }
        }
    }

    private static void relay(Case each, Database database) {
        try (Database whole = database.copy();
                Database open = database.copy()) {
            Run expand = Run.of(each, Deed.EXPAND, whole);
            if (isAsked(each) && !each.engine(whole).status().backfills().isEmpty()) {
                relay(each, Deed.OPEN_AND_EXPAND, open, expand);
            }
            relay(each, Deed.EXPAND, database, expand);
            try (Database rolledBack = database.copy();
                    Database wholeRollback = whole.copy()) {
                relay(each, Deed.ROLLBACK, rolledBack, Run.of(each, Deed.ROLLBACK, wholeRollback));
            }
            relay(each, Deed.COMPLETE, database, Run.of(each, Deed.COMPLETE, whole));
        }
    }

    private static void relay(Case each, Deed deed, Database database, Run whole) {
        List<String> cuts = Relay.run(database, source -> deed.on(each, source));
        HANDOVERS.addAndGet(cuts.size());
        compare(each, database, whole, deed + " before each of " + cuts);
    }

    private static void compare(Case each, Database database, Run whole, String when) {
        // A default such as a random number gives others in another run.
        Condition.of(database).assertEquals(each.isVolatile() ? whole.after.withRowsOf(database) : whole.after, when);
    }

    /** What the act sends when nothing interrupts it, and what it leaves. */
    private record Run(List<Sent> sent, Condition after) {

        static Run of(Case each, Deed deed, Database database) {
            CutDataSource source = CutDataSource.never(database);
            deed.on(each, source);
            return new Run(source.sent(), Condition.of(database));
        }

        /** The numbers of the statements to cut before. */
        List<Integer> moments() {
            return IntStream.rangeClosed(1, sent.size())
                    .filter(n -> ALL || sent.get(n - 1).lasts())
                    .boxed()
                    .toList();
        }
    }
}
