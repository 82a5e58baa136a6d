package io.github.pgtandem.boot.actuate;

import io.github.pgtandem.ActFailedException;
import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;
import io.github.pgtandem.LockNotAcquiredException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.UnknownVersionException;
import io.github.pgtandem.boot.PgTandemActEvent;
import java.security.Principal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.context.ApplicationEventPublisher;

/**
 * {@code /actuator/pgtandem}: the state of the schema, each migration in full, and the acts. Acts need {@code
 * management.endpoint.pgtandem.access=unrestricted}.
 */
@Endpoint(id = "pgtandem", defaultAccess = Access.READ_ONLY)
public final class PgTandemEndpoint {

    private static final int NOT_FOUND = WebEndpointResponse.STATUS_NOT_FOUND;
    private static final int BAD_REQUEST = WebEndpointResponse.STATUS_BAD_REQUEST;
    private static final int CONFLICT = 409;
    private static final int FAILED = WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
    private static final int TRY_AGAIN = WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;

    private final PgTandem pgTandem;
    private final ApplicationEventPublisher events;

    public PgTandemEndpoint(PgTandem pgTandem, ApplicationEventPublisher events) {
        this.pgTandem = pgTandem;
        this.events = events;
    }

    /** The state of the base schema. */
    @ReadOperation
    public OperationResponseBody status() {
        return StatusBody.of(pgTandem.status());
    }

    /** One migration in full; null for an unknown one, which the web answers with 404. */
    @ReadOperation
    public @Nullable OperationResponseBody migration(@Selector String migration) {
        return pgTandem.describe(migration).map(MigrationBody::of).orElse(null);
    }

    /**
     * Carries out an act, or steers the backfill.
     *
     * @param act complete, rollback, expand or backfill
     * @param to the version to complete or roll back to, or null
     * @param force whether to cut off instances that are alive
     * @param action for the backfill: pause or resume
     * @param window for the backfill: pages in one window, at most
     * @param stripes for the backfill: transactions in one window
     * @param batchTime for the backfill: how long each of them should last
     * @param rest for the backfill: how long to rest after each, as a share of its time
     * @param replicationLag a limit of the backfill, as are the following
     */
    @WriteOperation
    public WebEndpointResponse<OperationResponseBody> act(
            @Selector String act,
            @Nullable String to,
            @Nullable Boolean force,
            @Nullable String action,
            @Nullable String window,
            @Nullable String stripes,
            @Nullable String batchTime,
            @Nullable String rest,
            @Nullable String replicationLag,
            @Nullable String slotBacklog,
            @Nullable String archiveBacklog,
            @Nullable String lockWaiters,
            @Nullable String transactionAge,
            @Nullable String autovacuum,
            SecurityContext security) {
        boolean forced = Boolean.TRUE.equals(force);
        try {
            switch (act) {
                case "complete" -> carryOut(security, actor -> pgTandem.complete(to, forced, actor));
                case "rollback" -> carryOut(security, actor -> pgTandem.rollback(to, forced, actor));
                case "expand" -> carryOut(security, pgTandem::expand);
                case "backfill" -> {
                    Map<String, String> knobs = new TreeMap<>();
                    put(knobs, "window", window);
                    put(knobs, "stripes", stripes);
                    put(knobs, "batchTime", batchTime);
                    put(knobs, "rest", rest);
                    put(knobs, "replicationLag", replicationLag);
                    put(knobs, "slotBacklog", slotBacklog);
                    put(knobs, "archiveBacklog", archiveBacklog);
                    put(knobs, "lockWaiters", lockWaiters);
                    put(knobs, "transactionAge", transactionAge);
                    put(knobs, "autovacuum", autovacuum);
                    pgTandem.backfill(paused(action), knobs, actor(security));
                }
                default -> {
                    return answer(
                            NOT_FOUND,
                            "There is no act '%s'.".formatted(act),
                            "Use complete, rollback, expand or backfill.");
                }
            }
            return new WebEndpointResponse<>(StatusBody.of(pgTandem.status()));
        } catch (PgTandemException e) {
            return new WebEndpointResponse<>(ErrorBody.of(e), code(e));
        } catch (IllegalArgumentException e) {
            return answer(
                    BAD_REQUEST,
                    String.valueOf(e.getMessage()),
                    "A backfill takes an action (pause or resume) and knobs such as \"batchTime\": \"10ms\"; \"default\""
                            + " takes back what was said of one.");
        }
    }

    private void carryOut(SecurityContext security, Carrier carrier) {
        Actor actor = actor(security);
        events.publishEvent(new PgTandemActEvent(carrier.carryOut(actor), actor));
    }

    private static @Nullable Boolean paused(@Nullable String action) {
        if (action == null) {
            return null;
        }
        return switch (action) {
            case "pause" -> true;
            case "resume" -> false;
            default -> throw new IllegalArgumentException("A backfill has no action '%s'.".formatted(action));
        };
    }

    private static void put(Map<String, String> knobs, String name, @Nullable String value) {
        if (value != null) {
            knobs.put(name, value);
        }
    }

    private static Actor actor(SecurityContext security) {
        Principal principal = security.getPrincipal();
        return new Actor(principal == null ? "anonymous" : principal.getName(), "actuator");
    }

    private static int code(PgTandemException failure) {
        if (failure instanceof UnknownVersionException) {
            return BAD_REQUEST;
        }
        if (failure instanceof LockNotAcquiredException) {
            return TRY_AGAIN;
        }
        return failure instanceof ActFailedException ? FAILED : CONFLICT;
    }

    private static WebEndpointResponse<OperationResponseBody> answer(int code, String error, String remedy) {
        return new WebEndpointResponse<>(new ErrorBody(error, remedy, null, null), code);
    }

    /** One of the three acts. */
    private interface Carrier {
        ActReport carryOut(Actor actor);
    }
}
