package io.github.pgtandem.boot;

import io.github.pgtandem.InstanceRegistration;
import io.github.pgtandem.StartReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an operator where an instance and its database stand after the start, and what comes next. */
final class StartLog {

    private static final Logger LOG = LoggerFactory.getLogger(PgTandemInitializer.class);

    private StartLog() {}

    static void write(StartReport report, @Nullable InstanceRegistration registration) {
        LOG.info(
                "Schema \"{}\": base version {}, live above it {}. This instance is on version {}{}.",
                report.pin().baseSchema(),
                report.baseVersion() == null ? "none" : report.baseVersion(),
                names(report.liveVersions()),
                report.pin().version(),
                registration == null ? "" : ", registered as " + registration.id());
        if (!report.ready()) {
            return;
        }
        if (!report.newerVersions().isEmpty()) {
            LOG.info(
                    "Newer versions are live: {}. This instance is told to stop, and cannot start again, once one of"
                            + " them is completed.",
                    String.join(", ", report.newerVersions()));
        } else if (report.liveVersions().contains(report.pin().version())) {
            LOG.info("Next: once no instance of an older version is left, complete it (POST"
                    + " /actuator/pgtandem/complete); until then it can be rolled back (POST"
                    + " /actuator/pgtandem/rollback).");
        }
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
