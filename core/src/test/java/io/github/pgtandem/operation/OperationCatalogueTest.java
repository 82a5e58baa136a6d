package io.github.pgtandem.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.cases.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation has its reader, a case and a page; each case what its old version writes. */
class OperationCatalogueTest {

    static Set<String> keys() {
        return Operation.READERS.keySet();
    }

    @Test
    void everyPermittedOperationIsARecordWithAReader() {
        Set<String> named = Arrays.stream(Operation.class.getPermittedSubclasses())
                .map(c ->
                        c.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());

        assertThat(Operation.class.getPermittedSubclasses()).allMatch(Class::isRecord);
        assertThat(keys()).isEqualTo(named);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void hasACaseAndAPageThatShowsOne(String key) throws Exception {
        Path page = Path.of("../docs/operations", key + ".md");

        assertThat(Path.of("src/test/resources/cases", key)).isNotEmptyDirectory();
        assertThat(page).exists();
        assertThat(Files.readString(page)).contains("<!-- case: " + key + "/");
    }

    /** Without them nobody knows whether the old version's statements outlive the migration. */
    @Test
    void everyCaseHasStatementsOfItsOldVersion() {
        assertThat(Case.all())
                .allSatisfy(each -> assertThat(each.folder().resolve("old.sql")).isNotEmptyFile());
    }
}
