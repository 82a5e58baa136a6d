package io.github.pgtandem.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void aBenchmarkPrintsItsTableWithWhatIsRequiredAndTheMachine() throws Exception {
        String table = Main.run(new Steady(), Options.parse(List.of("--rows", "2000", "--rounds", "1")));

        assertThat(table)
                .contains("| statement | plain table, µs | another plain table | a plain table with a dropped column |"
                        + " pgtandem after complete | to a plain table with a dropped column | required |")
                .contains("| UPDATE of one row | ")
                .contains("0.97 to 1.03")
                .contains("PostgreSQL 18", "fsync");
    }

    @Test
    void anOptionThatNobodyKnowsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("--row", "5")))
                .withMessageContaining("--row is not an option with a value. Options: --data, --hold, --migrations");
    }
}
