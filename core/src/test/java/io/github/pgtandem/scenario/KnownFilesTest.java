package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.HistoryMismatchException;
import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.StartReport;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files that the database knows as they are need not be read; any others are, before anything is touched. */
@ExtendWith(DatabaseExtension.class)
class KnownFilesTest {

    private static final String ORDERS = """
            operations:
              - create_table:
                  name: orders
                  columns: [{name: id, type: int, pk: true}]
            """;
    private static final String NOTES = """
            operations:
              - add_column: {table: orders, column: {name: note, type: text, nullable: true}}
            """;
    private static final String BROKEN = "operations: {";

    @Test
    void aKnownFileIsNotRead(Database database) {
        build(database, ORDERS, NOTES).start(Fleet.TEST);
        // If it were read it would be refused.
        knowTheBrokenFile(database);

        StartReport report = build(database, BROKEN, NOTES).start(Fleet.TEST);
        assertThat(report.pin().version()).isEqualTo("0002");
        assertThat(report.expanded()).isNull();
        assertThat(build(database, BROKEN, NOTES).status().migrations()).hasSize(2);
    }

    @Test
    void oneOfAnOlderBuildIsNotReadEither(Database database) {
        build(database, ORDERS).start(Fleet.TEST);
        build(database, ORDERS, NOTES).start(Fleet.TEST);
        knowTheBrokenFile(database);

        assertThat(build(database, BROKEN).start(Fleet.TEST).newerVersions()).containsExactly("0002");
    }

    private static void knowTheBrokenFile(Database database) {
        byte[] bytes = BROKEN.getBytes(StandardCharsets.UTF_8);
        CRC32 crc32 = new CRC32();
        crc32.update(bytes);
        CRC32C crc32c = new CRC32C();
        crc32c.update(bytes);
        database.execute("UPDATE pgtandem.migration SET file_checksum = '%08x%08x' WHERE name = '0001'"
                .formatted(crc32.getValue(), crc32c.getValue()));
    }

    @Test
    void aCommentChangesNothing(Database database) {
        build(database, ORDERS, NOTES).start(Fleet.TEST);

        assertThat(build(database, "# Of the shop.\n" + ORDERS, NOTES)
                        .start(Fleet.TEST)
                        .expanded())
                .isNull();
    }

    @Test
    void aChangedFileIsRefused(Database database) {
        build(database, ORDERS, NOTES).start(Fleet.TEST);

        assertThatThrownBy(() ->
                        build(database, ORDERS.replace("int", "bigint"), NOTES).start(Fleet.TEST))
                .isInstanceOf(HistoryMismatchException.class)
                .hasMessageContaining("migration 0001 was changed after it was applied");
    }

    @Test
    void aFileThatIsNoneIsRefusedBeforeAnythingIsTouched(Database database) {
        assertThatThrownBy(() -> build(database, ORDERS, BROKEN).start(Fleet.TEST))
                .isInstanceOf(InvalidMigrationException.class);
        assertThat(database.jdbc().queryForObject("SELECT to_regclass('pgtandem.model') IS NULL", Boolean.class))
                .isTrue();

        build(database, ORDERS).start(Fleet.TEST);
        assertThatThrownBy(() -> build(database, ORDERS, BROKEN).start(Fleet.TEST))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageContaining("0002.yaml");
        assertThatThrownBy(() -> build(database, ORDERS, BROKEN).expand(Fleet.TEST))
                .isInstanceOf(InvalidMigrationException.class);
        assertThat(build(database, ORDERS).status().migrations()).hasSize(1);
    }

    @Test
    void theNameOfTheVersionSchemaIsFoundHoweverItIsWritten() {
        assertThat(pin(Release.of(List.of(file("0001", "version_schema: shop\n" + ORDERS)))))
                .isEqualTo("public_shop");
        assertThat(pin(Release.of(List.of(file("0001", "\"version\\u005fschema\": shop\n" + ORDERS)))))
                .isEqualTo("public_shop");
        assertThat(pin(Release.of(List.of(file("0001", ORDERS))))).isEqualTo("public_0001");
    }

    private static String pin(Release release) {
        return release.pin("public").schema();
    }

    private static PgTandem build(Database database, String... contents) {
        List<MigrationFile> files = new ArrayList<>();
        for (String content : contents) {
            files.add(file("000" + (files.size() + 1), content));
        }
        return new PgTandem(
                database.dataSource(), Release.of(files), Settings.forSchema("public"), new PgTandemListener() {});
    }

    private static MigrationFile file(String name, String content) {
        return new MigrationFile("db/pgtandem/" + name + ".yaml", content);
    }
}
