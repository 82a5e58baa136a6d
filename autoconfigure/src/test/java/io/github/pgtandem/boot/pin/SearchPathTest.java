package io.github.pgtandem.boot.pin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchPathTest {

    @Test
    void namesAreFoldedUnlessTheyAreQuoted() {
        assertThat(SearchPath.parse("App, \"Odd, \"\"one\"\"\" ,public").schemas())
                .containsExactly("app", "Odd, \"one\"", "public");
    }

    @Test
    void nothingIsAnEmptyPath() {
        assertThat(SearchPath.parse(null).isEmpty()).isTrue();
        assertThat(SearchPath.parse("  ").isEmpty()).isTrue();
        assertThat(SearchPath.parse(" , app,").schemas()).containsExactly("app");
    }

    @Test
    void thePrintedPathReadsAsTheSame() {
        SearchPath path = SearchPath.parse("\"$user\", \"a\"\"b\", c");

        assertThat(path).hasToString("\"$user\", \"a\"\"b\", \"c\"");
        assertThat(SearchPath.parse(path.toString())).isEqualTo(path);
    }
}
