package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.Status;
import io.github.pgtandem.VersionState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Tells which version this instance is on, and which others are live. */
final class PgTandemInfoContributor implements InfoContributor {

    private final StatusSampler sampler;

    PgTandemInfoContributor(StatusSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("pgtandem", detail());
    }

    private Map<String, Object> detail() {
        Status status;
        try {
            status = sampler.latest();
        } catch (RuntimeException e) {
            // The page has other contributors, too.
            return Map.of("error", String.valueOf(e.getMessage()));
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("version", status.pinned().version());
        detail.put("schema", status.pinned().schema());
        detail.put("base", names(status, VersionState.BASE));
        detail.put("live", names(status, VersionState.LIVE));
        return detail;
    }

    private static Object names(Status status, VersionState state) {
        List<String> names = status.versions().stream()
                .filter(version -> version.state() == state)
                .map(Status.Version::name)
                .toList();
        return state == VersionState.BASE && names.size() == 1 ? names.get(0) : names;
    }
}
