package io.github.pgtandem.benchmark;

import io.github.pgtandem.Act;
import io.github.pgtandem.Actor;
import io.github.pgtandem.BackfillLimits;
import io.github.pgtandem.BackfillSettings;
import io.github.pgtandem.MigrationDetail.JournalEntry;
import io.github.pgtandem.MigrationDetail.JournalStep;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The releases of an application that uses pgtandem, each the one before and one more migration. */
final class Tandem {

    static final String BASE_SCHEMA = "public";
    private static final Actor ACTOR = new Actor("benchmark", "api");

    private final DataSource dataSource;
    private final List<MigrationFile> files;
    private final Release release;
    private final PgTandem engine;

    private Tandem(DataSource dataSource, List<MigrationFile> files, Settings settings) {
        this.dataSource = dataSource;
        this.files = files;
        this.release = Release.parse(files);
        this.engine = new PgTandem(dataSource, release, settings, new PgTandemListener() {});
    }

    /** The first release, on an empty database: it makes these tables, and is complete at once. */
    static Tandem first(Db database, List<String> statements) {
        Tandem first = of(database, statements);
        first.start();
        return first;
    }

    /** The same, not started. */
    static Tandem of(Db database, List<String> statements) {
        String script = String.join(
                "\n", statements.stream().map(s -> "        " + s + ";").toList());
        return new Tandem(
                database.dataSource(),
                List.of(new MigrationFile("0001_tables.yaml", "operations:\n  - sql:\n      up: |\n" + script + "\n")),
                Settings.forSchema(BASE_SCHEMA));
    }

    /** A later release with one more migration, not yet started. */
    Tandem next(String name, String operations) {
        List<MigrationFile> more = new ArrayList<>(files);
        more.add(new MigrationFile(name + ".yaml", operations));
        return new Tandem(dataSource, more, Settings.forSchema(BASE_SCHEMA));
    }

    /** The same release, whose backfill waits beyond these limits only. */
    Tandem with(BackfillLimits limits) {
        BackfillSettings defaults = BackfillSettings.DEFAULTS;
        BackfillSettings limited = new BackfillSettings(
                defaults.window(), defaults.stripes(), defaults.batchTime(), defaults.rest(), limits);
        return new Tandem(dataSource, files, Settings.forSchema(BASE_SCHEMA).withBackfill(limited));
    }

    /** A release for a database that has tables but no history, not yet started. */
    static Tandem existing(Db database, String name, String operations) {
        return new Tandem(
                database.dataSource(),
                List.of(new MigrationFile(name + ".yaml", operations)),
                Settings.forSchema(BASE_SCHEMA).withBaseline("0000_baseline"));
    }

    void start() {
        engine.start(ACTOR);
    }

    void complete() {
        engine.complete(null, false, ACTOR);
    }

    void rollback() {
        engine.rollback(null, false, ACTOR);
    }

    /** The search path of this release's instances. */
    String[] path() {
        return new String[] {release.pin(BASE_SCHEMA).schema(), BASE_SCHEMA};
    }

    /** That of this database, if one has begun. */
    Optional<Status.Backfill> backfill() {
        return engine.status().backfills().stream().findFirst();
    }

    /** How long the backfills of this release's newest migration took, as its journal has it. */
    Duration backfilled() {
        String newest = release.names().get(release.names().size() - 1);
        JournalEntry expand = engine.describe(newest).orElseThrow().journal().stream()
                .filter(entry -> entry.act() == Act.EXPAND)
                .reduce((one, other) -> other)
                .orElseThrow();
        Duration sum = Duration.ZERO;
        @Nullable Instant before = expand.started();
        for (JournalStep step : expand.steps()) {
            if (step.id().endsWith("backfill")) {
                sum = sum.plus(Duration.between(before, Objects.requireNonNull(step.doneAt())));
            }
            before = step.doneAt();
        }
        return sum;
    }

    /** {@code int} columns of a table become {@code bigint}. */
    static String widen(String table, List<String> columns) {
        StringBuilder operations = new StringBuilder();
        for (String column : columns) {
            operations.append("""
                      - alter_column:
                          table: %s
                          column: %s
                          type: bigint
                          up: "%2$s"
                          down: "%2$s::int"
                    """.formatted(table, column));
        }
        return operations.toString();
    }
}
