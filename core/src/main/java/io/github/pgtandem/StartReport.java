package io.github.pgtandem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PgTandem#start} found and did.
 *
 * @param pin what this instance is pinned to
 * @param newerVersions versions live above this instance's own, oldest first
 * @param expanded the expand that this instance carried out, or null where there was nothing to expand
 */
public record StartReport(
        Pin pin, List<String> newerVersions, @Nullable ActReport expanded) {

    public StartReport {
        newerVersions = List.copyOf(newerVersions);
    }
}
