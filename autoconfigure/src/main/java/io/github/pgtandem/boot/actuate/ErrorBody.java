package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.GateShutException;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Why the endpoint does not do what it is asked.
 *
 * @param error what is wrong
 * @param remedy what to do about it
 * @param instances those that are in the way, or null where none is
 * @param sessions those of none of these instances that are in the way, or null where none is
 */
record ErrorBody(
        String error,
        String remedy,
        @Nullable List<Status.Instance> instances,
        @Nullable List<Status.Session> sessions) implements OperationResponseBody {

    static ErrorBody of(PgTandemException failure) {
        GateShutException shut = failure instanceof GateShutException gate ? gate : null;
        return new ErrorBody(
                failure.problem(),
                failure.remedy(),
                shut == null || shut.instances().isEmpty() ? null : shut.instances(),
                shut == null || shut.sessions().isEmpty() ? null : shut.sessions());
    }
}
