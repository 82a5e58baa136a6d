package io.github.pgtandem.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.MigrationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.DefaultResourceLoader;

class MigrationFilesTest {

    private final MigrationFiles files = new MigrationFiles(new DefaultResourceLoader());

    @Test
    void theClassPathIsReadWithOrWithoutItsPrefix() {
        assertThat(paths(files.in(List.of("classpath:releases/two"))))
                .containsExactlyInAnyOrder(
                        "releases/two/0001_customers.yaml",
                        "releases/two/0002_full_name.yaml",
                        "releases/two/0003_name_length.yaml");
        assertThat(paths(files.in(List.of("releases/one/")))).containsExactly("releases/one/0001_customers.yaml");
    }

    @Test
    void foldersAreReadWithoutTheirSubfoldersAndOnlyMigrations(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("1_a.yaml"), "\uFEFFoperations: []");
        Files.writeString(folder.resolve("2_b.yml"), "b");
        Files.writeString(folder.resolve("3_c.json"), "c");
        Files.writeString(folder.resolve("readme.md"), "d");
        Files.writeString(Files.createDirectory(folder.resolve("sub")).resolve("4_e.yaml"), "e");
        Files.createDirectory(folder.resolve("5_f.yaml"));

        List<MigrationFile> found = files.in(List.of("file:" + folder));

        assertThat(paths(found))
                .containsExactlyInAnyOrder(folder + "/1_a.yaml", folder + "/2_b.yml", folder + "/3_c.json");
        assertThat(found).extracting(MigrationFile::content).contains("operations: []");
    }

    @Test
    void aFileThatTwoLocationsFindIsReadOnce() {
        assertThat(files.in(List.of("classpath:releases/one", "classpath:/releases/one/")))
                .hasSize(1);
    }

    @Test
    void aLocationThatIsNotThereHoldsNothing() {
        assertThat(files.in(List.of("classpath:nowhere", "file:/nowhere"))).isEmpty();
    }

    private static List<String> paths(List<MigrationFile> found) {
        return found.stream().map(MigrationFile::path).toList();
    }
}
