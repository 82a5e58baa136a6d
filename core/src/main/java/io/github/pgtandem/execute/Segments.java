package io.github.pgtandem.execute;

import io.github.pgtandem.Act;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.migration.ParsedMigration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of a release that can each be planned as a whole. SQL of the author's ends a part: only once it has run does the
 * catalogue tell what it has made.
 */
final class Segments {

    private Segments() {}

    static List<List<ParsedMigration>> of(List<ParsedMigration> migrations) {
        List<List<ParsedMigration>> segments = new ArrayList<>();
        List<ParsedMigration> open = new ArrayList<>();
        for (ParsedMigration migration : migrations) {
            open.add(migration);
            boolean sql = migration.operations().stream()
                    .anyMatch(o -> o.name().equals("sql") && !o.fields().flag("onComplete"));
            if (sql) {
                segments.add(open);
                open = new ArrayList<>();
            }
        }
        if (!open.isEmpty()) {
            segments.add(open);
        }
        return segments;
    }

    /** The same with no more than so many migrations in a part. */
    static List<List<ParsedMigration>> of(List<ParsedMigration> migrations, int most) {
        List<List<ParsedMigration>> segments = new ArrayList<>();
        for (List<ParsedMigration> segment : of(migrations)) {
            for (int i = 0; i < segment.size(); i += most) {
                segments.add(segment.subList(i, Math.min(i + most, segment.size())));
            }
        }
        return segments;
    }

    /** The migrations of the parts behind one. */
    static List<ParsedMigration> behind(List<List<ParsedMigration>> segments, int part) {
        return segments.subList(part + 1, segments.size()).stream()
                .flatMap(List::stream)
                .toList();
    }

    static ActReport together(Act act, List<ActReport> reports) {
        List<String> migrations =
                reports.stream().flatMap(r -> r.migrations().stream()).toList();
        Duration duration = reports.stream().map(ActReport::duration).reduce(Duration.ZERO, Duration::plus);
        return new ActReport(
                act, migrations, duration, reports.get(reports.size() - 1).version());
    }
}
