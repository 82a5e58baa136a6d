package io.github.pgtandem.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.flywaydb.core.Flyway;

/** Flyway and Liquibase, each with scripts of a folder. */
final class Tools {

    /** Held, as loggers that nobody holds forget their level. */
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    static {
        LIQUIBASE.setLevel(Level.WARNING);
    }

    private Tools() {}

    /** @param folder with {@code V1__name.sql} and so on; a database with tables counts as being at version 0 */
    static void flyway(DataSource dataSource, Path folder) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("filesystem:" + folder)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    /** One statement, as a migration of its own. */
    static void flyway(Db database, String statement) throws IOException {
        Path folder = Files.createTempDirectory("flyway");
        Files.writeString(folder.resolve("V1__change.sql"), statement + ";\n");
        try {
            flyway(database.dataSource(), folder);
        } finally {
            delete(folder);
        }
    }

    /** One statement, as a changeset of its own. */
    static void liquibase(Db database, String statement) throws Exception {
        Path folder = Files.createTempDirectory("liquibase");
        Files.writeString(
                folder.resolve("changelog.sql"),
                "--liquibase formatted sql\n--changeset benchmark:1\n" + statement + ";\n");
        try (Connection connection = database.dataSource().getConnection()) {
            Scope.child(Scope.Attr.ui.name(), new LoggerUIService(), () -> {
                try (Liquibase liquibase = new Liquibase(
                        "changelog.sql", new DirectoryResourceAccessor(folder), new JdbcConnection(connection))) {
                    liquibase.update();
                }
            });
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> inner = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inner) {
                Files.delete(file);
            }
        }
    }
}
