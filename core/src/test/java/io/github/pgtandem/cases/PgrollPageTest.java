package io.github.pgtandem.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/pgroll.md names bad inputs; it must not name one that is no longer there. */
class PgrollPageTest {

    private static final Pattern NAME = Pattern.compile("`([a-z0-9_]+/[a-z0-9_]+)`");

    @Test
    void everyRowOfWhatIsRefusedNamesBadInputsThatExistOrSaysThatItIsAccepted() throws Exception {
        List<String> rows = Files.readString(Path.of("../docs/pgroll.md"))
                .split("\n## What is refused\n", 2)[1]
                .lines()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| pgroll "))
                .toList();

        assertThat(rows).isNotEmpty();
        assertThat(rows).allSatisfy(row -> {
            List<Path> files = NAME.matcher(row)
                    .results()
                    .map(r -> Path.of("src/test/resources/bad", r.group(1) + ".txt"))
                    .toList();
            assertThat(!files.isEmpty() || row.contains("| accepted here: ")).isTrue();
            assertThat(files).allSatisfy(file -> assertThat(file).exists());
        });
    }
}
