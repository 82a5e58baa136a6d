package io.github.pgtandem.boot.pin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionNameTest {

    @Test
    void theApplicationIsCutRatherThanTheVersion() {
        assertThat(SessionName.of("shop", "0007_orders")).isEqualTo("shop@0007_orders");
        assertThat(SessionName.of("s".repeat(80), "0007_orders"))
                .hasSize(63)
                .startsWith("sss")
                .endsWith("@0007_orders");
    }
}
