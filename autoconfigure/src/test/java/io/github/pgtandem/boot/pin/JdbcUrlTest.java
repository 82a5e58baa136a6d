package io.github.pgtandem.boot.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JdbcUrlTest {

    private static final String URL = "jdbc:postgresql://u:p@db:5432/shop?ssl=true&currentSchema=%22My%20App%22&x";

    @Test
    void parametersAreDecodedAndTheLastOneCounts() {
        assertThat(JdbcUrl.parse(URL).parameter("currentSchema")).isEqualTo("\"My App\"");
        assertThat(JdbcUrl.parse(URL + "&currentSchema=b").parameter("currentSchema"))
                .isEqualTo("b");
        assertThat(JdbcUrl.parse(URL).parameter("x")).isEmpty();
        assertThat(JdbcUrl.parse(URL).parameter("schema")).isNull();
    }

    @Test
    void aParameterIsTakenOutAndTheRestStays() {
        assertThat(JdbcUrl.parse(URL).without("currentSchema"))
                .hasToString("jdbc:postgresql://u:p@db:5432/shop?ssl=true&x");
        assertThat(JdbcUrl.parse("jdbc:postgresql:shop?currentSchema=a").without("currentSchema"))
                .hasToString("jdbc:postgresql:shop");
    }

    @Test
    void whatIsShownHoldsNoPassword() {
        assertThat(JdbcUrl.parse(URL).shown()).isEqualTo("jdbc:postgresql://db:5432/shop");
    }

    @Test
    void anotherDatabaseIsRefusedAndAWrappedDriverIsNot() {
        JdbcUrl.refuseOthers("dataSource", "jdbc:tc:postgresql:18:///shop");
        JdbcUrl.refuseOthers("dataSource", null);

        assertThatThrownBy(() -> JdbcUrl.refuseOthers("dataSource", "jdbc:h2:mem:shop?password=secret"))
                .hasMessage("""
                        DataSource 'dataSource' leads to jdbc:h2:mem:shop, which is not PostgreSQL.
                        Use a PostgreSQL database, or set pgtandem.enabled=false where there is none, for example in a test on another database.""");
    }
}
