package io.github.pgtandem.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.Actor;
import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.random.Plain.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** One seed: tables, releases over them, writes of every live version, completes, rollbacks and crashes in between. */
final class Life implements AutoCloseable {

    private static final Actor TEST = new Actor("test", "test");
    private static final String BASE = "0000_baseline";
    private static final int ACTS = 8;
    private static final int MOST_VERSIONS = 6;

    private final Random random;
    private final Database database;
    private final Generator generator;
    private final Plain plain;
    private final Writes writes;
    private final List<String> tables = new ArrayList<>();
    /** What a build ships, with what somebody would have written by hand; a rolled back one is shipped no more. */
    private final Map<MigrationFile, List<String>> files = new LinkedHashMap<>();

    private final Set<String> everNamed = new LinkedHashSet<>();
    private final List<String> story = new ArrayList<>();
    private final Figures figures;
    private int migrations;

    /**
     * @param figures counts what it does
     */
    Life(long seed, Database database, Figures figures) {
        this.figures = figures;
        this.random = new Random(seed);
        this.database = database;
        this.generator = new Generator(random);
        List<Shape> shapes = List.of(generator.table(), generator.table());
        shapes.forEach(s -> tables.add(Generator.create(s)));
        Version base = new Version(BASE, shapes, List.of(List.of(), List.of()), List.of());
        this.plain = new Plain(base);
        this.writes = new Writes(random, database, plain, this::path, figures.writes);
        ship(BASE, "operations: []", List.of());
    }

    /** How much there was of everything. */
    static final class Figures {

        final AtomicInteger acts = new AtomicInteger();
        final AtomicInteger cuts = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final AtomicInteger writes = new AtomicInteger();
        final Map<String, Integer> operations = new TreeMap<>();

        @Override
        public String toString() {
            return "%s acts, %s of them cut, %s releases refused, %s writes, operations %s"
                    .formatted(acts, cuts, refused, writes, operations);
        }
    }

    /** What has happened, for whoever has to find out why it went wrong. */
    String story() {
        return String.join("\n", story);
    }

