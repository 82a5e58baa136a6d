package io.github.pgtandem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link PgTandem#start} found and did.
 *
 * @param pin what this instance is pinned to
 * @param baseVersion the version that the base schema itself is, or null where the schema was empty before
 * @param liveVersions versions live above it, oldest first; those that no build was made for are not among them
 * @param newerVersions versions live above this instance's own, oldest first
 * @param expanded the expand that this instance carried out, or null where there was nothing to expand
 * @param ready whether the version is live; false where rows are still to be filled, see {@link PgTandem#open}
 */
public record StartReport(
        Pin pin,
        @Nullable String baseVersion,
        List<String> liveVersions,
        List<String> newerVersions,
        @Nullable ActReport expanded,
        boolean ready) {

    public StartReport {
        liveVersions = List.copyOf(liveVersions);
        newerVersions = List.copyOf(newerVersions);
    }
}
