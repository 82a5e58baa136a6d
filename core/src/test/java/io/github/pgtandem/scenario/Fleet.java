package io.github.pgtandem.scenario;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.schema.Identifiers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database that had tables before, and builds of an application that ship more and more migrations for it. */
final class Fleet {

    static final Actor TEST = new Actor("test", "test");
    static final String BASE = "0000_baseline";
    static final Settings SETTINGS = Settings.forSchema("public").withBaseline(BASE);

    private final Database database;
    private final List<MigrationFile> files = new ArrayList<>();

    private Fleet(Database database) {
        this.database = database;
    }

    /** Makes the tables, and starts an instance of the build that knows them as they are. */
    static Fleet on(Database database, String... tables) {
        database.execute(tables);
        Fleet fleet = unstarted(database);
        fleet.build(BASE).start(TEST);
        return fleet;
    }

    /** Builds for a database that no instance has met yet. */
    static Fleet unstarted(Database database) {
        return new Fleet(database).with(BASE, "[]");
    }

    /** One more migration. */
    Fleet with(String name, String operations) {
        return withFile(name, "operations: " + operations.replaceFirst("^ ", "\n "));
    }

    /** A migration that is not shipped any more. */
    Fleet without(String name) {
        files.removeIf(f -> f.name().equals(name));
        return this;
    }

    /** One more migration, as its whole file. */
    Fleet withFile(String name, String content) {
        files.add(new MigrationFile("db/pgtandem/" + name + ".yaml", content));
        return this;
    }

    /** The engine of the build whose target version this is. */
    PgTandem build(String version) {
        return build(version, SETTINGS);
    }

    PgTandem build(String version, Settings settings) {
        return build(version, settings, database.dataSource());
    }

    PgTandem build(String version, Settings settings, PgTandemListener listener) {
        return build(version, settings, database.dataSource(), listener);
    }

    PgTandem build(String version, Settings settings, DataSource dataSource) {
        return build(version, settings, dataSource, new PgTandemListener() {});
    }

    /** The same, which tells each time that it could not have a lock. */
    PgTandem build(String version, Runnable lockNotAcquired) {
        return build(version, SETTINGS, database.dataSource(), new PgTandemListener() {
            @Override
            public void lockWait(Duration waited, boolean acquired) {
                if (!acquired) {
                    lockNotAcquired.run();
                }
            }
        });
    }

    private PgTandem build(String version, Settings settings, DataSource dataSource, PgTandemListener listener) {
        List<String> names = files.stream().map(MigrationFile::name).toList();
        List<MigrationFile> shipped = files.subList(0, names.indexOf(version) + 1);
        return new PgTandem(dataSource, Release.parse(shipped), settings, listener);
    }

    /** Expands to a version. */
    Fleet live(String version) {
        build(version).start(TEST);
        return this;
    }

    /** Connections as an instance of a version has them. */
    DataSource pinned(String version) {
        return database.dataSource(build(version).pin().searchPath());
    }

    /** Statements of an instance of a version. */
    JdbcTemplate at(String version) {
        return new JdbcTemplate(pinned(version));
    }

    /** The same of an instance whose connections are a role's. */
    JdbcTemplate at(String version, String role) {
        return new JdbcTemplate(database.dataSource(role, build(version).pin().searchPath()));
    }

    /** The only row of a statement of an instance of a version. */
    Map<String, Object> row(String version, String sql, Object... values) {
        return at(version).queryForMap(sql, values);
    }

    Database database() {
        return database;
    }

    /** What is in the base schema and around it, our own schemas aside. */
    Catalogue catalogue() {
        return shape(database).withNotNullNames();
    }

    /** The same of another database, without names that PostgreSQL has made from those of renamed tables. */
    Catalogue shape(Database other) {
        String[] own = Stream.concat(
                        Stream.of("pgtandem"),
                        Release.parse(files).names().stream()
                                .map(n -> build(n).pin().schema()))
                .toArray(String[]::new);
        return Catalogue.of(other, "public").withoutSchemas(own);
    }

    static String schema(String version) {
        return Identifiers.versionSchema("public", version);
    }

    /** Settings of instances that say often that they are alive. */
    static Settings beating(Duration heartbeat) {
        return settings(SETTINGS.lockTimeout(), SETTINGS.lockBudget(), heartbeat);
    }

    /** Settings of instances that wait so long for a lock. */
    static Settings waiting(Duration lockTimeout) {
        return waiting(lockTimeout, SETTINGS.lockBudget());
    }

    /** The same, of instances that give up after a while. */
    static Settings waiting(Duration lockTimeout, Duration lockBudget) {
        return settings(lockTimeout, lockBudget, SETTINGS.heartbeat());
    }

    /** Settings of instances that wait so long for another one at work. */
    static Settings patient(Duration waitForOthers) {
        return settings(SETTINGS.lockTimeout(), SETTINGS.lockBudget(), SETTINGS.heartbeat(), waitForOthers);
    }

    private static Settings settings(Duration lockTimeout, Duration lockBudget, Duration heartbeat) {
        return settings(lockTimeout, lockBudget, heartbeat, SETTINGS.waitForOthers());
    }

    private static Settings settings(
            Duration lockTimeout, Duration lockBudget, Duration heartbeat, Duration waitForOthers) {
        return new Settings(
                "public",
                BASE,
                lockTimeout,
                lockBudget,
                SETTINGS.endIdleBlockersAfter(),
                SETTINGS.backfill(),
                SETTINGS.progressInterval(),
                heartbeat,
                waitForOthers,
                Set.of());
    }
}
