package io.github.pgtandem.boot;

import io.github.pgtandem.MigrationFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/** Finds the migrations of a build in its locations, without their subfolders. */
final class MigrationFiles {

    private static final Set<String> EXTENSIONS = Set.of("yaml", "yml", "json");
    private static final String CLASSPATH = "classpath:";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final PathMatchingResourcePatternResolver resources;

    MigrationFiles(ResourceLoader loader) {
        this.resources = new PathMatchingResourcePatternResolver(loader);
    }

    /** Reads them all, in no order. */
    List<MigrationFile> in(List<String> locations) {
        Map<Resource, MigrationFile> files = new LinkedHashMap<>();
        for (String location : locations) {
            String folder = folder(location.strip());
            for (Resource resource : resources(location.strip())) {
                files.computeIfAbsent(resource, r -> read(folder, r));
            }
        }
        return distinguished(files);
    }

    /** Files of two jars that have one path are shown with their whole address. */
    private static List<MigrationFile> distinguished(Map<Resource, MigrationFile> files) {
        Map<String, Integer> paths = new HashMap<>();
        files.values().forEach(file -> paths.merge(file.path(), 1, Integer::sum));
        List<MigrationFile> distinguished = new ArrayList<>();
        files.forEach((resource, file) -> distinguished.add(
                paths.get(file.path()) == 1 ? file : new MigrationFile(url(resource), file.content())));
        return distinguished;
    }

    private List<Resource> resources(String location) {
        // All roots of the class path, as a module of an application may bring migrations of its own.
        String root =
                location.startsWith(CLASSPATH) ? "classpath*:" + location.substring(CLASSPATH.length()) : location;
        String pattern = (root.contains(":") ? root : "classpath*:" + root) + (root.endsWith("/") ? "*" : "/*");
        try {
            List<Resource> found = new ArrayList<>();
            for (Resource resource : resources.getResources(pattern)) {
                String extension = StringUtils.getFilenameExtension(resource.getFilename());
                if (extension != null && EXTENSIONS.contains(extension)) {
                    found.add(resource);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("Location '%s' cannot be read".formatted(location), e);
        }
    }

    private static String url(Resource resource) {
        try {
            return resource.getURL().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it lies in the sources for the class path, whole for a folder. */
    private static String folder(String location) {
        String folder = location.startsWith("file:")
                ? location.substring("file:".length())
                : location.replaceFirst("^(classpath\\*?:)?/*", "");
        return StringUtils.trimTrailingCharacter(folder, '/');
    }

    /** Null for a folder with such a name. */
    private static @Nullable MigrationFile read(String folder, Resource resource) {
        try {
            String content = resource.getContentAsString(StandardCharsets.UTF_8);
            return new MigrationFile(
                    folder + "/" + resource.getFilename(),
                    content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content);
        } catch (IOException e) {
            if (isFolder(resource)) {
                return null;
            }
            throw new UncheckedIOException("%s cannot be read".formatted(resource), e);
        }
    }

    private static boolean isFolder(Resource resource) {
        try {
            return resource.isFile() && resource.getFile().isDirectory();
        } catch (IOException e) {
            return false;
        }
    }
}