    void live() {
        database.execute(tables.toArray(String[]::new));
        story.addAll(tables);
        build(BASE, database.dataSource()).start(TEST);
        writes.serve(BASE);
        writes.burst(40);
        for (int act = 0; act < ACTS; act++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> expand();
                case 3 -> complete();
                case 4 -> rollback();
                default -> startBetween();
            }
            writes.check();
            writes.burst(10);
            writes.check();
        }
        end();
    }

    @Override
    public void close() {
        writes.close();
    }

    private void expand() {
        if (plain.versions().size() >= MOST_VERSIONS) {
            return;
        }
        List<Version> release = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        Map<MigrationFile, List<String>> before = new LinkedHashMap<>(files);
        for (int i = 0; i < count; i++) {
            release.add(migration(release.isEmpty() ? plain.newest() : release.get(release.size() - 1)));
        }
        String target = release.get(count - 1).name();
        List<String> live = writes.served();
        try {
            disturbed("expand to " + target, live, engine -> engine.start(TEST), target);
        } catch (InvalidMigrationException e) {
            // Some combinations cannot be; nothing has changed then.
            story.add("refused: " + e.getMessage());
            figures.refused.incrementAndGet();
            files.clear();
            files.putAll(before);
            return;
        }
        plain.expand(release);
        writes.serve(target);
    }

    private Version migration(Version before) {
        List<Shape> shapes = new ArrayList<>(before.shapes());
        List<List<Link>> links = List.of(new ArrayList<>(), new ArrayList<>());
        StringBuilder yaml = new StringBuilder("operations:\n");
        List<String> byHand = new ArrayList<>();
        int operations = 1 + random.nextInt(3);
        for (int i = 0; i < operations; i++) {
            int table = random.nextInt(shapes.size());
            Step step = generator.step(shapes.get(table));
            shapes.set(table, step.after());
            figures.operations.merge(step.yaml().replaceFirst(":.*", ""), 1, Integer::sum);
            links.get(table).addAll(step.links());
            yaml.append("  - ").append(step.yaml()).append('\n');
            byHand.addAll(step.byHand());
        }
        String name = "%04d_v".formatted(++migrations);
        story.add(name + ".yaml:\n" + yaml);
        ship(name, yaml.toString(), byHand);
        return new Version(name, shapes, links, byHand);
    }

    private void ship(String name, String yaml, List<String> byHand) {
        files.put(new MigrationFile("db/" + name + ".yaml", yaml), byHand);
        everNamed.add("public_" + name);
    }

    private void complete() {
        if (plain.versions().size() == 1) {
            return;
        }
        String to = plain.versions()
                .get(1 + random.nextInt(plain.versions().size() - 1))
                .name();
        String newest = newestBuild();
        plain.complete(to);
        writes.keepServed();
        disturbed(
                "complete to " + to,
                writes.served(),
                engine -> unlessDone(() -> engine.complete(to, false, TEST)),
                newest);
    }

    private void rollback() {
        if (plain.versions().size() == 1) {
            return;
        }
        String to = plain.versions()
                .get(random.nextInt(plain.versions().size() - 1))
                .name();
        plain.rollback(to);
        writes.keepServed();
        disturbed(
                "roll back to " + to,
                writes.served(),
                engine -> unlessDone(() -> engine.rollback(to, false, TEST)),
                BASE);
        List<String> kept = plain.versions().stream().map(Version::name).toList();
        files.keySet().removeIf(f -> f.name().compareTo(to) > 0 && !kept.contains(f.name()));
    }

    private static void unlessDone(Runnable act) {
        try {
            act.run();
        } catch (NothingToDoException e) {
            // Whoever has taken it over has finished it.
        }
    }

    /** A build whose target lies between two releases. */
    private void startBetween() {
        String version =
                plain.versions().get(random.nextInt(plain.versions().size())).name();
        story.add("start of " + version);
        build(version, database.dataSource()).start(TEST);
        writes.serve(version);
    }

    /** Carries an act out while versions write, and perhaps dies on the way; then others go on. */
    private void disturbed(String what, List<String> writing, Consumer<PgTandem> act, String version) {
        int cut = random.nextInt(3) == 0 ? 1 + random.nextInt(150) : 0;
        Disturbance disturbance = new Disturbance(database, cut, random, () -> writes.one(writing));
        story.add(what);
        figures.acts.incrementAndGet();
        try {
            act.accept(build(version, disturbance));
            return;
        } catch (RuntimeException e) {
            if (!disturbance.isCut()) {
                throw e;
            }
            story.add("cut before " + disturbance.last());
            figures.cuts.incrementAndGet();
        }
        if (random.nextBoolean() && !writing.isEmpty()) {
            String other = writing.get(random.nextInt(writing.size()));
            story.add("start of " + other);
            build(other, new Disturbance(database, 0, random, () -> writes.one(writing)))
                    .start(TEST);
        }
        act.accept(build(version, new Disturbance(database, 0, random, () -> writes.one(writing))));
    }

    /** Where one version is left, the catalogue is as if somebody had written it by hand. */
    private void end() {
        List<Version> versions = plain.versions();
        String left =
                random.nextBoolean() ? plain.newest().name() : versions.get(0).name();
        if (versions.size() > 1) {
            boolean up = left.equals(plain.newest().name());
            story.add("at last " + (up ? "complete" : "roll back") + " to " + left);
            PgTandem engine = build(newestBuild(), database.dataSource());
            if (up) {
                plain.complete(left);
                writes.keepServed();
                engine.complete(left, false, TEST);
            } else {
                plain.rollback(left);
                writes.keepServed();
                engine.rollback(left, false, TEST);
            }
        }
        writes.check();
        try (Database byHand = database.postgres().database()) {
            List<String> statements = new ArrayList<>(tables);
            files.forEach((file, sql) -> {
                if (file.name().compareTo(left) <= 0) {
                    statements.addAll(sql);
                }
            });
            byHand.execute(statements.toArray(String[]::new));
            everNamed.add("pgtandem");
            String[] own = everNamed.toArray(String[]::new);
            assertThat(Catalogue.of(database, "public")
                            .withoutSchemas(own)
                            .difference(Catalogue.of(byHand, "public").withoutSchemas(own)))
                    .isEmpty();
        }
    }

    /** Of the instances that there are, or would be if there were one. */
    private String newestBuild() {
        List<String> served = writes.served();
        return served.isEmpty() ? plain.newest().name() : served.get(served.size() - 1);
    }

    private String path(String version) {
        return build(version, database.dataSource()).pin().searchPath();
    }

    private PgTandem build(String version, DataSource dataSource) {
        List<MigrationFile> shipped = new ArrayList<>();
        for (MigrationFile file : files.keySet()) {
            shipped.add(file);
            if (file.name().equals(version)) {
                return new PgTandem(
                        dataSource,
                        Release.parse(Collections.unmodifiableList(shipped)),
                        Settings.forSchema("public").withBaseline(BASE),
                        new PgTandemListener() {});
            }
        }
        throw new IllegalArgumentException(version);
    }
}
