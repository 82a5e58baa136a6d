package io.github.pgtandem.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.pgtandem.MigrationFile;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"scalars", "structures"})
    void aBadFieldIsRejectedWithPlaceProblemAndRemedy(String yaml, Consumer<Fields> read, String message) {
        Fields fields = fields(yaml);
        InvalidInput problem = catchThrowableOfType(InvalidInput.class, () -> read.accept(fields));
        assertThat(problem.getMessage()).isEqualTo(message);
        assertThat(ParsedMigrations.report(List.of(problem)).getMessage()).isEqualTo(message);
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                bad("up: x", fields -> fields.text("table"), """
                        db/a.yaml:3:7: add_column: "table" is missing.
                        Add table to this operation."""),
                bad("table:", fields -> fields.text("table"), """
                        db/a.yaml:3:13: add_column: "table" has no value.
                        Give it a value."""),
                bad("table: ' '", fields -> fields.text("table"), """
                        db/a.yaml:3:14: add_column: "table" is empty.
                        Give it a value."""),
                bad("table: 2024", fields -> fields.identifier("table"), """
                        db/a.yaml:3:14: add_column: "table" must be text, but is the number 2024.
                        Put it into quotes: table: "2024"."""),
                bad("table: [t]", fields -> fields.optionalText("table"), """
                        db/a.yaml:3:14: add_column: "table" must be text, but is a list.
                        Write table: followed by the text."""),
                bad("table: " + "é".repeat(32), fields -> fields.identifier("table"), """
                        db/a.yaml:3:14: add_column: "table" is "%s", which is 64 bytes long; a name in PostgreSQL has at most 63.
                        Shorten it.""".formatted("é".repeat(32))),
                bad("table: ''", fields -> fields.optionalIdentifier("table"), """
                        db/a.yaml:3:14: add_column: "table" is empty.
                        Give it a value."""),
                bad("up: ''", fields -> fields.optionalSql("up"), """
                        db/a.yaml:3:11: add_column: "up" is empty.
                        Give it a value."""),
                bad("up: {a: b}", fields -> fields.sql("up"), """
                        db/a.yaml:3:11: add_column: "up" must be text, but is an object.
                        Write up: followed by the text."""),
                bad("default: [1]", fields -> fields.setting("default"), """
                        db/a.yaml:3:16: add_column: "default" must be text, but is a list.
                        Write default: followed by the text."""),
                bad("unique: yes", fields -> fields.flag("unique"), """
                        db/a.yaml:3:15: add_column: "unique" must be true or false, but is the text "yes".
                        Write unique: true or unique: false, without quotes."""),
                bad("method: Btre", fields -> fields.choice("method", "btree", "hash"), """
                        db/a.yaml:3:15: add_column: "method" is "Btre", which is not one of the allowed values.
                        Did you mean "btree"? Allowed: btree, hash."""),
                bad("method: xyz", fields -> fields.choice("method", "btree", "hash"), """
                        db/a.yaml:3:15: add_column: "method" is "xyz", which is not one of the allowed values.
                        Allowed: btree, hash."""));
    }

    static Stream<Arguments> structures() {
        return Stream.of(
                bad("tabel: t", FieldsTest::readAddColumn, """
                        db/a.yaml:3:7: add_column: "tabel" is not a field of this operation.
                        Did you mean "table"? Fields: table, column, up."""),
                bad("up: x\n      tabel: t\n      zzz: 1", FieldsTest::readAddColumn, """
                        db/a.yaml:4:7: add_column: "tabel" and "zzz" are not fields of this operation.
                        Did you mean "table"? Fields: table, column, up."""),
                bad("table: t\n      Table: t", FieldsTest::readAddColumn, """
                        db/a.yaml:4:7: add_column: "table" and "Table" are the same field.
                        Keep one of the two."""),
                bad("column:\n        nam: c", fields -> fields.object("column").text("name"), """
                        db/a.yaml:4:9: add_column.column: "name" is missing, but there is "nam".
                        If that is meant, write "name"."""),
                bad(
                        "column:\n        name: c\n        nul: true",
                        fields -> {
                            Fields column = fields.object("column");
                            column.has("name");
                            column.has("nullable");
                            column.end();
                        },
                        """
                        db/a.yaml:5:9: add_column.column: "nul" is not a field of this object.
                        Did you mean "nullable"? Fields: name, nullable."""),
                bad("column: c", fields -> fields.object("column"), """
                        db/a.yaml:3:15: add_column: "column" must be an object, but is the text "c".
                        Write its fields below "column:", indented, each as name: value."""),
                bad("columns: []", fields -> fields.objects("columns"), """
                        db/a.yaml:3:16: add_column: "columns" is an empty list.
                        Give it at least one entry."""),
                bad("columns: {a: b}", fields -> fields.optionalObjects("columns"), """
                        db/a.yaml:3:16: add_column: "columns" must be a list, but is an object.
                        Write each entry on a line of its own below "columns:", after "- "."""),
                bad("columns: [{name: c}, d]", fields -> fields.objects("columns"), """
                        db/a.yaml:3:28: add_column: an entry of "columns" must be an object, but this one is the text "d".
                        Write each entry as "- " followed by its fields."""),
                bad("columns: [c, 5]", fields -> fields.texts("columns"), """
                        db/a.yaml:3:20: add_column: an entry of "columns" must be text, but this one is the number 5.
                        Put it into quotes: "5"."""),
                bad("columns: [c, [d]]", fields -> fields.optionalTexts("columns"), """
                        db/a.yaml:3:20: add_column: an entry of "columns" must be text, but this one is a list.
                        Write each entry as "- " followed by the text."""),
                bad("columns: ['']", fields -> fields.texts("columns"), """
                        db/a.yaml:3:17: add_column: an entry of "columns" is empty.
                        Give it a value, or remove it."""),
                bad(
                        "up: x",
                        fields -> {
                            throw fields.invalid("up", "it is wrong.", "Right it.");
                        },
                        """
                        db/a.yaml:3:11: add_column: it is wrong.
                        Right it."""),
                bad(
                        "up: x",
                        fields -> {
                            throw fields.invalid("it is wrong.", "Right it.");
                        },
                        """
                        db/a.yaml:3:7: add_column: it is wrong.
                        Right it."""));
    }

    @Test
    void absentNullAndTextAreThreeSettings() {
        Fields fields =
                fields("a:\n      b: ~\n      c: null\n      d: ''\n      e: 100\n      f: True\n      g: 'null'");
        assertThat(fields.setting("x")).isEqualTo(new Setting.Absent());
        for (String key : List.of("a", "b", "c")) {
            assertThat(fields.setting(key)).isEqualTo(new Setting.Given(null));
        }
        assertThat(fields.setting("d")).isEqualTo(new Setting.Given(""));
        assertThat(fields.setting("e")).isEqualTo(new Setting.Given("100"));
        assertThat(fields.setting("f")).isEqualTo(new Setting.Given("true"));
        assertThat(fields.setting("g")).isEqualTo(new Setting.Given("null"));
        assertThat(fields.setting("x").isPresent()).isFalse();
        assertThat(fields.setting("a").isPresent()).isTrue();
    }

    @Test
    void nullMeansAbsentEverywhereElse() {
        Fields fields = fields("a: null");
        assertThat(fields.has("a")).isTrue();
        assertThat(fields.optionalText("a")).isNull();
        assertThat(fields.optionalIdentifier("a")).isNull();
        assertThat(fields.optionalSql("a")).isNull();
        assertThat(fields.optionalFlag("a")).isNull();
        assertThat(fields.flag("a")).isFalse();
        assertThat(fields.choice("a", "x")).isNull();
        assertThat(fields.optionalObject("a")).isNull();
        assertThat(fields.optionalObjects("a")).isEmpty();
        assertThat(fields.optionalTexts("a")).isEmpty();
    }

    @Test
    void scalarsAreThoseOfYaml12AndNumbersKeepTheirDigits() {
        Fields fields =
                fields("on: no\n      y: yes\n      price: 1.50\n      hex: 0x1F\n      zip: 00123\n      t: 12:30:00");
        assertThat(fields.text("on")).isEqualTo("no");
        assertThat(fields.text("y")).isEqualTo("yes");
        assertThat(fields.sql("price")).isEqualTo("1.50");
        assertThat(fields.sql("hex")).isEqualTo("0x1F");
        assertThat(fields.sql("zip")).isEqualTo("00123");
        assertThat(fields.text("t")).isEqualTo("12:30:00");
    }

    @Test
    void fieldNamesAndChoicesMatchWhateverTheirCase() {
        Fields fields = fields("onComplete: true\n      TABLE: t\n      sort: desc");
        assertThat(fields.flag("oncomplete")).isTrue();
        assertThat(fields.identifier("table")).isEqualTo("t");
        assertThat(fields.choice("sort", "ASC", "DESC")).isEqualTo("DESC");
        fields.end();
    }

    @Test
    void namesInAMapMatchExactly() {
        Fields up = fields("up: {B: 1, a: x, A: z}").object("up");
        assertThat(up.keys()).containsExactly("B", "a", "A");
        assertThat(up.has("b")).isFalse();
        assertThat(up.sql("a")).isEqualTo("x");
        assertThat(up.sql("A")).isEqualTo("z");
        up.end();
    }

    @Test
    void theShapeOfAValueCanBeAskedFor() {
        Fields fields = fields("a: [x, y]\n      b: [x, {}]\n      c: []\n      d: {}\n      e: x");
        assertThat(List.of("a", "b", "c", "d", "e", "f"))
                .filteredOn(fields::isList)
                .containsExactly("a", "b", "c");
        assertThat(List.of("a", "b", "c", "d", "e", "f"))
                .filteredOn(fields::isTextList)
                .containsExactly("a");
        assertThat(List.of("a", "b", "c", "d", "e", "f"))
                .filteredOn(fields::isObject)
                .containsExactly("d");
        assertThat(fields.texts("a")).containsExactly("x", "y");
    }

    @Test
    void placesAreThoseOfTheValueOrElseOfTheObject() {
        Fields fields = fields("up: |\n        x\n      column:\n        name: c");
        assertThat(fields.location()).hasToString("db/a.yaml:3:7");
        assertThat(fields.location("up")).hasToString("db/a.yaml:3:11");
        assertThat(fields.location("down")).hasToString("db/a.yaml:3:7");
        assertThat(fields.object("column").location("name")).hasToString("db/a.yaml:6:15");
    }

    private static void readAddColumn(Fields fields) {
        fields.has("table");
        fields.optionalObject("column");
        fields.optionalSql("up");
        fields.end();
    }

    private static Arguments bad(String yaml, Consumer<Fields> read, String message) {
        return arguments(yaml, read, message);
    }

    private static Fields fields(String yaml) {
        String content = "operations:\n  - add_column:\n      " + yaml + "\n";
        return ParsedMigrations.parse(List.of(new MigrationFile("db/a.yaml", content)))
                .get(0)
                .operations()
                .get(0)
                .fields();
    }
}
