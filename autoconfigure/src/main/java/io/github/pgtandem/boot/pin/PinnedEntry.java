package io.github.pgtandem.boot.pin;

import io.github.pgtandem.Pin;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One DataSource that is pinned.
 *
 * @param name of the bean, and of the target in it
 * @param dataSource gives pinned connections
 * @param origin the one that was given, which is the same or is wrapped in it
 * @param settings of the origin, or null where its kind is not known
 * @param before the search path that it had
 * @param searchPath the one that it has
 * @param readOnly whether to ask it for a read-only connection
 */
record PinnedEntry(
        String name,
        DataSource dataSource,
        DataSource origin,
        @Nullable DriverSettings settings,
        SearchPath before,
        String searchPath,
        Pin pin,
        boolean readOnly) {

    static PinnedEntry readOnly(String name, DataSource dataSource, Pin pin) {
        return new PinnedEntry(
                name + " (read-only)", dataSource, dataSource, null, SearchPath.NONE, pin.searchPath(), pin, true);
    }

    /** The same, to be asked at another place. */
    PinnedEntry askedAt(String bean, DataSource place) {
        return new PinnedEntry(bean, place, origin, settings, before, searchPath, pin, false);
    }

    /** Whether a DataSource is this one, or a proxy of it. */
    boolean isFor(DataSource other) {
        if (readOnly) {
            return false;
        }
        return other == dataSource || other == origin || settings != null && settings.equals(DriverSettings.of(other));
    }
}
