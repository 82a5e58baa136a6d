package io.github.pgtandem;

import java.time.Duration;
import java.util.List;

/**
 * The outcome of an act that was carried out.
 *
 * @param act which one
 * @param migrations the migrations it covered, in their order
 * @param duration how long it took
 * @param version the newest version live afterwards for {@link Act#EXPAND} and {@link Act#ROLLBACK}, the base version
 *     for {@link Act#COMPLETE}
 */
public record ActReport(Act act, List<String> migrations, Duration duration, String version) {

    public ActReport {
        migrations = List.copyOf(migrations);
    }
}
