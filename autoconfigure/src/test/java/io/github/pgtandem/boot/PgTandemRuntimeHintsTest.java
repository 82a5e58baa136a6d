package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

class PgTandemRuntimeHintsTest {

    @Test
    void theMigrationsStayInANativeImage() {
        RuntimeHints hints = new RuntimeHints();
        new PgTandemRuntimeHints().registerHints(hints, null);

        assertThat(RuntimeHintsPredicates.resource().forResource("db/pgtandem/0001_a.yaml"))
                .accepts(hints);
    }
}
