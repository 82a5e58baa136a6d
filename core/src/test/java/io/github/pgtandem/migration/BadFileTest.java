package io.github.pgtandem.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.MigrationFile;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that cannot be read, with its whole message (P11). */
class BadFileTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource({"yaml", "yamlRefused", "content", "json"})
    void aBadFileIsRejectedWithPlaceProblemAndRemedy(String file, String content, String message) {
        assertThat(rejection(new MigrationFile("db/" + file, content)).getMessage())
                .isEqualTo(message);
    }

    static Stream<Arguments> yaml() {
        return Stream.of(
                arguments("a.yaml", "", """
                        db/a.yaml:1:1: the file is empty.
                        Write "operations: []" for a migration without operations."""),
                arguments("a.yaml", "# nothing yet\n", """
                        db/a.yaml:1:1: the file is empty.
                        Write "operations: []" for a migration without operations."""),
                arguments("a.yaml", "---\n", """
                        db/a.yaml:1:1: the file is empty.
                        Write "operations: []" for a migration without operations."""),
                arguments("a.yaml", "operations:\n\t- drop_table:\n", """
                        db/a.yaml:2:1: the file is not valid YAML: a tab is used for indentation.
                        Indent with spaces."""),
                arguments("a.yaml", "operations: [1\n", """
                        db/a.yaml:2:1: the file is not valid YAML: expected ',' or ']', but got <stream end>.
                        Correct it at this place."""),
                arguments("a.yaml", "operations:\n  - sql:\n      up: @x\n", """
                        db/a.yaml:3:11: the file is not valid YAML: a text cannot begin with '@'.
                        Put the text into quotes."""),
                arguments("a.yaml", "operations:\n  - sql:\n      up: a: b\n", """
                        db/a.yaml:3:12: the file is not valid YAML: a second ": " in one line.
                        Put a text that contains ": " into quotes, or check the indentation."""),
                arguments("a.yaml", "operations:\n  - sql:\n      up: 'it's'\n", """
                        db/a.yaml:3:15: the file is not valid YAML: this does not belong to what stands before it.
                        Check the indentation, and the quotes around the text before it."""),
                arguments("a.yaml", "operations: []\nname: a\u0007\n", """
                        db/a.yaml:2:8: the file is not valid YAML: the character U+0007 is not allowed.
                        Remove the character, or write it as an escape in double quotes."""),
                arguments("a.yaml", "operations: []\n---\noperations: []\n", """
                        db/a.yaml:2:1: a second document begins here; a file holds one migration.
                        Move it into a file of its own."""));
    }

    static Stream<Arguments> yamlRefused() {
        return Stream.of(
                arguments("a.yaml", "operations: []\noperations: []\n", """
                        db/a.yaml:2:1: "operations" is there twice, first in line 1.
                        Keep one of the two."""),
                arguments("a.yaml", "operations: []\nOperations: []\n", """
                        db/a.yaml:2:1: "operations" and "Operations" are the same field.
                        Keep one of the two."""),
                arguments("a.yaml", "operations:\n  - sql: &x {up: SELECT 1}\n  - sql: *x\n", """
                        db/a.yaml:3:10: the alias *x cannot be used in a migration.
                        Write the content out instead."""),
                arguments("a.yaml", "operations:\n  - sql:\n      <<: {up: SELECT 1}\n", """
                        db/a.yaml:3:7: the merge key << cannot be used in a migration.
                        Write the content out instead."""),
                arguments("a.yaml", "operations:\n  - sql:\n      up: !!int '1'\n", """
                        db/a.yaml:3:11: the tag !!int cannot be used in a migration.
                        Write the content out instead."""),
                arguments("a.yaml", "operations:\n  - ? [sql]\n    : {up: SELECT 1}\n", """
                        db/a.yaml:2:7: a key must be text, but this one is a list or an object.
                        Write a text."""),
                arguments("a.yaml", "operations:\n  - sql:\n      up: \"a\\0b\"\n", """
                        db/a.yaml:3:11: a text holds the character NUL, which PostgreSQL cannot store.
                        Remove the character."""),
                arguments("a.yaml", "operations: " + "[".repeat(5000), """
                        db/a.yaml:1:112: this is nested more than 100 deep.
                        Flatten it."""));
    }

    static Stream<Arguments> content() {
        return Stream.of(
                arguments("a.yaml", "- drop_table:\n    name: t\n", """
                        db/a.yaml:1:1: a migration must be an object, but this is a list.
                        Begin the file with "operations:" and list the operations below it."""),
                arguments("a.yaml", "hello\n", """
                        db/a.yaml:1:1: a migration must be an object, but this is the text "hello".
                        Begin the file with "operations:" and list the operations below it."""),
                arguments("a.yaml", "operation: []\n", """
                        db/a.yaml:1:1: "operation" is not a field of a migration.
                        Did you mean "operations"? Fields: operations, version_schema."""),
                arguments("a.yaml", "version_schema: v1\n", """
                        db/a.yaml:1:1: "operations" is missing.
                        Add it; "operations: []" is a migration without operations."""),
                arguments("a.yaml", "operations:\n", """
                        db/a.yaml:1:12: "operations" must be a list, but is null.
                        Write each operation below it, after "- "; "operations: []" is a migration without operations."""),
                arguments("a.yaml", "operations:\n  drop_table:\n    name: t\n", """
                        db/a.yaml:2:3: "operations" must be a list, but is an object.
                        Write each operation below it, after "- "; "operations: []" is a migration without operations."""),
                arguments("a.yaml", "operations:\n  - drop_table\n", """
                        db/a.yaml:2:5: an operation must be an object, but this is the text "drop_table".
                        Write it as "- drop_table:" with its fields below, indented."""),
                arguments("a.yaml", "operations:\n  - {}\n", """
                        db/a.yaml:2:5: an operation is empty.
                        Remove it, or write the operation's name and its fields."""),
                arguments("a.yaml", "operations:\n  - drop_table: {name: t}\n    sql: {up: x}\n", """
                        db/a.yaml:2:5: an entry of "operations" must be one operation, but this one has drop_table, sql.
                        Begin each operation with "- ", and indent its fields below its name."""),
                arguments("a.yaml", "operations:\n  - drop_table:\n    name: t\n", """
                        db/a.yaml:2:5: an entry of "operations" must be one operation, but this one has drop_table, name.
                        Begin each operation with "- ", and indent its fields below its name."""),
                arguments("a.yaml", "operations:\n  - drop_table: t\n", """
                        db/a.yaml:2:5: drop_table: the operation must have fields, but it is the text "t".
                        Write its fields below its name, indented."""),
                arguments("a.yaml", "name: b\noperations: []\n", """
                        db/a.yaml:1:7: "name" is "b", but a migration is named after its file: "a".
                        Remove the line."""),
                arguments("a.yaml", "version_schema: [v1]\noperations: []\n", """
                        db/a.yaml:1:17: "version_schema" must be text, but is a list.
                        Write version_schema: followed by the text."""),
                arguments("a.yaml", "version_schema: ' '\noperations: []\n", """
                        db/a.yaml:1:17: "version_schema" is empty.
                        Give it a value."""),
                arguments("a.yaml", "version_schema: " + "v".repeat(64) + "\noperations: []\n", """
                        db/a.yaml:1:17: "version_schema" is 64 bytes long; at most 63 are allowed.
                        Shorten it."""),
                arguments("a.yaml", "version_schema: \"a\\nb\"\noperations: []\n", """
                        db/a.yaml:1:17: "version_schema" has a line break or another control character, and is part of a \
                        schema's name.
                        Remove it."""),
                arguments(".yaml", "operations: []\n", """
                        db/.yaml:1:1: the file has no name before its extension, and a migration is named after its file.
                        Rename the file, for example to 0001_create_orders.yaml."""),
                arguments("é" + "a".repeat(62) + ".yaml", "operations: []\n", """
                        db/é%s.yaml:1:1: the migration's name is 64 bytes long; at most 63 are allowed.
                        Shorten the file's name.""".formatted("a".repeat(62))),
                arguments("a.sql", "SELECT 1", """
                        db/a.sql:1:1: the name of a migration file must end in .yaml, .yml or .json.
                        Rename the file, or move it out of the folder."""));
    }

    static Stream<Arguments> json() {
        return Stream.of(
                arguments("a.json", "", """
                        db/a.json:1:1: the file is empty.
                        Write "operations: []" for a migration without operations."""),
                arguments("a.json", "{\"operations\": [],}", """
                        db/a.json:1:19: the file is not valid JSON: Unexpected character ('}' (code 125)): was expecting \
                        double-quote to start property name.
                        Correct it at this place."""),
                arguments("a.json", "{\"operations\": []} {}", """
                        db/a.json:1:20: a second document begins here; a file holds one migration.
                        Move it into a file of its own."""),
                arguments("a.json", "{\n  \"operations\": [],\n  \"operations\": []\n}", """
                        db/a.json:3:3: "operations" is there twice, first in line 2.
                        Keep one of the two."""),
                arguments("a.json", "{\"operations\": [{\"sql\": {\"up\": \"\\ud800\"}}]}", """
                        db/a.json:1:32: a text holds half a surrogate pair, which is no character.
                        Write the whole character."""));
    }

    @Test
    void allProblemsOfAllFilesAreReportedAtOnceInTheOrderOfNamesAndLines() {
        InvalidMigrationException rejection = rejection(
                new MigrationFile("db/10_c.yaml", "operations: []\nnote: x\nversion_schema: {}\n"),
                new MigrationFile("db/9_b.yaml", ""),
                new MigrationFile("db/1_a.yaml", "operations: []\n"),
                new MigrationFile("db/1_a.json", "{\"operations\": []}"));
        assertThat(rejection.problem()).isEqualTo("""
                4 problems in the migrations:
                db/1_a.yaml:1:1: there is another migration named "1_a": db/1_a.json.
                    Rename or remove one of the two.
                db/9_b.yaml:1:1: the file is empty.
                    Write "operations: []" for a migration without operations.
                db/10_c.yaml:2:1: "note" is not a field of a migration.
                    Fields: operations, version_schema.
                db/10_c.yaml:3:17: "version_schema" must be text, but is an object.
                    Write version_schema: followed by the text.""");
        assertThat(rejection.remedy()).isEqualTo("Correct each of them and start again.");
    }

    @Test
    void oneNameInTwoLocationsIsRejected() {
        assertThat(rejection(
                                new MigrationFile("first/a.yaml", "operations: []"),
                                new MigrationFile("second/a.yaml", "operations: []"))
                        .getMessage())
                .isEqualTo("""
                        second/a.yaml:1:1: there is another migration named "a": first/a.yaml.
                        Rename or remove one of the two.""");
    }

    @Test
    void twoMigrationsCannotShareAVersionSchema() {
        assertThat(rejection(
                                new MigrationFile("db/1_a.yaml", "operations: []\nversion_schema: 2_b"),
                                new MigrationFile("db/2_b.yaml", "operations: []"))
                        .getMessage())
                .isEqualTo("""
                        db/2_b.yaml:1:1: its version schema would be named "2_b", as is that of db/1_a.yaml.
                        Give the two different "version_schema".""");
    }

    @Test
    void twoVersionSchemasOfOneNameAreRejected() {
        assertThat(rejection(
                                new MigrationFile("db/1_a.yaml", "operations: []\nversion_schema: beta"),
                                new MigrationFile("db/2_b.yaml", "version_schema: beta\noperations: []"))
                        .getMessage())
                .isEqualTo("""
                        db/2_b.yaml:1:1: its version schema would be named "beta", as is that of db/1_a.yaml.
                        Give the two different "version_schema".""");
    }

    private static InvalidMigrationException rejection(MigrationFile... files) {
        return Assertions.catchThrowableOfType(
                InvalidMigrationException.class, () -> ParsedMigrations.parse(List.of(files)));
    }
}
