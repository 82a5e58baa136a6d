package io.github.pgtandem.execute;

import io.github.pgtandem.HistoryMismatchException;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.VersionRetiredException;
import io.github.pgtandem.migration.ParsedMigration;
import io.github.pgtandem.migration.ParsedMigrations;
import io.github.pgtandem.migration.ReleaseFiles;
import io.github.pgtandem.state.History;
import io.github.pgtandem.state.History.Entry;
import io.github.pgtandem.state.StateStore.Applied;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance does at boot, from comparing what its build ships with what the database knows.
 *
 * @param pending migrations to expand
 * @param newer applied migrations that this build does not ship, oldest first
 */
record Decision(List<ParsedMigration> pending, List<String> newer) {

    /** The checksum of a version that was there before pgtandem. */
    static final String BASELINE = "baseline";

    /**
     * Decides.
     *
     * @throws HistoryMismatchException where the two differ in what both should have
     * @throws VersionRetiredException where the build's version is behind the base version
     */
    static Decision of(List<ParsedMigration> release, History history) {
        List<Entry> applied = new ArrayList<>(history.applied());
        List<ParsedMigration> shipped = new ArrayList<>(release);
        String target = release.get(release.size() - 1).name();
        if (!applied.isEmpty() && applied.get(0).checksum().equals(BASELINE)) {
            String baseline = applied.remove(0).name();
            shipped.removeIf(m -> ParsedMigrations.ORDER.compare(m.name(), baseline) <= 0);
            if (shipped.isEmpty() && !target.equals(baseline)) {
                throw new VersionRetiredException(
                        "schema version " + target + " of this build is behind the baseline " + baseline + ".",
                        "Deploy a build that ships " + baseline
                                + " or newer migrations, or correct pgtandem.baseline.");
            }
        }
        int both = Math.min(shipped.size(), applied.size());
        for (int i = 0; i < both; i++) {
            compare(shipped, applied, i);
        }
        if (shipped.size() <= applied.size()) {
            history.find(target).ifPresent(Decision::refuseRetired);
        }
        return new Decision(
                List.copyOf(shipped.subList(both, shipped.size())),
                applied.subList(both, applied.size()).stream().map(Entry::name).toList());
    }

    /**
     * Decides for a build of which every file is in the database as it is; null for any other, and where somebody has to
     * be told something.
     */
    static @Nullable Decision ofUnchanged(ReleaseFiles release, List<Applied> applied) {
        List<String> names = release.names();
        boolean adopted = !applied.isEmpty() && applied.get(0).checksum().equals(BASELINE);
        int covered = adopted
                ? (int) names.stream()
                        .takeWhile(n ->
                                ParsedMigrations.ORDER.compare(n, applied.get(0).name()) <= 0)
                        .count()
                : 0;
        List<Applied> expected = adopted ? applied.subList(1, applied.size()) : applied;
        int shipped = names.size() - covered;
        if (shipped == 0
                || shipped > expected.size()
                || expected.get(shipped - 1).retired()) {
            return null;
        }
        for (int i = 0; i < shipped; i++) {
            Applied each = expected.get(i);
            if (!each.name().equals(names.get(covered + i))
                    || !each.checksum().equals(release.fileChecksum(covered + i))) {
                return null;
            }
        }
        return new Decision(
                List.of(),
                expected.subList(shipped, expected.size()).stream()
                        .map(Applied::name)
                        .toList());
    }

    private static void compare(List<ParsedMigration> shipped, List<Entry> applied, int i) {
        ParsedMigration file = shipped.get(i);
        Entry entry = applied.get(i);
        if (file.name().equals(entry.name())) {
            if (!file.checksum().equals(entry.checksum())) {
                throw new HistoryMismatchException(
                        file.path() + ": migration " + file.name() + " was changed after it was applied"
                                + " (checksum " + abbreviated(entry.checksum()) + " is applied, the file has "
                                + abbreviated(file.checksum()) + ").",
                        "Restore the file, and put the change into a new migration."
                                + (entry.state() == MigrationState.EXPANDED
                                        ? " While it is not completed, rolling it back allows it to be changed, too."
                                        : ""));
            }
            return;
        }
        if (shipped.stream().anyMatch(m -> m.name().equals(entry.name()))) {
            throw new HistoryMismatchException(
                    file.path() + ": migration " + file.name() + " is new, but sorts before " + entry.name()
                            + ", which is applied already.",
                    "Rename the file so that it sorts behind "
                            + applied.get(applied.size() - 1).name() + ".");
        }
        if (applied.stream().anyMatch(e -> e.name().equals(file.name()))) {
            throw new HistoryMismatchException(
                    "migration " + entry.name() + " is applied to the database, but this build does not ship it.",
                    "Put the file back, or build from the branch that has it.");
        }
        throw new HistoryMismatchException(
                "the migrations of this build and of the database differ from number " + (i + 1) + " on:\n"
                        + sideBySide(shipped, applied, i),
                "Build from the branch that was deployed, or connect to the right database.");
    }

    private static String sideBySide(List<ParsedMigration> shipped, List<Entry> applied, int from) {
        StringBuilder table = new StringBuilder(String.format("    %-40s %s", "this build", "database"));
        int to = Math.min(from + 5, Math.max(shipped.size(), applied.size()));
        for (int i = from; i < to; i++) {
            String left = i < shipped.size() ? shipped.get(i).name() : "-";
            String right = i < applied.size() ? applied.get(i).name() : "-";
            table.append(String.format("%n    %-40s %s", left, right));
        }
        return table.toString();
    }

    private static void refuseRetired(Entry target) {
        if (target.retiredAt() != null) {
            throw tooOld(
                    target.name(),
                    "completing " + target.retiredBy() + " retired it at "
                            + target.retiredAt().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private static VersionRetiredException tooOld(String target, String why) {
        return new VersionRetiredException(
                "schema version " + target + " of this build is retired: " + why + ".",
                "Deploy a newer build. What complete has removed cannot be brought back.");
    }

    private static String abbreviated(String checksum) {
        return checksum.length() > 12 ? checksum.substring(0, 12) : checksum;
    }
}
