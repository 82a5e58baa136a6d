package io.github.pgtandem.test;

import io.github.pgtandem.MigrationFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Finds migrations where the application finds them. */
final class MigrationFiles {

    private static final List<String> EXTENSIONS = List.of("yaml", "yml", "json");

    private MigrationFiles() {}

    static List<MigrationFile> in(String... locations) {
        String[] folders = locations.length == 0 ? new String[] {PgTandemAssertions.LOCATION} : locations;
        List<MigrationFile> files = new ArrayList<>();
        for (String location : folders) {
            for (String extension : EXTENSIONS) {
                find(location, extension, files);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "No migrations (*.yaml, *.yml, *.json) in %s.\nPut them there, or name the folder that holds them."
                            .formatted(Arrays.toString(folders)));
        }
        return files;
    }

    private static void find(String location, String extension, List<MigrationFile> files) {
        String folder = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        // Each entry of the class path counts, not just the first that has the folder.
        String everywhere = folder.replaceFirst("^classpath:", "classpath*:");
        String shown = folder.replaceFirst("^[a-z]+\\*?:", "");
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources(everywhere + "/*." + extension)) {
                files.add(new MigrationFile(
                        shown + "/" + file.getFilename(), file.getContentAsString(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The migrations in %s cannot be read".formatted(location), e);
        }
    }
}
