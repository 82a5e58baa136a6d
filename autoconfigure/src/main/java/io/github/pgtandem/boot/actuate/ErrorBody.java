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
 */
record ErrorBody(String error, String remedy, @Nullable List<Status.Instance> instances)
        implements OperationResponseBody {

    static ErrorBody of(PgTandemException failure) {
        boolean named =
                failure instanceof GateShutException shut && !shut.instances().isEmpty();
        return new ErrorBody(
                failure.problem(), failure.remedy(), named ? ((GateShutException) failure).instances() : null);
    }
}
