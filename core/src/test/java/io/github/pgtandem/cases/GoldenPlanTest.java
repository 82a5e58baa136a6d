package io.github.pgtandem.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationDetail;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The plan of every case, word by word, in its {@code plan.sql}; the pages of the operations show the same text. After a
 * change on purpose, {@code -Dcases.update=true} writes both anew; read the difference before it is committed.
 */
class GoldenPlanTest {

    private static final Path PAGES = Path.of("../docs/operations");

    @TestFactory
    Stream<DynamicTest> everyCaseIsPlannedAsItsFileSays() {
        return Case.all().stream()
                .map(each -> dynamicTest(each.name(), () -> {
                    String plan = plan(each);
                    if (Boolean.getBoolean("cases.update")) {
                        Files.writeString(each.folder().resolve("plan.sql"), plan);
                    }
                    assertThat(plan).isEqualTo(each.text("plan.sql"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyPageShowsItsCases() throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.list(PAGES)) {
            pages = files.filter(f -> f.toString().endsWith(".md")).sorted().toList();
        }
        return pages.stream()
                .map(page -> dynamicTest(page.getFileName().toString(), () -> {
                    String text = Files.readString(page);
                    String shown = EmbeddedCases.in(text);
                    if (Boolean.getBoolean("cases.update")) {
                        Files.writeString(page, shown);
                    }
                    assertThat(text).isEqualTo(shown);
                }));
    }

    private static String plan(Case each) {
        try (Database database = Postgres.version(18).database()) {
            database.execute(each.text("before.sql"));
            PgTandem engine = each.engine(database);
            engine.start(new Actor("test", "test"));
            MigrationDetail detail = engine.describe(Case.MIGRATION).orElseThrow();
            List<String> parts = new ArrayList<>();
            for (MigrationDetail.Step step : detail.plan()) {
                String lock = step.lock() == null ? "" : "; lock: " + step.lock();
                parts.add("-- " + step.id() + ": " + step.description() + lock);
                part("expand", step.expand(), parts);
                part("complete", step.complete(), parts);
                part("rollback", step.rollback(), parts);
            }
            return String.join("\n", parts) + "\n";
        }
    }

    private static void part(String act, List<String> statements, List<String> parts) {
        if (!statements.isEmpty()) {
            parts.add("-- " + act);
            statements.forEach(s -> parts.add(s.strip() + ";"));
        }
    }
}
