package io.github.pgtandem.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * P1 to P7 with releases, writes, acts and crashes made up from a seed, against a plain model. {@code
 * -Dpgtandem.test.seed} is the first seed and {@code -Dpgtandem.test.seeds} how many; a failure names its seed and tells
 * its story.
 */
class RandomTest {

    private static final long FIRST = Long.getLong("pgtandem.test.seed", 1);
    private static final int SEEDS = Integer.getInteger("pgtandem.test.seeds", 25);

    private static final Life.Figures FIGURES = new Life.Figures();

    /** A generator whose releases were all refused would find nothing. */
    @AfterAll
    static void tell() {
        System.out.printf("RandomTest: %d seeds from %d: %s%n", SEEDS, FIRST, FIGURES);
        assertThat(FIGURES.refused.get()).isLessThan(1 + FIGURES.acts.get() / 10);
    }

    @TestFactory
    Stream<DynamicTest> everyLiveVersionSeesWhatTheModelSays() {
        List<Integer> versions = Postgres.versions();
        return LongStream.range(FIRST, FIRST + SEEDS)
                .mapToObj(seed ->
                        dynamicTest("seed " + seed, () -> live(seed, versions.get((int) (seed % versions.size())))));
    }

    private static void live(long seed, int version) {
        try (Database database = Postgres.version(version).database();
                Life life = new Life(seed, database, FIGURES)) {
            try {
                life.live();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed %d on PostgreSQL %d:%n%s".formatted(seed, version, life.story()), e);
            }
        }
    }
}
