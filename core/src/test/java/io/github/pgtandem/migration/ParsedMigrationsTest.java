package io.github.pgtandem.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.MigrationFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedMigrationsTest {

    private static final String ORDERS = """
            # a comment
            version_schema: 7
            operations:
              - add_column:
                  table: orders
                  up: |
                    quantity * price
                  column: {name: total, nullable: true, default: 1.50}
              - alter_column:
                  default: ~
                  comment: "naïve \\"quoted\\" \\\\ 😀"
                  hex: 0x1F
                  columns: [a, b]
            """;

    @Test
    void aFileBecomesLocatedOperations() {
        ParsedMigration migration = parse("0007_orders.yaml", ORDERS);
        assertThat(migration.name()).isEqualTo("0007_orders");
        assertThat(migration.path()).isEqualTo("db/0007_orders.yaml");
        assertThat(migration.versionSchema()).isEqualTo("7");
        assertThat(migration.operations())
                .extracting(ParsedOperation::name)
                .containsExactly("add_column", "alter_column");
        assertThat(migration.operations().get(1).location()).isEqualTo(new Location("db/0007_orders.yaml", 9, 5));
        assertThat(migration.json())
                .isEqualTo("{\"operations\":[{\"add_column\":{\"column\":{\"default\":1.50,\"name\":\"total\","
                        + "\"nullable\":true},\"table\":\"orders\",\"up\":\"quantity * price\\n\"}},"
                        + "{\"alter_column\":{\"columns\":[\"a\",\"b\"],\"comment\":\"naïve \\\"quoted\\\" \\\\ 😀\","
                        + "\"default\":null,\"hex\":\"0x1F\"}}],\"version_schema\":\"7\"}");
    }

    @Test
    void whatIsRestoredEqualsWhatWasParsed() {
        ParsedMigration parsed = parse("0007_orders.yaml", ORDERS);
        ParsedMigration restored = ParsedMigrations.restore(parsed.name(), parsed.json());
        assertThat(restored.name()).isEqualTo(parsed.name());
        assertThat(restored.path()).isEqualTo("migration 0007_orders");
        assertThat(restored.versionSchema()).isEqualTo("7");
        assertThat(restored.json()).isEqualTo(parsed.json());
        assertThat(restored.checksum()).isEqualTo(parsed.checksum());
        Fields column = restored.operations().get(0).fields().object("column");
        assertThat(column.sql("default")).isEqualTo("1.50");
        Fields altered = restored.operations().get(1).fields();
        assertThat(altered.setting("default")).isEqualTo(new Setting.Given(null));
        assertThat(altered.setting("comment").value()).isEqualTo("naïve \"quoted\" \\ 😀");
        assertThat(altered.sql("hex")).isEqualTo("0x1F");
    }

    @Test
    void whatCannotBeRestoredNamesTheMigration() {
        assertThatThrownBy(() -> ParsedMigrations.restore("0007_orders", "{\"operations\":{}}"))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageStartingWith("migration 0007_orders:1:15: \"operations\" must be a list, but is an object.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operations:\n- sql:\n    up: a\n    down: b\n",
                "# why\n\noperations:\n- sql:\n    down: b # back\n    up: 'a'\n",
                "\uFEFFoperations:\r\n  - sql: {up: \"a\", down: b}\r\n",
                "%YAML 1.2\n---\nname: a\nOPERATIONS: [{sql: {up: a, down: b}}]\nversion_schema:\n...\n",
                "{\"operations\": [\n\t{\"sql\": {\"up\": \"a\", \"down\": \"b\"}}]}"
            })
    void theChecksumIgnoresCommentsWhiteSpaceQuotesAndTheOrderOfKeys(String same) {
        assertThat(parse("a.yaml", same).checksum())
                .isEqualTo("253a01833e65c686223efaefff50a3c117e15ae41974c8d0a2bd1c0d0beba1a3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operations:\n- sql: {up: a, down: c}\n",
                "operations:\n- sql: {up: a}\n",
                "operations:\n- sql: {up: a, down: b, x: null}\n",
                "operations:\n- sql: {up: a, down: b}\n- sql: {up: a, down: b}\n",
                "version_schema: v\noperations:\n- sql: {up: a, down: b}\n"
            })
    void theChecksumTellsApartWhatDiffers(String different) {
        String checksum =
                parse("a.yaml", "operations:\n- sql: {up: a, down: b}\n").checksum();
        assertThat(parse("a.yaml", different).checksum()).isNotEqualTo(checksum);
    }

    @Test
    void theOrderOfAListCounts() {
        assertThat(parse("a.yaml", "operations: [{x: {c: [a, b]}}]").checksum())
                .isNotEqualTo(parse("a.yaml", "operations: [{x: {c: [b, a]}}]").checksum());
    }

    @Test
    void noOperationsAreAMigrationToo() {
        assertThat(parse("a.yml", "operations: []").operations()).isEmpty();
        assertThat(ParsedMigrations.parse(List.of())).isEmpty();
    }

    @Test
    void yamlAndJsonWithTheSameContentAreTheSame() {
        ParsedMigration yaml = parse("a.yaml", ORDERS);
        assertThat(parse("a.json", yaml.json()).checksum()).isEqualTo(yaml.checksum());
    }

    @Test
    void namesAreOrderedWithNumbersComparedAsNumbers() {
        List<String> ordered = List.of(
                "1",
                "1_a",
                "01_b",
                "2.9",
                "2.10",
                "9_z",
                "0010_a",
                "10_a",
                "20240101000000000000000000001_a",
                "20240101000000000000000000002_a",
                "V2__a",
                "V10__a",
                "a1b2",
                "a1b10");
        for (int seed = 0; seed < 50; seed++) {
            List<String> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(ParsedMigrations.ORDER);
            assertThat(shuffled).isEqualTo(ordered);
        }
    }

    @Test
    void theOrderIsTotalForAnyNames() {
        Random random = new Random(4711);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(6); length >= 0; length--) {
                name.append("0019a_-Z/:".charAt(random.nextInt(10)));
            }
            names.add(name.toString());
        }
        for (String a : names) {
            for (String b : names) {
                int ab = Integer.signum(ParsedMigrations.ORDER.compare(a, b));
                assertThat(Integer.signum(ParsedMigrations.ORDER.compare(b, a))).isEqualTo(-ab);
                assertThat(ab == 0).isEqualTo(a.equals(b));
                for (String c : names) {
                    if (ab < 0 && ParsedMigrations.ORDER.compare(b, c) < 0) {
                        assertThat(ParsedMigrations.ORDER.compare(a, c)).isNegative();
                    }
                }
            }
        }
    }

    private static ParsedMigration parse(String file, String content) {
        return ParsedMigrations.parse(List.of(new MigrationFile("db/" + file, content)))
                .get(0);
    }
}
