package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/** The {@link Status} as the endpoint answers it. */
record StatusBody(
        String schema,
        Status.Pinned pinned,
        List<Status.Version> versions,
        List<Status.Migration> migrations,
        List<Status.Backfill> backfills,
        Status.@Nullable Control control,
        List<Status.Instance> instances)
        implements OperationResponseBody {

    static StatusBody of(Status status) {
        return new StatusBody(
                status.schema(),
                status.pinned(),
                status.versions(),
                status.migrations(),
                status.backfills(),
                status.control(),
                status.instances());
    }
}
