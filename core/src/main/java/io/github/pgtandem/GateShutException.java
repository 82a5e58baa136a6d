package io.github.pgtandem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Complete or rollback was refused because instances or sessions that it would cut off are alive, or what it drops is
 * used. Nothing has changed.
 */
public final class GateShutException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    private final transient List<Status.Instance> instances;
    private final transient List<Status.Session> sessions;

    public GateShutException(String problem, String remedy) {
        this(problem, remedy, List.of(), List.of());
    }

    public GateShutException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
        this.instances = List.of();
        this.sessions = List.of();
    }

    public GateShutException(
            String problem, String remedy, List<Status.Instance> instances, List<Status.Session> sessions) {
        super(problem, remedy);
        this.instances = List.copyOf(instances);
        this.sessions = List.copyOf(sessions);
    }

    /** The instances that would be cut off; empty where something else is in the way. */
    public List<Status.Instance> instances() {
        return instances;
    }

    /** The sessions that would be cut off, of those instances or of none that is registered. */
    public List<Status.Session> sessions() {
        return sessions;
    }
}
