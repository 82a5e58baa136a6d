package io.github.pgtandem.benchmark;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One start of an application that has a migration tool, or none; prints nanoseconds, queries and connections. */
final class BootOnce {

    /** Who looks after the schema. */
    enum Tool {
        NONE("none"),
        FLYWAY("Flyway"),
        PGTANDEM("pgtandem");

        final String title;

        Tool(String title) {
            this.title = title;
        }

        void start(DataSource dataSource, Path folder) throws IOException {
            switch (this) {
                case NONE -> {}
                case FLYWAY -> Tools.flyway(dataSource, folder);
                case PGTANDEM -> tandem(dataSource, folder);
            }
        }
    }

    private BootOnce() {}

    /** @param arguments a tool, the database's URL, and the folder of its migrations */
    public static void main(String... arguments) throws Exception {
        PGSimpleDataSource actual = new PGSimpleDataSource();
        actual.setUrl(arguments[1]);
        // An application's pool opens connections anyway, so the driver's own start is not the tool's.
        try (Connection connection = actual.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
        CountingDataSource dataSource = new CountingDataSource(actual);
        long began = System.nanoTime();
        Tool.valueOf(arguments[0]).start(dataSource, Path.of(arguments[2]));
        long nanos = System.nanoTime() - began;
        System.out.println(nanos + " " + dataSource.statements() + " " + dataSource.connections());
        System.exit(0);
    }

    private static void tandem(DataSource dataSource, Path folder) throws IOException {
        List<MigrationFile> files;
        try (Stream<Path> paths = Files.list(folder)) {
            files = paths.map(BootOnce::file).toList();
        }
        PgTandem tandem = new PgTandem(
                dataSource, Release.parse(files), Settings.forSchema(Tandem.BASE_SCHEMA), new PgTandemListener() {});
        tandem.start(new Actor("benchmark", "startup"));
        tandem.register("benchmark", "localhost");
    }

    private static MigrationFile file(Path path) {
        try {
            return new MigrationFile(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
